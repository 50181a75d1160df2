import { importRefusal, refuse, type ImportState, type Refusal } from '@waymark/domain';
import { applyMapping, type Guess, type Mapping, type Reading, type RowOutcome, type Since } from '@waymark/import';
import {
  findActor,
  findImport,
  findImportProfile,
  Problem,
  type Context,
  type ImportRecord,
  type NamedImport,
} from '@waymark/store';
import { lookOf } from './look.ts';
import { previewState, type Preview } from './previews.ts';
import { stampOf } from './stamp.ts';

export type ImportRow = {
  id: string;
  name: string;
  size: number;
  sha256: string;
  state: ImportState;
  version: number;
  authorId: string;
  authorName: string;
  createdAt: string;
  updatedAt: string;
  batchId: string | null;
  profile: { id: string; name: string } | null;
};

export type PreviewView = {
  state: 'none' | 'working' | 'ready' | 'failed';
  /** Rows compared so far, and how many there are; 0 while the file is being read. */
  done: number;
  total: number;
  counts: Record<RowOutcome['action'], number> | null;
  toLookAt: number;
  toPropose: number;
  undecided: number;
  digest: string | null;
  /** The mapping, a decision or the directory changed since: preview again before committing. */
  isOutdated: boolean;
  refusal: Refusal | null;
  /** How the rows stand to the last list of the same partner, where there is one. */
  since: SinceCounts | null;
};

export type SinceCounts = { id: string; name: string; committedAt: string; gone: number } & Record<Since, number>;

export type ImportView = ImportRow & {
  /** How the file was read; null when it cannot be, or when its bytes were forgotten. */
  reading: Reading | null;
  /** What somebody chose of it. */
  chosen: ImportRecord['reading'];
  header: string[];
  sample: string[][];
  rowCount: number;
  guess: Guess[];
  mapping: Mapping;
  /** Columns that the profile does not know, and those of it that the file does not have. */
  profileGaps: { unknown: string[]; missing: string[] } | null;
  refusal: Refusal | null;
  preview: PreviewView;
  can: Record<'map' | 'decide' | 'commit' | 'discard', Refusal | null>;
};

/** Everything the screen of one import needs. @throws Problem not-found */
export async function showImport(ctx: Context, id: string): Promise<ImportView> {
  const { store } = ctx;
  const record = await findImport(store.read, id);
  if (!record) throw new Problem(refuse('not-found'));
  const looked = await lookOf(store, record);
  const look = looked?.look;
  return {
    ...toImportRow(record),
    reading: look?.reading ?? null,
    chosen: record.reading,
    header: look?.header ?? [],
    sample: look?.sample ?? [],
    rowCount: look?.rowCount ?? 0,
    guess: look?.guesses ?? [],
    mapping: record.mapping as Mapping, // Parsed before it was written.
    profileGaps: await gapsOf(ctx, record, look?.header),
    refusal: looked?.refusal ?? null,
    preview: await previewView(ctx, record),
    can: await permissionsOf(ctx, record, looked?.refusal),
  };
}

export function toImportRow(record: NamedImport): ImportRow {
  const { id, name, size, sha256, state, version, authorId, createdAt, updatedAt, batchId, profileId } = record;
  const profile = profileId === null ? null : { id: profileId, name: record.profileName ?? profileId };
  const authorName = record.authorName ?? authorId;
  return { id, name, size, sha256, state, version, authorId, authorName, createdAt, updatedAt, batchId, profile };
}

async function gapsOf(
  { store }: Context,
  { profileId }: ImportRecord,
  header: readonly string[] | undefined,
): Promise<ImportView['profileGaps']> {
  if (profileId === null || header === undefined) return null;
  const profile = await findImportProfile(store.read, profileId);
  if (!profile) return null;
  const { unknown, missing } = applyMapping(profile.mapping as Mapping, header); // Parsed before it was written.
  return { unknown, missing };
}

async function permissionsOf(
  ctx: Context,
  record: ImportRecord,
  unreadable: Refusal | undefined,
): Promise<ImportView['can']> {
  const actor = await findActor(ctx.store.read, ctx.actorId);
  const refusal = actor === undefined ? refuse('not-permitted') : importRefusal(record, actor);
  const readable = refusal ?? unreadable ?? null;
  return { map: refusal ?? null, decide: readable, commit: readable, discard: refusal ?? null };
}

const NO_PREVIEW: PreviewView = {
  state: 'none',
  done: 0,
  total: 0,
  counts: null,
  toLookAt: 0,
  toPropose: 0,
  undecided: 0,
  digest: null,
  isOutdated: false,
  refusal: null,
  since: null,
};

async function previewView({ store }: Context, record: ImportRecord): Promise<PreviewView> {
  const { ready, running, failed } = previewState(store, record.id);
  const isOutdated = ready !== undefined && ready.stamp !== (await stampOf(store.read, record));
  const known = ready && {
    done: ready.rows.length,
    total: ready.rows.length,
    counts: ready.counts,
    toLookAt: ready.toLookAt,
    toPropose: ready.toPropose,
    undecided: ready.undecided,
    digest: ready.digest,
    isOutdated,
    since: sinceCounts(ready),
  };
  const shown = { ...NO_PREVIEW, ...known };
  if (running) return { ...shown, state: 'working', done: running.done, total: running.total };
  if (failed) return { ...shown, state: 'failed', refusal: failed };
  return ready ? { ...shown, state: 'ready' } : shown;
}

function sinceCounts({ since, rows }: Preview): SinceCounts | null {
  if (since === undefined) return null;
  const { id, name, committedAt, gone } = since;
  const count = (wanted: Since) => rows.filter(({ outcome }) => outcome.since === wanted).length;
  return {
    id,
    name,
    committedAt,
    added: count('added'),
    changed: count('changed'),
    same: count('same'),
    gone: gone.length,
  };
}
