// Somebody with a shell on the database file changes the log in every way there is, through the file itself. How often each
// way is found stands in tamperingCounts.test.ts.
import { expect, it, onTestFinished } from 'vitest';
import { verifyAudit } from '@waymark/services';
import { auditHead, change } from '@waymark/store';
import { openWithoutGuards } from '../support/rawDatabase.ts';
import { newWorld, type World } from '../support/world.ts';

type Raw = ReturnType<typeof openWithoutGuards>;

async function newGround(): Promise<{ world: World; file: Raw; size: number }> {
  const world = await newWorld();
  await change(world.asSystem('test'), 'system', async ({ audit, newId }) => {
    for (let i = 0; i < 12; i += 1) await audit('mail.sent', `mail:${newId()}`, { number: i });
  });
  const file = openWithoutGuards(world);
  onTestFinished(() => void file.close());
  return { world, file, size: (await auditHead(world.store.read)).size };
}

const COLUMNS = ['id', 'at', 'actor', 'action', 'subject', 'commitment', 'leaf_hash', 'salt', 'payload'] as const;

/** One way each of tampering with event `seq`; what verification must say of it. */
const TAMPERINGS: readonly [string, (seq: number, size: number) => string[]][] = [
  ['another time', (seq) => [`update audit_event set at = '2020-01-01T00:00:00.000Z' where seq = ${seq}`]],
  ['another actor', (seq) => [`update audit_event set actor = 'system:nobody' where seq = ${seq}`]],
  ['another subject', (seq) => [`update audit_event set subject = subject || 'x' where seq = ${seq}`]],
  ['another commitment', (seq) => [`update audit_event set commitment = '${'0'.repeat(64)}' where seq = ${seq}`]],
  ['another leaf hash', (seq) => [`update audit_event set leaf_hash = '${'0'.repeat(64)}' where seq = ${seq}`]],
  ['another payload', (seq) => [`update audit_event set payload = '{"forged":true}' where seq = ${seq}`]],
  ['a payload that is none', (seq) => [`update audit_event set payload = '{' where seq = ${seq}`]],
  ['another salt', (seq) => [`update audit_event set salt = '00' where seq = ${seq}`]],
  ['no payload', (seq) => [`update audit_event set payload = null, salt = null where seq = ${seq}`]],
  ['half a payload', (seq) => [`update audit_event set payload = null where seq = ${seq}`]],
  ['deleted', (seq) => [`delete from audit_event where seq = ${seq}`]],
  ['another node', (seq) => [`update audit_node set hash = zeroblob(32) where level = 0 and position = ${seq}`]],
  [
    'moved up',
    (seq, size) => [
      `update audit_event set seq = seq + 1000 where seq >= ${seq}`,
      `insert into audit_event (seq, ${COLUMNS.join()}) select ${seq}, ${COLUMNS.map((c) => (c === 'id' ? `'forged'` : c)).join()} from audit_event where seq = ${size - 1 + 1000}`,
      `update audit_event set seq = seq - 999 where seq >= 1000`,
    ],
  ],
  [
    'everything from here cut off, tree included',
    (seq) => [
      `delete from audit_event where seq >= ${seq}`,
      `delete from audit_node where (position + 1) * (1 << level) > ${seq}`,
    ],
  ],
];

it('finds every way of tampering with the file, at either end and between, and names the first bad event', async () => {
  const { world, file, size } = await newGround();
  const head = { ...(await auditHead(world.store.read)), from: 'a head kept outside' };
  let found = 0;
  for (const [what, statements] of TAMPERINGS) {
    for (const seq of [0, Math.floor(size / 2), size - 1]) {
      const verdict = await tampered(file, world, statements(seq, size), head);
      expect(`${what} ${seq}: ${verdict}`).toMatch(
        what.startsWith('everything')
          ? /anchored|brought in/
          : new RegExp(`(event|node 0/)\\s?(${seq}|${size})\\b|end of the log was cut off`),
      );
      found += 1;
    }
  }
  expect(await verifyAudit(world.store.read, [head])).toMatchObject({ ok: true });
  expect(found).toBe(TAMPERINGS.length * 3);
});

/** Does it, lets verification look, and puts everything back. */
async function tampered(
  file: Raw,
  world: World,
  statements: string[],
  head: { size: number; root: string; from: string },
): Promise<string | undefined> {
  const rows = file.prepare('select * from audit_event').all() as Record<string, unknown>[];
  const nodes = file.prepare('select * from audit_node').all() as Record<string, unknown>[];
  file.exec(`begin; ${statements.join(';')}; commit`);
  const { firstProblem } = await verifyAudit(world.store.read, [head]);
  file.exec('begin; delete from audit_event; delete from audit_node');
  for (const [table, all] of [
    ['audit_event', rows],
    ['audit_node', nodes],
  ] as const) {
    for (const row of all) {
      const columns = Object.keys(row);
      file
        .prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()})`)
        .run(...Object.values(row));
    }
  }
  file.exec('commit');
  return firstProblem;
}
