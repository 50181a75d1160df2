import { Channel, channelAddress, formatHours, Hours, isTree, type Change, type Json } from '@waymark/domain';
import type { ListConflict } from '../understand/listNews.ts';
import type { EntryDraft } from '../understand/newEntry.ts';
import type { Note } from '../understand/note.ts';
import type { RowOutcome } from '../understand/outcomeTypes.ts';

/** As much of an outcome as a report says: of documents nothing, since those stand in the proposals. */
export type ReportedOutcome =
  | Exclude<RowOutcome, { action: 'new' | 'update' }>
  | Omit<Extract<RowOutcome, { action: 'update' }>, 'doc'>
  | (Omit<Extract<RowOutcome, { action: 'new' }>, 'draft'> & { draft: Pick<EntryDraft, 'slug'> });

/** What each outcome is called in front of people. */
export const OUTCOME_WORDS = {
  new: 'new',
  update: 'update',
  duplicate: 'duplicate',
  reject: 'rejected',
  decide: 'needs a decision',
} as const satisfies Record<RowOutcome['action'], string>;

/** How many rows became what; every outcome is named, also those of no row. */
export function countOutcomes(outcomes: readonly RowOutcome[]): Record<RowOutcome['action'], number> {
  const counts = { new: 0, update: 0, duplicate: 0, reject: 0, decide: 0 };
  for (const { action } of outcomes) counts[action] += 1;
  return counts;
}

/** One change of an entry on one line: what it is called, what stands there and what would: `Contact (/channels/tel/value): 116 → 112`. */
function changeInWords({ label, path, before, after }: Change): string {
  const isLonger = typeof before === 'string' && typeof after === 'string' && after.startsWith(before);
  const values = isLonger
    ? `added at its end: ${after.slice(before.length).trim()}`
    : `${valueInWords(before)} → ${valueInWords(after)}`;
  return `${label} (${path}): ${values}`;
}

/** A value of an entry on one line. */
export function valueInWords(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value;
  const channel = Channel.safeParse(value);
  if (channel.success) return channelInWords(channel.data);
  const hours = Hours.safeParse(value);
  if (hours.success) return formatHours(hours.data);
  const [only, ...others] = isTree(value) ? Object.values(value) : [];
  return typeof only === 'string' && others.length === 0 ? only : JSON.stringify(value);
}

/** A way in, on one line: `phone +49 …`. */
export function channelInWords(channel: Channel): string {
  return `${channel.type} ${channelAddress(channel)}`;
}

/** A note on one line: where, what became of what, and why. */
export function noteInWords({ column, from, to, message, detail }: Note): string {
  const values = [...(from === '' ? [] : [`"${from}"`]), ...(to === undefined ? [] : [`→ "${to}"`])].join(' ');
  return `${column}${values === '' ? '' : ` ${values}`}: ${message}${detail === undefined ? '' : ` ${detail}`}`;
}

/** Why an outcome is what it is, a sentence or more in each line; nothing for rows that are simply new. */
export function reasonsInWords(outcome: ReportedOutcome, nameOf: (id: string) => string): string[] {
  switch (outcome.action) {
    case 'new':
      return [];
    case 'update':
      return outcome.changes.map(changeInWords);
    case 'duplicate':
      return outcome.candidates.slice(0, 1).map(scoreInWords);
    case 'reject':
      return [outcome.rejection.code, ...(outcome.rejection.detail === undefined ? [] : [outcome.rejection.detail])];
    case 'decide':
      return [
        outcome.message,
        ...(outcome.fields.length === 0 ? [] : [`What differs: ${outcome.fields.join(', ')}.`]),
        ...(outcome.disagreements ?? []).map(disagreementInWords),
        ...outcome.candidates.map((candidate) => `${nameOf(candidate.id)}, ${scoreInWords(candidate)}`),
      ];
  }
}

function disagreementInWords({ label, path, base, current, proposed }: ListConflict): string {
  return `${label} (${path}): last list ${valueInWords(base)}; this list ${valueInWords(proposed)}; directory ${valueInWords(current)}`;
}

function scoreInWords({ score, reasons }: RowOutcome['candidates'][number]): string {
  return `score ${score}: ${reasons.map(({ message }) => message).join(' ')}`;
}

/**
 * The notes of a row that a person has to look at: what was applied though it is not certain, and what was left out. Of rows that
 * change nothing only the latter, since nothing was applied.
 */
export function notesToLookAt({ action, notes }: Pick<RowOutcome, 'action' | 'notes'>): Note[] {
  const changesNothing = action === 'reject' || action === 'duplicate';
  return notes.filter(({ certainty }) => certainty === 'unclear' || (certainty === 'likely' && !changesNothing));
}
