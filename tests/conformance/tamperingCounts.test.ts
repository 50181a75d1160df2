// The numbers of SECURITY L-03 and L-04, in memory: the log as rows and nodes, the verification that the product runs.
// The file itself, with its guards taken off, is tampered with in tampering.test.ts.
import { expect, it } from 'vitest';
import {
  auditLeafHash,
  commitmentTo,
  completedBy,
  compareHeads,
  leafHash,
  requireRoot,
  rootOf,
  tileBytes,
  tilePath,
  tilesOf,
  type AuditLeaf,
  type LogDefect,
  type ReadLogFile,
  type Subtree,
} from '@waymark/domain';
import {
  verifyHeads,
  verifyLog,
  Wrong,
  type KeptHead,
  type StoredEvent,
} from '../../packages/services/src/audit/verifyLog.ts';

type Nodes = Map<string, Uint8Array>;
type Log = { rows: StoredEvent[]; nodes: Nodes };
type Below = (below: number) => number;

/** The same numbers on every run (mulberry32). */
function seeded(seed: number): Below {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const ACTIONS = ['mail.sent', 'proposal.create', 'proposal.approve', 'record.suspend'] as const;

/** An event that fits itself: commitment and leaf hash are of what it says. */
function eventOf(seq: number, payload: unknown, salt = `salt ${seq}`): StoredEvent {
  const leaf: AuditLeaf = {
    seq,
    at: new Date(Date.UTC(2026, 0, 1, 0, seq)).toISOString(),
    actor: `person-${seq % 5}`,
    action: ACTIONS[seq % ACTIONS.length]!,
    subject: `mail:${seq % 7}`,
    commitment: commitmentTo(salt, payload),
  };
  return { ...leaf, leafHash: hex(auditLeafHash(leaf)), salt, payload: JSON.stringify(payload) };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const nodesOver = (leaves: readonly Uint8Array[]): Nodes => {
  const nodes: Nodes = new Map();
  leaves.forEach((leaf, seq) =>
    completedBy(seq, leaf, subtreeIn(nodes)).forEach(([level, at, node]) => nodes.set(`${level}/${at}`, node)),
  );
  return nodes;
};

const subtreeIn =
  (nodes: Nodes): Subtree =>
  (level, at) =>
    nodes.get(`${level}/${at}`)!;

function logOf(rows: StoredEvent[]): Log {
  return { rows, nodes: nodesOver(rows.map((row) => Buffer.from(row.leafHash, 'hex'))) };
}

const newLog = (size: number): Log => logOf(Array.from({ length: size }, (_, seq) => eventOf(seq, { number: seq })));

const headOf = ({ nodes }: Log, size: number): KeptHead => ({
  size,
  root: hex(rootOf(subtreeIn(nodes), size)),
  from: 'a kept head',
});

/** What verification says first; undefined when all is well. */
async function verdict({ rows, nodes }: Log, heads: readonly KeptHead[]): Promise<string | undefined> {
  const sorted = rows.toSorted((a, b) => a.seq - b.seq);
  const checked = { events: 0, nodes: 0, heads: 0 };
  try {
    const tree = await verifyLog(
      {
        rowsFrom: async (start, limit) => sorted.filter(({ seq }) => seq >= start).slice(0, limit),
        nodeAt: async (level, position) => nodes.get(`${level}/${position}`),
        nodeCount: async () => nodes.size,
        erased: async () => new Map(),
      },
      checked,
    );
    verifyHeads(tree, heads, checked);
    return undefined;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return error.message;
  }
}

/** Does it to event `seq` of a copy. @returns what must be said of it */
type Tampering = (log: Log, seq: number, random: Below) => string;

const edit =
  (change: (row: StoredEvent, random: Below) => Partial<StoredEvent>): Tampering =>
  ({ rows }, seq, random) => {
    rows[seq] = { ...rows[seq]!, ...change(rows[seq]!, random) };
    return `event ${seq}`;
  };

/** A hexadecimal digit or a letter of it becomes another one. */
function otherLetter(text: string, random: Below): string {
  const at = random(text.length);
  const letter = text[at] === 'a' ? 'b' : 'a';
  return text.slice(0, at) + letter + text.slice(at + 1);
}

const CUT_OFF = 'the end of the log was cut off';
const move = (rows: StoredEvent[], from: number, by: number) =>
  rows.map((row) => (row.seq >= from ? { ...row, seq: row.seq + by } : row));

/** SECURITY L-03: edit, delete, insert, swap, truncate tail, duplicate seq, change time or actor, null body. */
const TAMPERINGS: Record<string, Tampering> = {
  time: edit((_row, random) => ({ at: new Date(random(2 ** 31) * 1000 + 500).toISOString() })),
  actor: edit(({ actor }, random) => ({ actor: otherLetter(actor, random) })),
  'actor is a job': edit(() => ({ actor: 'system:nobody' })),
  action: edit(({ action }) => ({ action: action === 'mail.failed' ? 'mail.sent' : 'mail.failed' })),
  subject: edit(({ subject }, random) => ({ subject: otherLetter(subject, random) })),
  commitment: edit(({ commitment }, random) => ({ commitment: otherLetter(commitment, random) })),
  'leaf hash': edit((row, random) => ({ leafHash: otherLetter(row.leafHash, random) })),
  salt: edit(({ salt }, random) => ({ salt: otherLetter(salt!, random) })),
  payload: edit((_row, random) => ({ payload: JSON.stringify({ number: 1000 + random(1000) }) })),
  'payload that is none': edit(({ payload }, random) => ({ payload: payload!.slice(0, random(payload!.length)) })),
  'null body': edit(() => ({ payload: null, salt: null })),
  'half a body': edit((_row, random) => (random(2) === 0 ? { payload: null } : { salt: null })),
  'payload with its commitment': edit(({ salt }) => ({
    payload: '{"forged":true}',
    commitment: commitmentTo(salt!, { forged: true }),
  })),
  'a whole other event': (log, seq) => {
    log.rows[seq] = eventOf(seq, { forged: true });
    return `event ${seq}`;
  },
  delete: (log, seq) => {
    const isLast = seq === log.rows.length - 1;
    log.rows.splice(seq, 1);
    return isLast ? CUT_OFF : `event ${seq} is missing`;
  },
  'delete and close the gap': (log, seq) => {
    const isLast = seq === log.rows.length - 1;
    log.rows = move(log.rows.toSpliced(seq, 1), seq + 1, -1);
    return isLast ? CUT_OFF : `event ${seq}`;
  },
  insert: (log, seq) => {
    log.rows = [...move(log.rows, seq, 1), eventOf(seq, { forged: true })];
    return `event ${seq}`;
  },
  append: (log) => {
    const seq = log.rows.length;
    log.rows.push(eventOf(seq, { forged: true }));
    return `event ${seq}`;
  },
  swap: (log, seq, random) => {
    const [size, other] = [log.rows.length, random(log.rows.length - 1)];
    const [a, b] = [seq, other < seq ? other : (other + 1) % size];
    [log.rows[a], log.rows[b]] = [
      { ...log.rows[b]!, seq: a },
      { ...log.rows[a]!, seq: b },
    ];
    return `event ${Math.min(a, b)}`;
  },
  'duplicate seq': (log, seq) => {
    log.rows.splice(seq + 1, 0, { ...log.rows[seq]! });
    return `event ${seq + 1}`;
  },
  'truncate tail': (log, seq) => {
    log.rows.length = seq;
    return CUT_OFF;
  },
  'truncate tail and tree': (log, seq) => {
    const size = log.rows.length;
    Object.assign(log, logOf(log.rows.slice(0, seq)));
    return `a kept head anchored ${size} audit events, only ${seq} are left`;
  },
  'a bit of a node': (log, seq, random) => {
    const level = random(Math.log2((seq + 1) & -(seq + 1)) + 1);
    const at = (seq + 1) / 2 ** level - 1;
    const node = Uint8Array.from(log.nodes.get(`${level}/${at}`)!);
    node[random(32)]! ^= 1 << random(8);
    log.nodes.set(`${level}/${at}`, node);
    return `node ${level}/${at} does not match event ${seq}`;
  },
  'a node is gone': (log, seq) => {
    log.nodes.delete(`0/${seq}`);
    return `node 0/${seq} does not match event ${seq}`;
  },
  'a node too many': (log) => {
    log.nodes.set('40/0', new Uint8Array(32));
    return CUT_OFF;
  },
};

it('finds 10,000 of 10,000 tamperings with a log, and names the first bad event (SECURITY L-03)', async () => {
  const random = seeded(20261128);
  const ways = Object.entries(TAMPERINGS);
  const logs = Array.from({ length: 23 }, (_, i) => newLog(i + 2));
  for (const log of logs) expect(await verdict(log, [headOf(log, log.rows.length)])).toBeUndefined();
  const missed: string[] = [];
  const done = new Set<string>();
  for (let n = 0; n < 10_000; n += 1) {
    const [way, tamper] = ways[n % ways.length]!;
    const { rows, nodes } = logs[random(logs.length)]!;
    const head = headOf({ rows, nodes }, rows.length);
    const copy = { rows: [...rows], nodes: new Map(nodes) };
    const seq = random(rows.length);
    const expected = tamper(copy, seq, random);
    const found = await verdict(copy, [head]);
    if (!found || !new RegExp(`${expected}\\b`).test(found))
      missed.push(`${way} of ${seq} in ${rows.length}: ${found ?? 'nothing'} instead of ${expected}`);
    done.add(way);
  }
  expect(missed).toEqual([]);
  expect(done.size).toBe(ways.length);
});

it('finds 1,000 of 1,000 histories rewritten with all their hashes, up to the last head kept outside (SECURITY L-04)', async () => {
  const KEPT = 40;
  const TAIL = 5;
  let rewritten = 0;
  for (let history = 0; history < 25; history += 1) {
    const honest = Array.from({ length: KEPT + TAIL }, (_, seq) => eventOf(seq, { history, seq }));
    const head = headOf(logOf(honest), KEPT);
    for (let cut = 0; cut < KEPT + TAIL; cut += 1) {
      if (cut > KEPT && history > 0) continue;
      // Everything from the cut on is another story; by itself the log agrees with itself.
      const forged = logOf(honest.map((row) => (row.seq < cut ? row : eventOf(row.seq, { forged: row.seq }))));
      if (cut % 10 === 0) expect(await verdict(forged, [])).toBeUndefined();
      const found = await verdict(forged, [head]);
      // What nobody kept a head of can be rewritten; how much that is, `waiting` says beside the published head.
      if (cut >= KEPT) expect(found).toBeUndefined();
      else if (found === `a kept head anchored another history: the log was rewritten before event ${KEPT}`)
        rewritten += 1;
    }
  }
  expect(rewritten).toBe(1_000);
});

it('takes none of 402 changed tiles for an answer', async () => {
  const SIZE = 300;
  const nodes = nodesOver(Array.from({ length: SIZE }, (_, seq) => leafHash(Buffer.from(`event ${seq}`))));
  const subtree = subtreeIn(nodes);
  const tiles = tilesOf(SIZE).filter(({ level }) => level !== 'entries');
  const files = new Map(tiles.map((tile) => [tilePath(tile), tileBytes(tile, subtree)]));
  const at = (size: number) => ({ origin: 'example.org/log', size, root: hex(rootOf(subtree, size)) });
  // A first look needs the tiles over the head, a later one those between both heads too.
  const looks: ((readFile: ReadLogFile) => Promise<unknown>)[] = [
    (readFile) => requireRoot(at(SIZE), readFile),
    ...[1, 20, 255, 256, 299].map((known) => (readFile: ReadLogFile) => compareHeads(at(known), at(SIZE), readFile)),
  ];
  const random = seeded(6962);
  const answers = new Set<string>();
  let spoilt = 0;
  for (const look of looks) {
    const read = new Set<string>();
    await look(async (path) => (read.add(path), files.get(path)));
    for (let n = 0; n < 67; n += 1, spoilt += 1) {
      const victim = [...read][n % read.size]!;
      const bytes = spoil(files.get(victim)!, random);
      const answer = await look(async (path) => (path === victim ? bytes : files.get(path))).then(
        () => `taken: ${victim}`,
        (error: LogDefect) => error.code,
      );
      answers.add(answer);
    }
  }
  expect([...answers]).toEqual(['tile-wrong']);
  expect(spoilt).toBe(402);
});

/** Gone, shorter, longer, or one bit of it turned. */
function spoil(bytes: Uint8Array, random: Below): Uint8Array | undefined {
  const turned = Uint8Array.from(bytes);
  switch (random(4)) {
    case 0:
      return undefined;
    case 1:
      return bytes.subarray(0, random(bytes.length));
    case 2:
      return Buffer.concat([bytes, bytes.subarray(0, 32)]);
    default:
      turned[random(bytes.length)]! ^= 1 << random(8);
      return turned;
  }
}
