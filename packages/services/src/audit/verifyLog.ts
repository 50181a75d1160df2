import { setImmediate } from 'node:timers/promises';
import { auditLeafHash, commitmentTo, completedBy, rootOf, sameBytes, type AuditLeaf } from '@waymark/domain';

/** What is wrong, as a sentence for a person. */
export class Wrong extends Error {}

/** A head somebody outside keeps: the size and root a published snapshot carries. */
export type KeptHead = { size: number; root: string; from: string };

/** An event as it stands in the file; nothing of it is believed yet. */
export type StoredEvent = AuditLeaf & { leafHash: string; salt: string | null; payload: string | null };

/** Where the rows of a log come from. */
export type StoredLog = {
  /** Events from `start` on, in order. */
  rowsFrom(start: number, limit: number): Promise<StoredEvent[]>;
  /** Hash of a complete subtree. */
  nodeAt(level: number, position: number): Promise<Uint8Array | undefined>;
  nodeCount(): Promise<number>;
  /** Events whose payload was erased by decision, and whom each is about. */
  erased(): Promise<ReadonlyMap<number, string>>;
};

/** The tree rebuilt from the leaves, level by level. */
export type Tree = Uint8Array[][];

const AT_ONCE = 1000;

/**
 * Re-reads every event and every node of the tree over them.
 * @param checked counts what was looked at
 * @returns the tree, to compare heads with
 * @throws Wrong naming the first event or node that is not what was written
 */
export async function verifyLog(log: StoredLog, checked: { events: number; nodes: number }): Promise<Tree> {
  const erased = await log.erased();
  const tree: Tree = [];
  const subtree = (level: number, index: number) => {
    const hash = tree[level]?.[index];
    if (!hash) throw new Wrong(`audit tree: node ${level}/${index} cannot be rebuilt`);
    return hash;
  };
  for (let start = 0; ;) {
    const rows = await log.rowsFrom(start, AT_ONCE);
    for (const row of rows) {
      if (row.seq !== start) throw new Wrong(`audit event ${start} is missing`);
      const hash = verifyEvent(row, erased);
      for (const [level, position, node] of completedBy(row.seq, hash, subtree)) {
        (tree[level] ??= [])[position] = node;
        const stored = await log.nodeAt(level, position);
        if (!stored || !sameBytes(stored, node))
          throw new Wrong(`audit tree: node ${level}/${position} does not match event ${row.seq}`);
        checked.nodes += 1;
      }
      start += 1;
      checked.events += 1;
      if (start % 500 === 0) await setImmediate(); // Others are served meanwhile.
    }
    if (rows.length < AT_ONCE) break;
  }
  if ((await log.nodeCount()) !== checked.nodes)
    throw new Wrong('audit tree: nodes stand where no event is: the end of the log was cut off');
  return tree;
}

/** @returns the hash of the leaf */
function verifyEvent(row: StoredEvent, erased: ReadonlyMap<number, string>): Uint8Array {
  const name = `audit event ${row.seq}`;
  if ((row.payload === null) !== (row.salt === null)) throw new Wrong(`${name}: payload half erased`);
  // An erasure names each event, and only those about the person it was about.
  if (row.payload === null && erased.get(row.seq) !== row.subject)
    throw new Wrong(`${name} (${row.action} ${row.subject}): the payload is gone, and nobody decided that`);
  if (
    row.payload !== null &&
    row.salt !== null &&
    commitmentTo(row.salt, parse(row.payload, row.seq)) !== row.commitment
  ) {
    throw new Wrong(`${name} (${row.action} ${row.subject}): the payload is not the one committed to`);
  }
  const hash = leafOf(row);
  if (Buffer.from(hash).toString('hex') !== row.leafHash)
    throw new Wrong(`${name} (${row.action} ${row.subject}): the leaf does not match its hash`);
  return hash;
}

function leafOf(row: StoredEvent): Uint8Array {
  try {
    return auditLeafHash(row);
  } catch {
    throw new Wrong(`audit event ${row.seq}: the leaf is not readable`);
  }
}

function parse(payload: string, seq: number): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new Wrong(`audit event ${seq}: the payload is not readable`);
  }
}

/** Compares heads that others keep with the tree. @throws Wrong naming the head that the log contradicts */
export function verifyHeads(
  tree: Tree,
  heads: readonly KeptHead[],
  checked: { readonly events: number; heads: number },
): void {
  for (const head of heads) {
    if (head.size > checked.events)
      throw new Wrong(`${head.from} anchored ${head.size} audit events, only ${checked.events} are left`);
    const root = rootOf((level, index) => tree[level]?.[index] ?? new Uint8Array(), head.size);
    if (Buffer.from(root).toString('hex') !== head.root)
      throw new Wrong(`${head.from} anchored another history: the log was rewritten before event ${head.size}`);
    checked.heads += 1;
  }
}
