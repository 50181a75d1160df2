import type { Effect } from '@waymark/domain';

export type AreaEffects = { area: string; changes: Effect[] };

/** Effects of a difference, gathered by country. */
export function effectsByArea(effects: readonly Effect[]): AreaEffects[] {
  const areas = new Map<string, Effect[]>();
  for (const effect of effects) areas.set(effect.area, [...(areas.get(effect.area) ?? []), effect]);
  return [...areas].map(([area, changes]) => ({ area, changes }));
}
