import type { UrgentList } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { findRepository, readUrgent, TufProblem } from '@waymark/tuf';
import { refusalOf } from '../snapshots/refusal.ts';

/** What apps were told to withhold, as it is signed in the tree: nothing where nothing ever was. @throws Problem storage-failed */
export async function withdrawalsOut(repoDir: string): Promise<UrgentList> {
  try {
    const published = (await findRepository(repoDir))?.published;
    return (await readUrgent(repoDir, published?.urgent)) ?? { withdrawn: [] };
  } catch (error) {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  }
}
