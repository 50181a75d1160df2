import type { TargetMeta } from './tuf/metadata.ts';

/**
 * The deltas that lead from one content to another, in order: fewest bytes first, and none at all when the full file is shorter.
 * Which delta leads where stands in its signed `custom`, so no name is guessed.
 * @returns paths; undefined when there is no way
 */
export function deltaChain(
  targets: ReadonlyMap<string, TargetMeta>,
  from: string,
  to: string,
  fullLength: number,
): string[] | undefined {
  const steps = [...targets].flatMap(([path, { length, custom }]) => {
    const { fromContentSha256, toContentSha256 } = custom;
    if (!path.startsWith('v1/delta/')) return [];
    return typeof fromContentSha256 === 'string' && typeof toContentSha256 === 'string'
      ? [{ path, length, from: fromContentSha256, to: toContentSha256 }]
      : [];
  });
  // At most 40 deltas are published, so looking at all of them as often as there are is nothing.
  const best = new Map<string, { length: number; paths: string[] }>([[from, { length: 0, paths: [] }]]);
  for (let improved = true; improved;) {
    improved = false;
    for (const step of steps) {
      const here = best.get(step.from);
      const length = (here?.length ?? Infinity) + step.length;
      if (!here || length >= (best.get(step.to)?.length ?? fullLength)) continue;
      best.set(step.to, { length, paths: [...here.paths, step.path] });
      improved = true;
    }
  }
  return best.get(to)?.paths;
}
