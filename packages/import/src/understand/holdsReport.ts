import { diffDocuments, disclosureOf, patternOf, type Disclosure } from '@waymark/domain';
import type { RowOutcome } from './outcomeTypes.ts';

/** Where whoever made the list could say anything. */
const FREE_TEXT = /^\/(?:summary|howTo|whatToHave|confidentialityLimits|notesInternal|channels\/\*\/note)(?:\/|$)/;

/** Longer than the guard reads at once. */
const LONGEST = 1800;

/**
 * Whether a text that a row brings looks like a report, or like a way to content (DOMAIN §3.9). Addresses alone do not count: lists of
 * services are full of them, and curators put them into notes.
 */
export function holdsReport(outcome: Extract<RowOutcome, { action: 'new' | 'update' }>): boolean {
  const changes = outcome.action === 'new' ? diffDocuments(undefined, outcome.draft) : outcome.changes;
  const doc = outcome.action === 'new' ? outcome.draft : outcome.doc;
  const names = Object.values(doc.names).map(({ text }) => text);
  return changes
    .filter(({ path }) => FREE_TEXT.test(patternOf(path)))
    .flatMap(({ before, after }) => textsOf(after).map((text) => added(text, before)))
    .flatMap(inPieces)
    .some((text) => isReport(disclosureOf(text, names)));
}

const isReport = (found: 'clean' | Disclosure): boolean =>
  found !== 'clean' && found.reason !== 'address' && found.reason !== 'too-long';

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

/** Notes are added at the end: what stood there already was judged when it came. */
const added = (text: string, before: unknown): string =>
  typeof before === 'string' && text.startsWith(before) ? text.slice(before.length) : text;

const inPieces = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / LONGEST) }, (_, at) => text.slice(at * LONGEST, (at + 1) * LONGEST));
