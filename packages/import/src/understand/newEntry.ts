import { Entry, type Organisation } from '@waymark/domain';
import anyAscii from 'any-ascii';
import { channelsOfRow, countriesOf } from './channelsOfRow.ts';
import { fold } from './fold.ts';
import { nameKey, bestLikeness, namesIn } from './match/name.ts';
import { addressKey } from './match/address.ts';
import { organisationNames } from './match/known.ts';
import { note, type Note } from './note.ts';
import { problemOf, reject, type Rejection } from './rejection.ts';
import { languageOfText } from './textLanguage.ts';
import type { UnderstoodRow } from './understoodRow.ts';

/** An entry that is not there yet: whoever commits it gives it its id, and its organisation if that is new too. */
export type EntryDraft = Omit<Entry, 'id' | 'organisation'>;

/** Who runs a new entry: a record of the directory, or a name that would become one. */
export type OrganisationGuess = { id: string } | { name: string };

/** Organisations by name and by the domains they hold. */
export class OrganisationIndex {
  readonly byId = new Map<string, Organisation>();
  readonly #byName = new Map<string, Organisation[]>();
  readonly #byDomain = new Map<string, Organisation[]>();

  constructor(organisations: readonly Organisation[]) {
    for (const organisation of organisations) {
      this.byId.set(organisation.id, organisation);
      for (const { key } of organisationNames(organisation)) this.#put(this.#byName, key, organisation);
      for (const { host } of organisation.domains) {
        const domain = addressKey(`https://${host}/`)?.domain;
        if (domain !== undefined) this.#put(this.#byDomain, domain, organisation);
      }
    }
  }

  #put(map: Map<string, Organisation[]>, key: string, organisation: Organisation): void {
    const list = map.get(key) ?? [];
    if (!list.includes(organisation)) map.set(key, [...list, organisation]);
  }

  /** The one organisation of a name; of several, the one in the country. */
  named(name: string, countries: readonly string[]): Organisation | undefined {
    const found = [...new Set(namesIn(name).flatMap(({ key }) => this.#byName.get(key) ?? []))];
    const here = found.filter(({ locatedIn }) => locatedIn !== undefined && countries.includes(locatedIn));
    return found.length === 1 ? found[0] : here.length === 1 ? here[0] : undefined;
  }

  /** The one organisation that holds the domains of these addresses. */
  holding(hrefs: readonly string[]): Organisation | undefined {
    const domains = hrefs.flatMap((href) => addressKey(href)?.domain ?? []);
    const found = new Set(domains.flatMap((domain) => this.#byDomain.get(domain) ?? []));
    return found.size === 1 ? [...found][0] : undefined;
  }

  /** Whether a name is one of this organisation's, spelled as people do. */
  isCalled(id: string, name: string): boolean {
    return bestLikeness(namesIn(name), organisationNames(this.byId.get(id))).likeness >= 0.5;
  }
}

function guessOrganisation(
  row: UnderstoodRow,
  index: OrganisationIndex,
): { organisation: OrganisationGuess; notes: Note[] } {
  const { organisation: said, name = '', websites, reportLink } = row;
  const column = row.columns.organisation ?? 'organisation';
  if (said !== undefined) {
    const known = index.named(said, countriesOf(row));
    if (known) return { organisation: { id: known.id }, notes: [] };
    return { organisation: { name: said }, notes: [{ column, ...note('organisation-new', said) }] };
  }
  const holder = index.holding([...websites, ...(reportLink === undefined ? [] : [reportLink])]);
  if (holder)
    return { organisation: { id: holder.id }, notes: [{ column, ...note('organisation-from-host', '', holder.slug) }] };
  return { organisation: { name }, notes: [{ column, ...note('organisation-from-name', '', name) }] };
}

/** An entry without what its birth gives it. */
export function toDraft(entry: Entry): EntryDraft {
  const draft: Partial<Entry> = { ...entry };
  delete draft.id;
  delete draft.organisation;
  return draft as EntryDraft; // Without these two it is one.
}

/** A handle from country and name: fr-point-de-contact. Whoever commits makes it unique. */
export function slugFor(row: Pick<UnderstoodRow, 'areas' | 'name' | 'slug'>): string {
  const [area = '001'] = row.areas;
  const words =
    anyAscii(fold(row.name ?? ''))
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const slug = [area === '001' ? 'global' : area.toLowerCase().replace(/[^a-z0-9]/g, '-'), ...words]
    .join('-')
    .slice(0, 80)
    .replace(/-+$/, '');
  return row.slug !== undefined && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(row.slug) && row.slug.length <= 80 ? row.slug : slug;
}

/** Stands for an id that whoever commits will give. */
export const PLACEHOLDER = '00000000-0000-4000-8000-000000000000';

/**
 * Makes a new entry of a row. Only what the row says is in it: no need is accepted and no status claimed that nobody named.
 * @returns the draft with who runs it, or why the row makes none
 */
export function newEntry(
  row: UnderstoodRow,
  organisations: OrganisationIndex,
  language?: string,
): { draft: EntryDraft; organisation: OrganisationGuess; notes: Note[] } | Rejection {
  const { name = '', kind } = row;
  if (kind === undefined) {
    const column = row.columns.kind;
    return column === undefined ? reject('missing-kind') : reject('unknown-kind', column);
  }
  const tag = languageOfText(name, row, row.nameLanguage ?? language) ?? 'en';
  const summaryTag =
    row.summary === undefined ? undefined : (languageOfText(row.summary, row, row.summaryLanguage ?? language) ?? 'en');
  const { organisation, notes } = guessOrganisation(row, organisations);
  const remarks = row.remarks.join('\n');
  const own = nameKey(name).key;
  const doc = {
    id: PLACEHOLDER,
    organisation: PLACEHOLDER,
    slug: slugFor(row),
    kind: kind[0],
    names: { [tag]: { text: name } },
    ...(row.otherNames.length === 0
      ? {}
      : {
          otherNames: row.otherNames
            .filter((other) => nameKey(other).key !== own)
            .map((other, at) => ({ id: `name-${at + 1}`, name: other })),
        }),
    ...(row.summary === undefined || summaryTag === undefined
      ? {}
      : { summary: { [summaryTag]: { text: row.summary } } }),
    serves: row.areas.map((area) => ({ area })),
    ...(row.anonymous === 'yes'
      ? { anonymity: { level: 'anonymous' } }
      : row.anonymous === 'no'
        ? { anonymity: { level: 'identified' } }
        : {}),
    channels: channelsOfRow(row),
    ...(remarks === '' ? {} : { notesInternal: remarks }),
  };
  const parsed = Entry.safeParse(doc);
  if (!parsed.success) return reject('document-invalid', undefined, problemOf(parsed.error));
  if (row.anonymous === 'no')
    notes.push({ column: row.columns.anonymous ?? 'anonymous', ...note('answer-no-identity', 'no', 'identified') });
  return { draft: toDraft(parsed.data), organisation, notes };
}
