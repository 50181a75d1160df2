import { coversPath, evidenceFor, hostOf, type Evidence, type EvidenceKind } from '@waymark/domain';

/** A short id no other item of the list has. */
export function freeId(wish: string, taken: readonly { id?: string }[]): string {
  const base =
    wish
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 34) || 'item';
  const ids = new Set(taken.map(({ id }) => id));
  if (!ids.has(base)) return base;
  for (let n = 2; ; n += 1) if (!ids.has(`${base}-${n}`)) return `${base}-${n}`;
}

/** What an address says about itself: host and path, until a person writes a better title. */
export function titleOf(url: string): string {
  const host = hostOf(url)?.replace(/^www\./, '') ?? url;
  const path = /^https?:\/\/[^/]+(\/[^?#]*)/.exec(url)?.[1] ?? '';
  return path.length > 1 ? `${host}${path.replace(/\/$/, '')}`.slice(0, 300) : host.slice(0, 300);
}

/**
 * Evidence for a path from an address. An address that is in the list already is used again: it then supports this path too, and
 * was seen today.
 */
export function withSource(
  list: readonly Evidence[],
  url: string,
  kind: EvidenceKind,
  paths: readonly string[],
  today: string,
): Evidence[] {
  const known = list.find((e) => e.url === url && e.kind === kind && e.supersededBy === undefined);
  if (known) return seenAgain(list, known.id, paths, today);
  const made: Evidence = {
    id: freeId(hostOf(url)?.replace(/^www\./, '') ?? kind, list),
    kind,
    url,
    title: titleOf(url),
    capturedAt: today,
    sensitivity: 'public',
    supports: [...paths],
  };
  return [...list, made];
}

/** The evidence shows these paths too, looked at today. */
export function seenAgain(list: readonly Evidence[], id: string, paths: readonly string[], today: string): Evidence[] {
  return list.map((e) => {
    if (e.id !== id) return e;
    const missing = paths.filter((path) => !e.supports.some((s) => path === s || path.startsWith(`${s}/`)));
    return { ...e, capturedAt: today, supports: [...e.supports, ...missing] };
  });
}

/** The evidence no longer speaks for this path; without any path left it stays in the list, unused. */
export function withoutSupport(list: readonly Evidence[], id: string, path: string): Evidence[] {
  return list.map((e) => (e.id === id ? { ...e, supports: e.supports.filter((s) => !coversPath(s, path)) } : e));
}

/** Evidence for a path that is new or was looked at again since the directory's version. */
export function freshEvidence(now: readonly Evidence[], before: readonly Evidence[], path: string): Evidence[] {
  return evidenceFor(now, path).filter((e) => {
    const old = before.find(({ id }) => id === e.id);
    return (
      old === undefined || old.capturedAt !== e.capturedAt || old.url !== e.url || evidenceFor([old], path).length === 0
    );
  });
}

export const todayIn = (now: Date): string => now.toISOString().slice(0, 10);
