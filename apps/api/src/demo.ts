import { join } from 'node:path';
import {
  loadDemoDirectory,
  openDemoProposals,
  prepareSnapshot,
  publishSnapshot,
  type Publishing,
} from '@waymark/services';
import { findSnapshot, lastSequence, type Context } from '@waymark/store';

/**
 * Fills a new demo: the starter directory through proposals and approvals, open proposals for a newcomer to review, and
 * snapshot 1. The snapshot comes last and says that all is done, so an interrupted start goes on where it stopped.
 * @param say told in a few words how far it is
 */
export async function fillDemo(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  root: string,
  say: (words: string) => void,
): Promise<void> {
  if (await isFilled(ctx)) return;
  const files = {
    starterDirectory: join(root, 'data/starter-directory.json'),
    proposals: join(root, 'data/demo-proposals.json'),
  };
  say('First start: loading the starter directory through proposals and approvals …');
  const { people, loaded } = await loadDemoDirectory(ctx, files, (done, total) => {
    if (done % 100 === 0 || done === total) say(`  ${done} of ${total} records`);
  });
  const opened = await openDemoProposals(ctx, people, files.proposals);
  const publisher = { ...ctx, actorId: people.publisher };
  const { sequence } = await prepareSnapshot(publisher, publishing);
  await publishSnapshot(publisher, publishing, sequence);
  say(`  ${loaded} records approved, ${opened} proposals open, snapshot ${sequence} published`);
}

async function isFilled({ store }: Pick<Context, 'store'>): Promise<boolean> {
  for (let sequence = await lastSequence(store.read); sequence > 0; sequence -= 1) {
    if ((await findSnapshot(store.read, sequence))?.state === 'published') return true;
  }
  return false;
}
