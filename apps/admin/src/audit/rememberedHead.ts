import type { RememberedHead } from './checkHead.ts';

/** Beside react-admin's store, which is emptied when somebody signs out: this belongs to the browser, not to the person. */
const PLACE = 'waymark-log-head';

/** The head this browser verified last; undefined the first time, or where nothing can be kept. */
export function readRememberedHead(): RememberedHead | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null') as Partial<RememberedHead> | null;
    return typeof kept?.key === 'string' && typeof kept.checkpoint === 'string'
      ? { key: kept.key, checkpoint: kept.checkpoint }
      : undefined;
  } catch {
    return undefined;
  }
}

export function rememberHead({ key, checkpoint }: RememberedHead): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ key, checkpoint }));
  } catch {
    // A browser that keeps nothing checks signatures all the same.
  }
}
