import { createHash } from 'node:crypto';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  change,
  deliveriesOf,
  findDelivery,
  findSnapshot,
  updateDelivery,
  wantDeliveries,
  type Context,
  type DeliveryRecord,
} from '@waymark/store';
import { findFile, publicFiles, sweptFiles, treePath } from '@waymark/tuf';
import type { Publishing } from '../snapshots/publishing.ts';
import { currentSnapshot } from '../snapshots/tree.ts';
import { announce } from '../webhooks/announce.ts';
import { DestinationProblem, type Destination } from './destination.ts';
import { withPublicView } from './publicView.ts';
import { requireSeen } from './seen.ts';
import { removeThere, upload } from './upload.ts';

type JobContext = Omit<Context, 'actorId'>;

/** Seconds until the next try, by how many there were; the last stays. The first outlast a cache of a minute. */
const WAITS = [30, 60, 120, 300, 900, 1800] as const;

/** Attempts after which a copy that is there and not seen is no longer a cache that takes its time. */
const PATIENCE = 3;

/** Destinations at work in this process: a slow one does not hold up the others, and no one is worked on twice. */
const atWork = new Set<string>();

/**
 * Brings what clients may be led to now to every destination, and looks at it there as a client does. To be called often: it
 * does nothing where nothing is new. From rows, after the commit, so a process that dies here goes on at its next start.
 * @param workDir a private folder, best on the file system of the tree
 */
export async function deliverSnapshots(ctx: JobContext, publishing: Publishing, workDir: string): Promise<void> {
  const { repoDir, destinations } = publishing;
  const current = await currentSnapshot(repoDir);
  const files = await publicFiles(repoDir);
  if (!current || !files || destinations.length === 0) return;
  const { sequence } = current.manifest;
  // The tree may hold a snapshot that a restored database does not know.
  if (!(await findSnapshot(ctx.store.read, sequence))) return;
  if (!areWanted(await deliveriesOf(ctx.store.read, [sequence]), destinations)) {
    // No audit event: that something is to be copied follows from the snapshot and the settings.
    await ctx.store.transaction((tx) => wantDeliveries(tx, sequence, destinations, ctx.now().toISOString()));
  }
  await Promise.all(
    destinations.map(async (destination) => {
      const key = `${repoDir} ${destination.name}`;
      if (atWork.has(key)) return;
      atWork.add(key);
      await deliverOne(ctx, publishing, {
        destination,
        sequence,
        timestamp: files.versions.timestamp,
        workDir,
      }).finally(() => atWork.delete(key));
    }),
  );
}

/** Whether the rows say what the settings say. */
function areWanted(rows: readonly DeliveryRecord[], destinations: readonly Destination[]): boolean {
  const living = rows.filter(({ state }) => state !== 'superseded');
  const asRow = ({ name, url, required }: Destination) =>
    living.some((row) => row.destination === name && row.url === url && row.required === required);
  return living.length === destinations.length && destinations.every(asRow);
}

type Task = { destination: Destination; sequence: number; timestamp: number; workDir: string };

async function deliverOne(ctx: JobContext, { repoDir }: Publishing, task: Task): Promise<void> {
  const { destination, sequence, timestamp, workDir } = task;
  const found = await findDelivery(ctx.store.read, destination.name, sequence);
  if (!found) return;
  const sweep = () => removeSwept(repoDir, destination, join(workDir, 'swept', `${folderOf(destination)}.json`));
  if (!isDue(found, timestamp, ctx.now())) {
    // What is purged does not wait for the next signature.
    if (found.state === 'seen') await sweep().catch((error: unknown) => noteFailure(ctx, found, error));
    return;
  }
  // Something newer starts with fresh courage, whatever became of what it replaces.
  const isNew = found.timestampVersion !== timestamp;
  const attempts = isNew ? 1 : found.attempts + 1;
  const claimed = await save(ctx, found, {
    attempts,
    nextAt: new Date(ctx.now().getTime() + waitAfter(attempts) * 1000).toISOString(),
    timestampVersion: timestamp,
    ...(isNew ? { state: 'pending' } : {}),
  });
  if (!claimed) return;
  let row = claimed;
  try {
    await withPublicView({ repoDir, workDir }, async (view) => {
      if (row.state !== 'uploaded') {
        await upload(destination, view);
        const set = {
          state: 'uploaded',
          timestampVersion: view.versions.timestamp,
          uploadedAt: ctx.now().toISOString(),
        };
        row = (await save(ctx, row, set as Partial<DeliveryRecord>)) ?? row;
      }
      await requireSeen({
        url: destination.url,
        rootBytes: await readFile(join(repoDir, treePath.root(1))),
        memoryDir: join(workDir, 'client', folderOf(destination)),
        // Published meanwhile: the next run brings it.
        versions: { ...view.versions, timestamp: Math.min(view.versions.timestamp, row.timestampVersion ?? 0) },
      });
    });
    await noteSeen(ctx, row);
    await sweep();
  } catch (error) {
    await noteFailure(ctx, row, error);
  }
}

function isDue({ state, timestampVersion, nextAt }: DeliveryRecord, timestamp: number, now: Date): boolean {
  // Lower, too: after a fast-forward our own count goes on where it was.
  if (timestampVersion !== timestamp) return true;
  if (state === 'seen' || state === 'superseded') return false;
  return nextAt <= now.toISOString();
}

function waitAfter(attempts: number): number {
  return WAITS[attempts - 1] ?? WAITS.at(-1) ?? 0;
}

// No audit event: nothing but how far a copy is changes, as with a lease.
function save(ctx: JobContext, row: DeliveryRecord, set: Partial<DeliveryRecord>): Promise<DeliveryRecord | undefined> {
  return ctx.store.transaction((tx) => updateDelivery(tx, row, set));
}

/** Clients have it there. The first time is news, for the log and, once it is everywhere it must be, for those who are told. */
async function noteSeen(ctx: JobContext, row: DeliveryRecord): Promise<void> {
  const { destination, sequence, url, timestampVersion } = row;
  const clean = { state: 'seen', failure: null, detail: null } as const;
  if (row.seenAt !== null) return void (await save(ctx, row, clean));
  await change(asDeliverer(ctx), 'system', async (door) => {
    const { tx, now, audit } = door;
    await updateDelivery(tx, row, { ...clean, seenAt: now });
    await audit('delivery.seen', `snapshot:${sequence}`, { destination, url, timestampVersion });
    const others = (await deliveriesOf(tx, [sequence])).filter((other) => other.destination !== destination);
    if (!row.required || !isReached(others)) return;
    const snapshot = await findSnapshot(tx, sequence);
    if (!snapshot) return;
    const { kind, contentDigest } = snapshot;
    await announce(door, { type: 'snapshot.published', data: { sequence, kind, contentDigest } });
  });
}

/** @throws what is no failure of the place */
async function noteFailure(ctx: JobContext, row: DeliveryRecord, error: unknown): Promise<void> {
  if (!(error instanceof DestinationProblem)) throw error;
  const { code, message } = error;
  const { destination, sequence, url } = row;
  const detail = message.slice(0, 1000);
  // A cache may still show what was there before: it is only looked at again.
  if (code === 'not-seen' && row.attempts < PATIENCE) return void (await save(ctx, row, { detail }));
  const set = { state: 'failed', failure: code, detail } as const;
  // The log tells the first failure and the end of it, not every attempt between.
  if (row.failure !== null) return void (await save(ctx, row, set));
  await change(asDeliverer(ctx), 'system', async ({ tx, audit }) => {
    await updateDelivery(tx, row, set);
    await audit('delivery.failed', `snapshot:${sequence}`, { destination, url, failure: code });
  });
}

/** What was removed here is removed there, once clients there have the new state; never before. */
async function removeSwept(repoDir: string, destination: Destination, countFile: string): Promise<void> {
  const swept = await sweptFiles(repoDir);
  const done = Number((await findFile(countFile))?.toString() ?? 0);
  const paths: string[] = [];
  // Published again since, a file is needed again.
  for (const path of new Set(swept.slice(done))) if (!(await isThere(join(repoDir, path)))) paths.push(path);
  if (paths.length > 0) await removeThere(destination, paths);
  if (swept.length > done) {
    await mkdir(dirname(countFile), { recursive: true });
    await writeFile(countFile, String(swept.length));
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Whether clients see a snapshot wherever they must. Without places it is where it was written. */
export function isReached(deliveries: readonly Pick<DeliveryRecord, 'required' | 'state' | 'seenAt'>[]): boolean {
  return deliveries.every(({ required, state, seenAt }) => !required || state === 'superseded' || seenAt !== null);
}

/** A client's memory is of one address. */
function folderOf({ name, url }: Destination): string {
  return `${name}-${createHash('sha256').update(url).digest('hex').slice(0, 12)}`;
}

function asDeliverer({ store, now, newId, post }: JobContext): Context {
  return { store, now, newId, post, actorId: 'system:delivery' };
}
