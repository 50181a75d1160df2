import type { Entry } from '@waymark/domain';
import { toKnown, type Directory } from './match/known.ts';
import { MatchIndex } from './match/matchIndex.ts';
import { OrganisationIndex } from './newEntry.ts';

/** The directory made ready for comparing; good for many files. */
export interface ReadyDirectory {
  index: MatchIndex;
  organisations: OrganisationIndex;
  byId: ReadonlyMap<string, Entry>;
  bySlug: ReadonlyMap<string, Entry>;
  inactive: ReadonlySet<string>;
  revisions: ReadonlyMap<string, number>;
  earlier?: Directory['earlier'];
}

/** Indexes a directory once, so that rows are compared with few of its entries. */
export function readyDirectory(directory: Directory): ReadyDirectory {
  const { entries, inactive = new Set(), revisions = new Map(), earlier } = directory;
  const organisations = new OrganisationIndex(directory.organisations);
  return {
    organisations,
    index: new MatchIndex(entries.map((entry) => toKnown(entry, organisations.byId))),
    byId: new Map(entries.map((entry) => [entry.id, entry])),
    bySlug: new Map(
      entries.flatMap((entry) => [entry.slug, ...(entry.slugHistory ?? [])].map((slug) => [slug, entry] as const)),
    ),
    inactive,
    revisions,
    ...(earlier ? { earlier } : {}),
  };
}
