import {
  confirmSnapshotRefusal,
  discardSnapshotRefusal,
  publishSnapshotRefusal,
  refuse,
  type Actor,
  type Assurance,
  type Difference,
  type Gate,
  type Manifest,
  type Refusal,
  type SnapshotCounts,
  type SnapshotFacts,
  type SnapshotKind,
  type SnapshotState,
} from '@waymark/domain';
import {
  currentPolicy,
  deliveriesOf,
  directoryMovedSince,
  findActor,
  findSnapshot,
  pageSnapshots,
  Problem,
  snapshotsIn,
  userNames,
  type Context,
  type DeliveryRecord,
  type Reader,
  type SnapshotRecord,
} from '@waymark/store';
import { isReached } from '../destinations/deliver.ts';
import { signaturesMissing } from '../signing/request.ts';
import type { Publishing } from './publishing.ts';

export type SnapshotRow = {
  sequence: number;
  kind: SnapshotKind;
  state: SnapshotState;
  assurance: Assurance;
  contentDigest: string;
  auditSize: number;
  auditRoot: string;
  counts: SnapshotCounts;
  preparedBy: string;
  preparedByName: string;
  preparedAt: string;
  confirmedBy: string | null;
  confirmedByName: string | null;
  confirmedReason: string | null;
  publishedBy: string | null;
  publishedByName: string | null;
  publishedAt: string | null;
  targetsVersion: number | null;
  /** Its copies; none where clients get the tree of this machine. */
  deliveries: Delivery[];
  /** Clients see it wherever they must. */
  reached: boolean;
  difference: Difference;
  gate: Gate;
  /** The directory moved since it was prepared: prepare again. */
  outdated: boolean;
  /** What the asking person may do; null = allowed, otherwise why not. The same rules decide when they try. */
  can: Record<'confirm' | 'publish' | 'discard', Refusal | null>;
};

/** How far one copy is. */
export type Delivery = Pick<
  DeliveryRecord,
  'destination' | 'url' | 'required' | 'state' | 'attempts' | 'failure' | 'detail' | 'uploadedAt' | 'seenAt' | 'nextAt'
>;

/** One page of snapshots, newest first. */
export async function listSnapshots(
  ctx: Context,
  publishing: Publishing,
  query: { states?: readonly SnapshotState[] | undefined },
  page: { limit: number; offset: number },
): Promise<{ data: SnapshotRow[]; total: number }> {
  const { data, total } = await pageSnapshots(ctx.store.read, query, page);
  return { data: await toRows(ctx, publishing, data), total };
}

/** @throws Problem not-found */
export async function showSnapshot(ctx: Context, publishing: Publishing, sequence: number): Promise<SnapshotRow> {
  const found = await findSnapshot(ctx.store.read, sequence);
  const [row] = found ? await toRows(ctx, publishing, [found]) : [];
  if (!row) throw new Problem(refuse('not-found'));
  return row;
}

/** Whether anything that a prepared snapshot stands on moved since. */
export async function isOutdated(read: Reader, row: SnapshotRecord): Promise<boolean> {
  if (row.state !== 'prepared') return false;
  const { policy } = row.manifest as Manifest; // Written by `stageManifest` alone.
  const published = (await snapshotsIn(read, 'published')).at(-1)?.sequence ?? 0;
  return (
    // Numbers are given in order: a higher one was prepared, and published, since.
    published > row.sequence ||
    (await currentPolicy(read)).version !== policy.version ||
    (await directoryMovedSince(read, row.auditSize))
  );
}

/** What the rules need to know of a snapshot, as the database says now. */
export async function factsOf(
  read: Reader,
  row: SnapshotRecord,
  publishing: Publishing,
  now: Date,
): Promise<SnapshotFacts> {
  const { state, preparedBy, confirmedBy } = row;
  return {
    state,
    preparedBy,
    confirmedBy,
    gate: gateOfRow(row),
    outdated: await isOutdated(read, row),
    signaturesMissing: await signaturesMissing(read, publishing, row, now),
  };
}

function gateOfRow({ gate }: SnapshotRecord): Gate {
  return (gate as Gate | null) ?? { needsSecond: false, reasons: [] }; // Written by `prepareSnapshot` alone.
}

async function toRows(
  { store, actorId, now }: Context,
  publishing: Publishing,
  rows: readonly SnapshotRecord[],
): Promise<SnapshotRow[]> {
  const { read } = store;
  const names = await userNames(
    read,
    rows.flatMap(({ preparedBy, confirmedBy, publishedBy }) =>
      [preparedBy, confirmedBy ?? [], publishedBy ?? []].flat(),
    ),
  );
  const actor = await findActor(read, actorId);
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
  const copies = await deliveriesOf(
    read,
    rows.map(({ sequence }) => sequence),
  );
  const shown: SnapshotRow[] = [];
  for (const row of rows) {
    const facts = await factsOf(read, row, publishing, now());
    const { assurance, counts } = row.manifest as Manifest; // Written by `stageManifest` alone.
    const { sequence, kind, state, contentDigest, auditSize, auditRoot, preparedBy, preparedAt } = row;
    const { confirmedBy, confirmedReason, publishedBy, publishedAt, targetsVersion } = row;
    shown.push({
      sequence,
      kind,
      state,
      assurance,
      contentDigest,
      auditSize,
      auditRoot,
      counts,
      preparedBy,
      preparedByName: nameOf(preparedBy) ?? preparedBy,
      preparedAt,
      confirmedBy,
      confirmedByName: nameOf(confirmedBy),
      confirmedReason,
      publishedBy,
      publishedByName: nameOf(publishedBy),
      publishedAt,
      targetsVersion,
      deliveries: copies.filter((copy) => copy.sequence === sequence).map(toDelivery),
      reached: state === 'published' && isReached(copies.filter((copy) => copy.sequence === sequence)),
      difference: row.difference as Difference, // Written by `prepareSnapshot` and `publishRemovals` alone.
      gate: facts.gate,
      outdated: facts.outdated,
      can: canDo(facts, actor, publishing.off === null),
    });
  }
  return shown;
}

function toDelivery(row: DeliveryRecord): Delivery {
  const { destination, url, required, state, attempts, failure, detail, uploadedAt, seenAt, nextAt } = row;
  return { destination, url, required, state, attempts, failure, detail, uploadedAt, seenAt, nextAt };
}

function canDo(facts: SnapshotFacts, actor: Actor | undefined, online: boolean): SnapshotRow['can'] {
  if (!actor) {
    const refusal = refuse('not-permitted');
    return { confirm: refusal, publish: refusal, discard: refusal };
  }
  return {
    confirm: confirmSnapshotRefusal(facts, actor) ?? null,
    publish: publishSnapshotRefusal(facts, actor, online) ?? null,
    discard: discardSnapshotRefusal(facts, actor) ?? null,
  };
}
