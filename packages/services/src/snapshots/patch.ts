import {
  canonicalJson,
  departuresOf,
  type Gate,
  type Manifest,
  newComparing,
  nextChangelog,
  type PublishedRecord,
  type PublishedVerification,
  refOf,
  type Refusal,
  REFUSALS,
  refuse,
  type SnapshotFile,
  toDifference,
  type Tombstone,
  UNVERIFIED,
} from '@waymark/domain';
import {
  auditHead,
  change,
  currentPolicy,
  findSnapshot,
  insertSnapshot,
  Problem,
  snapshotsIn,
  suspendedIds,
  type AuditHead,
  type Context,
} from '@waymark/store';
import type { OnStep } from '@waymark/tuf';
import type { RecordView } from '../records/show.ts';
import { suspendRecord, type SuspensionReason } from '../records/suspend.ts';
import { followUrgent } from '../urgent/request.ts';
import { beside, currentLines } from './beside.ts';
import { buildDirectory, buildSchemas } from './build.ts';
import { stageDeltas } from './content/deltas.ts';
import { stageNews } from './content/newsForm.ts';
import type { PublishedLine } from './directory.ts';
import { freezeContent } from './freeze.ts';
import { showSnapshot, type SnapshotRow } from './list.ts';
import { differingIds, nextSequence, preparedPayload, previousOf } from './prepare.ts';
import { inTurn, type Publishing } from './publishing.ts';
import { release } from './publish.ts';
import { asPublisher, settle } from './reconcile.ts';
import { clearStage, currentChangelog, keepFile, openStage, readStage, stageManifest, validityOf } from './stage.ts';
import { currentSnapshot, linesOf, targetFile, type CurrentSnapshot } from './tree.ts';

/**
 * Publishes at once what clients have now minus the entries suspended since: the emergency path, which can only remove
 * (DESIGN §4.6). Nothing approved meanwhile gets in by it, and it needs no publisher.
 * @returns the patch, or undefined when clients see no suspended entry
 * @throws Problem publishing-off, storage-failed
 */
export async function publishRemovals(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  options: { onStep?: OnStep } = {},
): Promise<SnapshotRow | undefined> {
  return inTurn(publishing, async () => {
    const job = asPublisher(ctx);
    await settle(job, publishing);
    const current = await currentSnapshot(publishing.repoDir);
    if (!current) return undefined;
    const suspended = await suspendedIds(job.store.read);
    const known = new Set(current.manifest.changes.suspended);
    const fresh = [...suspended].filter((id) => !known.has(id));
    if (fresh.length === 0) return undefined;
    const published = await lookInto(publishing.repoDir, current, fresh);
    if (!published.holdsAny) return undefined;
    if (!publishing.keys) throw new Problem(refuse('publishing-off'));
    const sequence = await nextSequence(job.store, current);
    const dir = await openStage(publishing, sequence);
    try {
      const patch = await build(job, publishing, { sequence, current, suspended, names: published.names, dir });
      await insertPatch(job, patch);
    } catch (error) {
      await clearStage(publishing, sequence);
      throw error;
    }
    const row = await findSnapshot(job.store.read, sequence);
    if (!row) throw new Error(`Snapshot ${sequence} was not inserted`);
    await release(job, publishing, row, await readStage(publishing, row), publishing.keys, options.onStep);
    return showSnapshot(job, publishing, sequence);
  });
}

const WAITS_FOR_DUTY = refuse('signatures-missing', 'Apps know once somebody on duty has signed the urgent list');

export type Suspended = {
  record: RecordView;
  /** Whether clients stopped seeing the entry: by a patch now, because they never saw it, or not yet and why. */
  clients:
    { state: 'removed'; sequence: number } | { state: 'never-published' } | { state: 'still-shown'; why: Refusal };
  /** For the log: what stopped the tree. */
  failure?: unknown;
};

/**
 * Suspends an entry and takes it out of the public tree at once. The suspension stands whatever happens to the tree:
 * what went wrong there is reported, and the next start tries again.
 * @throws Problem as `suspendRecord`
 */
export async function suspendAndRemove(
  ctx: Context,
  publishing: Publishing,
  id: string,
  input: { reason: SuspensionReason; note: string },
): Promise<Suspended> {
  const record = await suspendRecord(ctx, id, input);
  // First what is quickest for apps. What goes wrong with it, the hourly job tries again and says.
  const asked = await followUrgent(ctx, publishing).catch(() => undefined);
  try {
    const patch = await publishRemovals(ctx, publishing);
    return {
      record,
      clients: patch ? { state: 'removed', sequence: patch.sequence } : await alreadyGone(publishing, id),
    };
  } catch (failure) {
    // Where people sign, it is somebody on duty who tells the apps.
    if (asked) return { record, clients: { state: 'still-shown', why: WAITS_FOR_DUTY } };
    const why = failure instanceof Problem ? failure.refusal : refuse('internal', REFUSALS.internal.title);
    return { record, clients: { state: 'still-shown', why }, failure };
  }
}

// Another patch was quicker, or the same request came twice: or clients never had it.
async function alreadyGone({ repoDir }: Publishing, id: string): Promise<Suspended['clients']> {
  const current = await currentSnapshot(repoDir);
  return current?.manifest.changes.suspended.includes(id)
    ? { state: 'removed', sequence: current.manifest.sequence }
    : { state: 'never-published' };
}

type PatchInput = {
  sequence: number;
  current: CurrentSnapshot;
  suspended: ReadonlySet<string>;
  names: ReadonlyMap<string, string>;
  dir: string;
};

type Patch = { manifest: Manifest; difference: ReturnType<typeof toDifference>; readAt: AuditHead };

async function build(
  ctx: Context,
  publishing: Publishing,
  { sequence, current, suspended, names, dir }: PatchInput,
): Promise<Patch> {
  const { repoDir } = publishing;
  const now = ctx.now();
  const readAt = await auditHead(ctx.store.read);
  const policy = await currentPolicy(ctx.store.read);
  const stones = await keepTombstones(repoDir, current, dir);
  const comparing = newComparing();
  const built = await buildDirectory(
    {
      records: beside(remaining(repoDir, current, suspended), currentLines(repoDir, current), comparing.add),
      organisationNames: names,
      tombstones: () => Promise.resolve(stones.tombstones),
      validity: validityOf(publishing, now),
      byCountry: publishing.byCountry,
    },
    dir,
  );
  const { contentDigest } = built;
  const comparison = comparing.end(built.tally, built.counts.entries);
  const deltas = await stageDeltas({
    repoDir,
    current,
    published: await snapshotsIn(ctx.store.read, 'published'),
    next: { sequence, contentDigest, files: built.files },
    differing: differingIds(comparison),
    hidden: { suspended, tombstones: stones.tombstones },
    now,
    dir,
  });
  const kind = 'patch' as const;
  const departures = departuresOf(comparison.removed, new Set(), suspended);
  const changelog = nextChangelog(
    await currentChangelog(repoDir, current),
    { sequence, kind, createdAt: now.toISOString() },
    comparison,
    departures,
  );
  const news = await stageNews(changelog, publishing.repoUrl, dir);
  const manifest = await stageManifest(
    publishing,
    now,
    {
      sequence,
      kind,
      previous: previousOf(current),
      counts: { ...current.manifest.counts, ...built.counts },
      contentDigest,
      ...(await freezeContent(ctx, 'system', { sequence, contentDigest })),
      policy: { version: policy.version },
      changes: { added: [], changed: [], retired: [], suspended: [...suspended].sort(), withdrawn: [] },
      files: [...built.files, stones.file, ...deltas, ...news, ...(await buildSchemas(dir))],
    },
    dir,
  );
  return { manifest, difference: toDifference(comparison, suspended), readAt };
}

/** What clients have, line by line as it was signed, minus what is out of sight. */
async function* remaining(
  repoDir: string,
  current: CurrentSnapshot,
  suspended: ReadonlySet<string>,
): AsyncGenerator<PublishedLine> {
  for await (const published of publishedLines(repoDir, current))
    if (!suspended.has(published.record.id)) yield inThisForm(published);
}

/** What clients have may be of an older minor version, which said nothing of verification; so nothing is claimed of it. */
function inThisForm(published: PublishedLine): PublishedLine {
  // Lines of older versions lack what the type of this one promises.
  const old = published.record as PublishedRecord & { verification?: PublishedVerification };
  if (old.type !== 'entry' || old.verification !== undefined) return published;
  const channels = old.channels.map((channel) => ({ ...channel, verification: UNVERIFIED }));
  const record = { ...old, channels, verification: UNVERIFIED };
  return { record, line: canonicalJson(record) };
}

async function* publishedLines(repoDir: string, current: CurrentSnapshot): AsyncGenerator<PublishedLine> {
  // We wrote each line; that the file is still the signed one shows at its end, before anything is published from it.
  for await (const line of currentLines(repoDir, current)) yield { record: JSON.parse(line) as PublishedRecord, line };
}

/**
 * Whether clients have any of these entries, and the names of organisations as clients have them: from the tree and not
 * from the database, because a patch must not bring in a name that was approved meanwhile.
 */
async function lookInto(
  repoDir: string,
  current: CurrentSnapshot,
  ids: readonly string[],
): Promise<{ holdsAny: boolean; names: Map<string, string> }> {
  const names = new Map<string, string>();
  const wanted = ids.map((id) => `"id":"${id}"`);
  let holdsAny = false;
  for await (const line of currentLines(repoDir, current)) {
    holdsAny ||= wanted.some((id) => line.includes(id));
    if (!line.includes('"type":"organisation"')) continue;
    const record = JSON.parse(line) as PublishedRecord; // As above.
    if (record.type === 'organisation') names.set(record.id, refOf(record).name);
  }
  return { holdsAny, names };
}

/** Tombstones as clients have them: what was retired meanwhile waits for a person to publish it. */
async function keepTombstones(
  repoDir: string,
  { manifest }: CurrentSnapshot,
  dir: string,
): Promise<{ file: SnapshotFile; tombstones: Tombstone[] }> {
  const file = manifest.files.find(({ path }) => path === 'v1/tombstones.ndjson');
  if (!file) throw new Problem(refuse('storage-failed', 'The published manifest names no v1/tombstones.ndjson'));
  const tombstones: Tombstone[] = [];
  for await (const line of linesOf(targetFile(repoDir, file.path, file.sha256), file.sha256))
    tombstones.push(JSON.parse(line) as Tombstone); // As above.
  await keepFile(repoDir, file, dir);
  return { file, tombstones };
}

async function insertPatch(ctx: Context, { manifest, difference, readAt }: Patch): Promise<void> {
  const { sequence, contentDigest } = manifest;
  const gate: Gate = { needsSecond: false, reasons: [] };
  await change(ctx, 'system', async ({ tx, now, audit }) => {
    await insertSnapshot(tx, {
      sequence,
      kind: 'patch',
      state: 'publishing',
      auditSize: readAt.size,
      auditRoot: readAt.root,
      contentDigest,
      manifest,
      difference,
      gate,
      preparedBy: ctx.actorId,
      preparedAt: now,
      publishedBy: ctx.actorId,
    });
    await audit('snapshot.prepare', `snapshot:${sequence}`, preparedPayload(manifest, manifest.counts, gate));
  });
}
