import { refuse, type Manifest } from '@waymark/domain';
import { change, findSnapshot, Problem, type Context } from '@waymark/store';
import {
  findRepository,
  initDemoRepository,
  publishTargets,
  readDemoSigners,
  resignWhenDue,
  TufProblem,
  type TargetContent,
} from '@waymark/tuf';
import { inTurn, type Publishing } from './publishing.ts';
import { refusalOf, requirePublisher } from './refusal.ts';
import { manifestText, readStage } from './stage.ts';

/** Where app teams find the next snapshot before it is signed by people. */
export type Staged = { sequence: number; url: string; rootUrl: string };

type StagingPlace = Pick<Publishing, 'stagingRepo'>;

/**
 * Puts a prepared snapshot into the staging repository, so that app teams can try the next one. Another tree with another
 * root: no app that trusts the real one can be led here. Its plain keys lie on this machine and its manifest says `demo`, so
 * nobody takes it for the real thing. Nothing reaches clients.
 * @throws Problem not-found, not-permitted, snapshot-not-prepared, snapshot-outdated, storage-failed
 */
export async function stageSnapshot(ctx: Context, publishing: Publishing, sequence: number): Promise<Staged> {
  await requirePublisher(ctx);
  return inTurn(publishing, async () => {
    const row = await findSnapshot(ctx.store.read, sequence);
    if (!row) throw new Problem(refuse('not-found'));
    if (row.state !== 'prepared') throw new Problem(refuse('snapshot-not-prepared'));
    const files = (await readStage(publishing, row)).map((file) => toStaging(file, row.manifest as Manifest)); // Written by `stageManifest` alone.
    const { contentDigest } = row;
    await change(ctx, 'snapshot.publish', async ({ audit }) => {
      await audit('snapshot.stage', `snapshot:${sequence}`, { contentDigest });
    });
    const { dir, keyDir, url } = publishing.stagingRepo;
    const now = ctx.now();
    try {
      const { targets, snapshotRole, timestamp } = await initDemoRepository({ dir, keyDir, now });
      await publishTargets({ dir, files, signers: { targets: [targets], snapshotRole, timestamp }, now });
    } catch (error) {
      throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
    }
    return { sequence, url, rootUrl: `${url}/metadata/1.root.json` };
  });
}

/** Keeps what app teams are trying fresh; nothing while nothing was ever staged. */
export async function resignStaging({ now }: Pick<Context, 'now'>, { stagingRepo }: StagingPlace): Promise<void> {
  const { dir, keyDir } = stagingRepo;
  if (!(await findRepository(dir))) return;
  await resignWhenDue({ dir, signers: await readDemoSigners(keyDir), now: now() });
}

// Said twice, since a program reads either: in the manifest, and in the metadata of every file.
function toStaging(content: TargetContent, manifest: Manifest): TargetContent {
  const { path } = content;
  const custom = { ...content.custom, channel: 'staging' };
  if (path !== 'v1/manifest.json') return { ...content, custom };
  return { path, bytes: Buffer.from(manifestText({ ...manifest, assurance: 'demo' })), custom };
}
