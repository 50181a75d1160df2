import type { Entry } from '@waymark/domain';
import { MatchIndex } from './match/matchIndex.ts';
import { candidatesFor, compare } from './match/score.ts';
import { PLACEHOLDER } from './newEntry.ts';
import { QUESTIONS, type RowOutcome } from './outcomeTypes.ts';
import type { Refused, RowReading } from './reading.ts';

type New = Extract<RowOutcome, { action: 'new' }>;

interface Member {
  reading: RowReading;
  outcome: New;
}

/** How much a row says: of rows about one service, the one that says most stands for it. */
const richness = ({ draft }: New): number =>
  Object.keys(draft).length +
  draft.channels.length * 2 +
  draft.serves.length +
  draft.channels.reduce((sum, { languages = [], hours }) => sum + languages.length + (hours ? 1 : 0), 0);

/** Rows that are one service go into one group, however they are ordered. */
function groupsOf(members: readonly Member[], index: MatchIndex): Member[][] {
  const byId = new Map(members.map((member) => [member.reading.known.id, member]));
  const parent = new Map<string, string>();
  const rootOf = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  const unite = (a: string, b: string): void => {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x !== y) parent.set(x, y);
  };
  const byName = new Map<string, string>();
  const byFingerprint = new Map<string, string>();
  for (const { reading } of members) {
    // The index looks at no crowd; rows that say exactly the same need no looking.
    const twin = byFingerprint.get(reading.fingerprint);
    if (twin !== undefined) {
      unite(reading.known.id, twin);
      continue;
    }
    byFingerprint.set(reading.fingerprint, reading.known.id);
    for (const other of index.near(reading.known, reading.known.id))
      if (byId.has(other.id) && compare(reading.known, other, index)?.verdict === 'same')
        unite(reading.known.id, other.id);
    const own = reading.names?.id ?? reading.names?.slug;
    const namesake = own === undefined ? undefined : byName.get(own);
    if (namesake !== undefined) unite(reading.known.id, namesake);
    else if (own !== undefined) byName.set(own, reading.known.id);
  }
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const root = rootOf(member.reading.known.id);
    const group = groups.get(root);
    if (group) group.push(member);
    else groups.set(root, [member]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

const asEntry = ({ outcome }: Member): Entry => ({ ...outcome.draft, id: PLACEHOLDER, organisation: PLACEHOLDER });

/** What a row would be beside the one that stands for its group. */
function beside(first: Member, { reading, outcome }: Member): RowOutcome {
  const { draft: _, organisation: __, ...base } = outcome;
  const candidates = [...candidatesFor(reading.known, new MatchIndex([first.reading.known])), ...outcome.candidates];
  const { fields } = reading.applyTo(asEntry(first));
  if (fields.length === 0) return { ...base, candidates, action: 'duplicate', of: { row: first.reading.row } };
  return {
    ...base,
    candidates,
    certainty: 'unclear',
    action: 'decide',
    question: 'same-as-row',
    message: QUESTIONS['same-as-row'],
    fields,
  };
}

/**
 * Compares new rows of one file with each other. Of rows about one service the one that says most is new; the others are its duplicates, or
 * need a person where they say something else. The order of rows decides only between rows that say equally much.
 */
export function compareRows(
  readings: readonly (RowReading | Refused)[],
  outcomes: readonly RowOutcome[],
): RowOutcome[] {
  const members = outcomes.flatMap((outcome, at): Member[] => {
    const reading = readings[at];
    return outcome.action === 'new' && reading && !('rejection' in reading) && !outcome.overruled
      ? [{ reading, outcome }]
      : [];
  });
  const index = new MatchIndex(members.map(({ reading }) => reading.known));
  const settled = new Map<RowOutcome, RowOutcome>();
  for (const group of groupsOf(members, index)) {
    const [first, ...others] = group.toSorted(
      (a, b) => richness(b.outcome) - richness(a.outcome) || a.reading.row - b.reading.row,
    );
    if (first) for (const other of others) settled.set(other.outcome, beside(first, other));
  }
  return outcomes.map((outcome) => settled.get(outcome) ?? outcome);
}
