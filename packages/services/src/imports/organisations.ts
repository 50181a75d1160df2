import type { OrganisationType } from '@waymark/domain';
import { nameKey, slugFor, type RowOutcome } from '@waymark/import';
import type { Context } from '@waymark/store';
import type { NewProposal } from '../proposals/create.ts';
import { freeSlugs } from './slugs.ts';

export type NewOutcome = Extract<RowOutcome, { action: 'new' }>;

/** An organisation that nobody knows yet, with the rows that name it. */
export interface NewOrganisation {
  proposal: NewProposal & { recordId?: never };
  id: string;
  slug: string;
  outcomes: NewOutcome[];
}

/**
 * Makes one new organisation for each name that rows give and the directory does not know. Where the row named none and the name of the
 * service was taken, services of other countries are run by others, however common their name is.
 * @param type what a person said they all are: a file does not say it
 * @returns the organisations, and which of them runs the entry of a row
 */
export async function newOrganisations(
  { store, newId }: Pick<Context, 'store' | 'newId'>,
  outcomes: readonly NewOutcome[],
  { type, from }: { type: OrganisationType; from: string },
): Promise<NewOrganisation[]> {
  const byKey = new Map<string, NewOutcome[]>();
  for (const outcome of outcomes) {
    if (!('name' in outcome.organisation)) continue;
    const key = keyOf(outcome, outcome.organisation.name);
    const same = byKey.get(key);
    if (same) same.push(outcome);
    else byKey.set(key, [outcome]);
  }
  const groups = [...byKey.values()];
  const slugs = await freeSlugs(store.read, 'organisation', groups.map(wantedSlug));
  return groups.map((group, at) => toOrganisation(group, newId(), slugs[at] ?? '', { type, from }));
}

function keyOf({ notes, draft }: NewOutcome, name: string): string {
  const key = nameKey(name).key || name;
  const isOfEntry = notes.some(({ code }) => code === 'organisation-from-name');
  return isOfEntry ? `${key} ${draft.serves[0]?.area ?? ''}` : key;
}

const nameIn = ([first]: readonly NewOutcome[]): string =>
  first && 'name' in first.organisation ? first.organisation.name : '';

const wantedSlug = (group: readonly NewOutcome[]): string =>
  slugFor({ areas: group[0]?.draft.serves.map(({ area }) => area) ?? [], name: nameIn(group) });

function toOrganisation(
  outcomes: NewOutcome[],
  id: string,
  slug: string,
  { type, from }: { type: OrganisationType; from: string },
): NewOrganisation {
  const [language = 'en'] = Object.keys(outcomes[0]?.draft.names ?? {});
  const doc = { id, slug, names: { [language]: { text: nameIn(outcomes) } }, type };
  const summary = `${from}: new organisation. Its type, ${type}, was said of all new organisations of the file: check it.`;
  return {
    id,
    slug,
    outcomes,
    proposal: { kind: 'create', recordType: 'organisation', doc, part: 'importer', summary: summary.slice(0, 500) },
  };
}
