import type { Destination } from './destination.ts';
import type { PublicView, Stage } from './publicView.ts';

/**
 * Copies a view of the tree to a destination: each stage is finished before the next, so that clients there see the old
 * state or the new. A run that was cut short is made good by the next: what is there already stays.
 * @param onStage told before each stage; tests stop there
 * @throws DestinationProblem
 */
export async function upload(
  destination: Destination,
  { dir, stages }: PublicView,
  onStage: (stage: Stage['name']) => void | Promise<void> = () => {},
): Promise<void> {
  const session = await destination.open();
  try {
    for (const { name, mode, paths } of stages) {
      await onStage(name);
      if (mode === 'once') await session.putOnce(dir, paths);
      else await session.replace(dir, paths);
    }
    await session.finish();
  } finally {
    await session.close();
  }
}

/** Removes files that no client can be led to any more. @throws DestinationProblem */
export async function removeThere(destination: Destination, paths: readonly string[]): Promise<void> {
  const session = await destination.open();
  try {
    await session.remove(paths);
    await session.finish();
  } finally {
    await session.close();
  }
}
