// Lists are brought in by processes of their own, which the kernel ends between two writes. None leaves half an import, and the next goes on.
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { openReader } from '@waymark/store';
import { verifyAudit } from '../../packages/services/src/audit/verify.ts';
import { query } from '../support/rawDatabase.ts';
import { temporaryFolder } from '../support/tree.ts';
import { newWorld } from '../support/world.ts';
import type { Death } from '../support/importer.ts';

const ROOT = join(import.meta.dirname, '../..');
const KILLS = Number(process.env['IMPORT_KILLS'] ?? 50);
const MIGRATIONS = join(ROOT, 'drizzle');
/** One service in each (`#` is the number of the list), so that none is taken for another. */
const COUNTRIES =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE SI SK UA TR GE AM AZ MD RS AL ME'.split(
    ' ',
  );
const LIST = [
  'Name,Organisation,Type,Country,Web',
  ...COUNTRIES.map(
    (code) => `Demo Line # ${code},Demo Foundation #,Child Helpline,${code},https://line-#-${code}.example.net/`,
  ),
].join('\n');
/** One for each row, and the organisation that runs them all. */
const PROPOSALS = COUNTRIES.length + 1;

/** The importer as one file with its thread's beside it: fifty of them start in the time of five that compile first. */
async function buildImporter(): Promise<string> {
  const outDir = await temporaryFolder();
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'threads',
        renderChunk: (code) => code.replace(/new URL\(["']\.\/importWorker\.ts["']/, 'new URL("./importWorker.mjs"'),
      },
    ],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: {
          importer: join(ROOT, 'tests/support/importer.ts'),
          importWorker: join(ROOT, 'packages/services/src/imports/importWorker.ts'),
        },
        external: ['better-sqlite3', '@node-rs/argon2'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true },
  });
  // What is native is not part of the file.
  await symlink(join(ROOT, 'node_modules'), join(outDir, 'node_modules'), 'dir');
  return join(outDir, 'importer.mjs');
}

type Found = { open: number; committed: number };

/** What lies in the file now: whole imports, and nothing beside them. */
function requireWhole(file: string): Found {
  const count = (rows: string): number =>
    query<{ n: number }>({ file }, `select count(*) as n from ${rows}`)[0]?.n ?? -1;
  const files = query<{ state: string; sha256: string; content: Buffer; batch_id: string | null }>(
    { file },
    'select state, sha256, content, batch_id from import_file',
  );
  for (const { state, sha256, content, batch_id } of files) {
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(batch_id === null).toBe(state === 'open');
  }
  const committed = files.filter(({ state }) => state === 'committed').length;
  expect(count('batch')).toBe(committed);
  expect(count('batch_row')).toBe(committed * PROPOSALS);
  expect(count('batch_row where proposal_id is not null')).toBe(committed * PROPOSALS);
  expect(count(`proposal where state = 'in-review'`)).toBe(committed * PROPOSALS);
  expect(count('proposal')).toBe(committed * PROPOSALS);
  expect(count(`audit_event where action = 'import.upload'`)).toBe(files.length);
  expect(count(`audit_event where action = 'import.commit'`)).toBe(committed);
  expect(count('row_decision')).toBe(3 * count(`audit_event where action = 'import.decide'`));
  return { open: files.length - committed, committed };
}

/** Where one is to die: in each step in turn, nearer to its end each time. */
function deathOf(turn: number, hasOpen: boolean): Death {
  if (turn % 5 === 0) return hasOpen ? { step: 'decide', write: turn / 5 } : { step: 'upload', write: turn / 5 };
  if (turn % 5 === 1) return { step: 'decide', write: Math.floor(turn / 5) };
  return { step: 'commit', write: turn * 11 };
}

it(
  `${KILLS} times kill -9 between two writes of an import: no half import, and the next goes on`,
  { timeout: 600_000 },
  async () => {
    const importer = await buildImporter();
    const world = await newWorld();
    const file = join(await temporaryFolder(), 'waymark.sqlite');
    expect(await world.store.emptyLog()).toBe(true);
    await copyFile(world.file, file);
    const start = () =>
      fork(importer, [file, MIGRATIONS, world.people.curator.id], {
        env: { ...process.env, LIST },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
    const ready = (child: ChildProcess) => once(child, 'message').then(() => child);
    // The next one loads its program while this one works and dies.
    let next = ready(start());
    const run = async (death: Death, isLast = false): Promise<string | number | null> => {
      const child = await next;
      if (!isLast) next = ready(start());
      const ended = once(child, 'exit');
      child.send(death);
      const [code, signal] = (await ended) as [number | null, string | null];
      expect([code, signal]).toEqual(code === 0 ? [0, null] : [null, 'SIGKILL']);
      return code;
    };
    let found = requireWhole(file);
    let killed = 0;
    for (let turn = 0; killed < KILLS; turn += 1) {
      const code = await run(deathOf(turn, found.open > 0));
      if (code !== 0) killed += 1;
      const now = requireWhole(file);
      expect(now.open).toBeLessThanOrEqual(1);
      expect(now.committed - found.committed).toBeLessThanOrEqual(1);
      found = now;
    }
    // Whoever comes after all of it goes on as if nothing had been.
    expect(await run({ step: 'never', write: 0 }, true)).toBe(0);
    expect(requireWhole(file)).toEqual({ open: 0, committed: found.committed + 1 });
    const { read, close } = openReader(file);
    expect((await verifyAudit(read)).ok).toBe(true);
    close();
  },
);
