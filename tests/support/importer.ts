// Brings a list in and dies by its own hand: `node importer.mjs <database> <migrations> <curator>`, then a message that says the write
// before which it is to be killed, counted from the beginning of a step. Goes on where the one before it died. For import-kill.test.ts.
import { once } from 'node:events';
import Database from 'better-sqlite3';
import { openStore, pageImports, type Context } from '@waymark/store';
import { newId } from '../../packages/services/src/newId.ts';
import { commitImport } from '../../packages/services/src/imports/commit.ts';
import { decideRows } from '../../packages/services/src/imports/decide.ts';
import { requestPreview } from '../../packages/services/src/imports/previews.ts';
import { uploadImport } from '../../packages/services/src/imports/upload.ts';

export type Death = { step: 'upload' | 'decide' | 'commit' | 'never'; write: number };

const [file = '', migrations = '', actorId = ''] = process.argv.slice(2);
const list = process.env['LIST'] ?? '';
/** Each list is another: the same once more would change nothing. */
const listOf = (n: number): string => list.replaceAll('#', String(n));
let step: Death['step'] = 'never';
let writes = 0;
let death: Death = { step: 'never', write: 0 };

/** Called before everything that may change the file. */
function beforeWrite(): void {
  if (step !== death.step || step === 'never' || (writes += 1) <= death.write) return;
  // The kernel ends us, as in a power cut: nothing is caught, flushed or cleaned up.
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Every statement that writes, and every begin and commit, goes through here. */
function watchWrites(): void {
  const { exec } = Database.prototype;
  Database.prototype.exec = function (sql) {
    beforeWrite();
    return exec.call(this, sql);
  };
  const statement = Object.getPrototypeOf(new Database(':memory:').prepare('select 1')) as Database.Statement;
  for (const method of ['run', 'all', 'get'] as const) {
    const original = statement[method] as (...values: unknown[]) => never;
    statement[method] = function (this: Database.Statement, ...values: unknown[]) {
      if (!this.readonly) beforeWrite();
      return original.apply(this, values);
    };
  }
}

process.send?.('ready');
[death] = (await once(process, 'message')) as [Death];
const store = openStore({ file, migrations });
watchWrites();
const ctx: Context = { store, now: () => new Date(), newId, actorId };

step = 'upload';
const { rows, total } = await pageImports(store.read, { limit: 1, offset: 0 });
const begun = rows.find(({ state }) => state === 'open');
const { id } = begun ?? (await uploadImport(ctx, { name: 'list.csv', bytes: Buffer.from(listOf(total)), reading: {} }));
step = 'decide';
const fingerprint = () => newId().replaceAll('-', '').padEnd(64, '0');
await decideRows(
  ctx,
  id,
  [1, 2, 3].map(() => ({ fingerprint: fingerprint(), decision: { action: 'new' as const } })),
);
step = 'commit';
const [record] = (await pageImports(store.read, { limit: 1, offset: 0 })).rows;
const { result } = await requestPreview(store, record!); // It was uploaded above.
const commit = {
  digest: (await result).digest,
  evidence: { kind: 'partner-attestation', title: 'List of the partner' },
  organisationType: 'ngo',
} as const;
const first = await commitImport(ctx, id, commit);
const twice = await commitImport(ctx, id, commit);
if (first.batchId === null || first.batchId !== twice.batchId) throw new Error('Committed twice');
store.close();
process.disconnect();
