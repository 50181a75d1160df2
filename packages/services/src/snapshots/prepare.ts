import {
  type Comparison,
  departuresOf,
  gateOf,
  type Manifest,
  newComparing,
  nextChangelog,
  type RecordRef,
  refuse,
  type SigningRequest,
  toDifference,
} from '@waymark/domain';
import {
  auditHead,
  change,
  currentPolicy,
  insertSigningRequest,
  insertSnapshot,
  lastSequence,
  organisationNames,
  Problem,
  repeatedResult,
  snapshotsIn,
  updateSnapshot,
  type AuditHead,
  type Change,
  type Context,
  type Store,
} from '@waymark/store';
import { sha256 } from '@waymark/tuf';
import { requestFor, voidRequest } from '../signing/request.ts';
import { stageApprovals } from '../signing/stageApprovals.ts';
import { beside, currentLines } from './beside.ts';
import { buildDirectory, buildSchemas, buildTombstones, sealedTombstones } from './build.ts';
import { stageDeltas } from './content/deltas.ts';
import { stageNews } from './content/newsForm.ts';
import { freezeContent } from './freeze.ts';
import { nothingUnpublished, publishableRecords } from './directory.ts';
import { showSnapshot, type SnapshotRow } from './list.ts';
import { inTurn, type Publishing } from './publishing.ts';
import { requirePublisher } from './refusal.ts';
import { settle } from './reconcile.ts';
import { clearStage, currentChangelog, manifestText, openStage, stageManifest, validityOf } from './stage.ts';
import { currentSnapshot, type CurrentSnapshot } from './tree.ts';

/**
 * Freezes the directory at the head of the audit log, builds every file of the next snapshot into staging and compares
 * it with the last one. Nothing reaches clients. A snapshot prepared before and not published is discarded.
 * @throws Problem not-permitted, nothing-to-publish, storage-failed
 */
export async function prepareSnapshot(ctx: Context, publishing: Publishing): Promise<SnapshotRow> {
  await requirePublisher(ctx);
  return inTurn(publishing, async () => {
    await settle(ctx, publishing);
    // A repeated request gets the snapshot of the first one.
    const repeated = await repeatedResult<{ sequence: number }>(ctx);
    if (repeated) return showSnapshot(ctx, publishing, repeated.sequence);
    const current = await currentSnapshot(publishing.repoDir);
    const sequence = await nextSequence(ctx.store, current);
    const dir = await openStage(publishing, sequence);
    try {
      const prepared = await build(ctx, publishing, { sequence, current, dir });
      const request = await requestFor(publishing, prepared.manifest, ctx.now());
      if (request) {
        await stageApprovals(ctx.store, { repoDir: publishing.repoDir, dir, current }, prepared.manifest);
      }
      await change(ctx, 'snapshot.publish', (door) => insertPrepared(door, prepared, request));
      return await showSnapshot(ctx, publishing, sequence);
    } catch (error) {
      await clearStage(publishing, sequence);
      throw error;
    }
  });
}

/** One above every number ever given, here or in the tree: a restored database must not number backwards. */
export async function nextSequence(store: Store, current: CurrentSnapshot | undefined): Promise<number> {
  return Math.max(await lastSequence(store.read), current?.manifest.sequence ?? 0) + 1;
}

type Prepared = Pick<Parameters<typeof insertSnapshot>[1], 'difference' | 'gate'> & {
  manifest: Manifest;
  /** Head of the log that the directory was read at: what is written later is not in the snapshot. */
  readAt: AuditHead;
};

async function build(
  ctx: Context,
  publishing: Publishing,
  { sequence, current, dir }: { sequence: number; current: CurrentSnapshot | undefined; dir: string },
): Promise<Prepared> {
  const unpublished = nothingUnpublished();
  const now = ctx.now();
  const validity = validityOf(publishing, now);
  const comparing = newComparing();
  const frozen = await ctx.store.frozen(async (read) => {
    const readAt = await auditHead(read);
    const policy = await currentPolicy(read);
    const names = await organisationNames(read);
    const publishable = publishableRecords(read, unpublished, { policy: policy.policy, now: now.toISOString() });
    const records = beside(publishable, currentLines(publishing.repoDir, current), comparing.add);
    const tombstones = () => Promise.resolve(sealedTombstones(unpublished.tombstones, unpublished.living));
    return {
      readAt,
      policy,
      built: await buildDirectory(
        { records, organisationNames: names, tombstones, validity, byCountry: publishing.byCountry },
        dir,
      ),
    };
  });
  const { built, readAt, policy } = frozen;
  const { retired, withheld } = unpublished;
  const tombstones = sealedTombstones(unpublished.tombstones, unpublished.living);
  const stones = await buildTombstones(tombstones, dir);
  const comparison = comparing.end(built.tally, built.counts.entries);
  const suspended = new Set(unpublished.suspended.map(({ id }) => id));
  const departures = departuresOf(comparison.removed, retired, suspended);
  const kind = 'full' as const;
  const changes = {
    added: current ? idsOf(comparison.added) : [],
    changed: idsOf(comparison.changed),
    retired: idsOf(departures.retired),
    suspended: [...suspended].sort(),
    withdrawn: idsOf(departures.withdrawn),
  };
  const { contentDigest } = built;
  const files = [...built.files, stones];
  refuseUnchanged(publishing, current, { contentDigest, files, changes, kind }, now);
  const deltas = await stageDeltas({
    repoDir: publishing.repoDir,
    current,
    published: await snapshotsIn(ctx.store.read, 'published'),
    next: { sequence, contentDigest, files },
    differing: differingIds(comparison),
    hidden: { suspended, tombstones },
    now,
    dir,
  });
  const changelog = nextChangelog(
    await currentChangelog(publishing.repoDir, current),
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
      counts: { ...built.counts, tombstones: tombstones.length, withheld },
      contentDigest,
      ...(await freezeContent(ctx, 'snapshot.publish', { sequence, contentDigest })),
      policy: { version: policy.version },
      changes,
      files: [...files, ...deltas, ...news, ...(await buildSchemas(dir))],
    },
    dir,
  );
  return {
    manifest,
    difference: toDifference(comparison, suspended),
    gate: gateOf(policy.policy, comparison.losses),
    readAt,
  };
}

/** Every record that is not as clients have it. */
export function differingIds({ added, removed, changed }: Comparison): Set<string> {
  return new Set([...added, ...removed, ...changed].map(({ id }) => id));
}

export function previousOf(current: CurrentSnapshot | undefined): Manifest['previous'] {
  return current ? { sequence: current.manifest.sequence, contentDigest: current.manifest.contentDigest } : null;
}

function idsOf(records: readonly RecordRef[]): string[] {
  return records.map(({ id }) => id);
}

// The same content is published again only to renew signatures whose window is open: a directory nobody changes for
// months must not vanish because a date passed (SNAPSHOTS §0.5).
function refuseUnchanged(
  { calendar }: Publishing,
  current: CurrentSnapshot | undefined,
  next: Content,
  now: Date,
): void {
  if (!current || contentOf(current.manifest) !== contentOf(next)) return;
  const hoursLeft = (Date.parse(current.targetsExpires) - now.getTime()) / 3_600_000;
  if (hoursLeft > calendar.targets.windowOpens) throw new Problem(refuse('nothing-to-publish'));
}

type Content = Pick<Manifest, 'contentDigest' | 'files' | 'changes' | 'kind'>;

function contentOf({ contentDigest, files, changes, kind }: Content): string {
  const tombstones = files.find(({ path }) => path === 'v1/tombstones.ndjson')?.sha256;
  return [contentDigest, tombstones, kind, ...changes.suspended].join(' ');
}

async function insertPrepared(
  door: Change,
  { manifest, difference, gate, readAt }: Prepared,
  request: SigningRequest | undefined,
): Promise<{ sequence: number }> {
  const { tx, actor, now, audit } = door;
  const { sequence, kind, contentDigest, counts } = manifest;
  for (const older of await snapshotsIn(tx, 'prepared')) {
    await updateSnapshot(tx, older.sequence, 'prepared', { state: 'discarded' });
    await audit('snapshot.discard', `snapshot:${older.sequence}`, { replacedBy: sequence });
    await voidRequest(door, older.sequence, `Snapshot ${sequence} was prepared`);
  }
  await insertSnapshot(tx, {
    sequence,
    kind,
    state: 'prepared',
    auditSize: readAt.size,
    auditRoot: readAt.root,
    contentDigest,
    manifest,
    difference,
    gate,
    preparedBy: actor.id,
    preparedAt: now,
  });
  if (request) {
    const { version, digest } = request;
    await insertSigningRequest(tx, { sequence, version, digest, request, createdAt: now });
  }
  const asked = request && { targetsVersion: request.version, requestDigest: request.digest };
  await audit('snapshot.prepare', `snapshot:${sequence}`, { ...preparedPayload(manifest, counts, gate), ...asked });
  return { sequence };
}

/** What the log says of a prepared snapshot; the hash commits to every file through the manifest. */
export function preparedPayload(manifest: Manifest, counts: Manifest['counts'], gate: unknown) {
  const { kind, contentDigest, audit, policy } = manifest;
  const manifestSha256 = sha256(Buffer.from(manifestText(manifest)));
  return { kind, contentDigest, manifestSha256, auditHead: audit, policyVersion: policy.version, counts, gate };
}
