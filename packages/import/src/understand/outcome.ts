import { canonicalJson, diffDocuments, type Entry } from '@waymark/domain';
import type { Progress } from '../read/options.ts';
import type { Source } from '../source.ts';
import { compareRows } from './compareRows.ts';
import { holdsReport } from './holdsReport.ts';
import { waysIn, type ReadLastList } from './lastList.ts';
import { listNews, settledForList, type ListNews } from './listNews.ts';
import type { Mapping } from './mapping.ts';
import type { Directory } from './match/known.ts';
import { candidatesFor, type Candidate } from './match/score.ts';
import { leastCertain, note, type Note } from './note.ts';
import { QUESTIONS, type Decision, type Decisions, type Question, type RowOutcome } from './outcomeTypes.ts';
import type { Refused, RowReading } from './reading.ts';
import { readRows } from './readRows.ts';
import { readyDirectory, type ReadyDirectory } from './readyDirectory.ts';
import { reject, type Rejection } from './rejection.ts';

type Common = Omit<Extract<RowOutcome, { action: 'reject' }>, 'action' | 'rejection'>;

const common = (reading: RowReading | Refused, candidates: Candidate[] = [], overruled = false): Common => ({
  row: reading.row,
  line: reading.line,
  fingerprint: reading.fingerprint,
  notes: reading.notes,
  certainty: 'certain',
  candidates,
  provenance: reading.provenance,
  overruled,
});

const rejected = (base: Common, rejection: Rejection): RowOutcome => ({ ...base, action: 'reject', rejection });

type Asked = Extract<RowOutcome, { action: 'decide' }>;

const asked = (
  base: Common,
  question: Question,
  about: Partial<Pick<Asked, 'fields' | 'of' | 'disagreements' | 'moved'>> = {},
): RowOutcome => ({
  ...base,
  certainty: 'unclear',
  action: 'decide',
  question,
  message: QUESTIONS[question],
  fields: [],
  ...about,
});

/** How sure a row is of what it changes: of what was read in the columns that changed something, and of the changes themselves. */
function certaintyOf(read: readonly Note[], applied: readonly Note[]): Common['certainty'] {
  const columns = new Set(applied.map(({ column }) => column));
  return leastCertain(
    [...read.filter(({ column }) => columns.has(column)), ...applied].map(({ certainty }) => certainty),
  );
}

/** What rows are held against. */
interface Compared {
  directory: ReadyDirectory;
  decisions: Decisions;
  last: ReadLastList | undefined;
}

function meansEntry(reading: RowReading, entry: Entry, base: Common, { directory, last }: Compared): RowOutcome {
  const of = entry.id;
  const said = last?.laidOn(entry);
  const applied = reading.applyTo(entry);
  const { conflicts, moved } = applied;
  const { doc, fields, notes, problem, rejection, disagreements }: ListNews =
    said === undefined || applied.fields.length === 0
      ? { ...applied, disagreements: [] }
      : listNews(applied, entry, said);
  const noted = { ...base, notes: [...base.notes, ...notes] };
  if (rejection) return rejected(noted, rejection);
  if (conflicts) return asked(noted, 'entry-moved', { fields: conflicts, of, ...(moved ? { moved } : {}) });
  if (problem !== undefined) return rejected(noted, reject('document-invalid', undefined, problem));
  const changes = doc === entry ? [] : diffDocuments(entry, doc);
  if (changes.length === 0)
    return { ...noted, certainty: leastCertain(notes.map(({ certainty }) => certainty)), action: 'duplicate', of };
  if (directory.inactive.has(of)) return asked(noted, 'record-not-active', { fields, of });
  if (disagreements.length > 0 && !base.overruled)
    return asked(noted, 'list-and-curator-disagree', { fields, of, disagreements });
  return {
    ...noted,
    notes: [...noted.notes, ...disagreements.map(settledForList)],
    certainty: leastCertain([certaintyOf(base.notes, notes), ...(disagreements.length > 0 ? ['likely' as const] : [])]),
    action: 'update',
    of,
    fields,
    changes,
    doc,
  };
}

/** A row that says what the last list said is answered already, whatever the directory looks like today. */
function saysTheSame(reading: RowReading, id: string, base: Common, { directory }: Compared): RowOutcome {
  const entry = directory.byId.get(id);
  const applied = entry && reading.applyTo(entry);
  const repeated = entry && applied ? listNews(applied, entry, applied.doc) : undefined;
  const unanswered = { column: 'name', ...note('list-said-before', reading.known.label) };
  return { ...base, notes: [...base.notes, ...(repeated?.notes ?? [unanswered])], action: 'duplicate', of: id };
}

function becomesNew(reading: RowReading, base: Common): RowOutcome {
  const made = reading.makeNew();
  if ('code' in made) return rejected(base, made);
  const notes = [...base.notes, ...made.notes];
  return {
    ...base,
    notes,
    certainty: leastCertain(notes.map(({ certainty }) => certainty)),
    action: 'new',
    draft: made.draft,
    organisation: made.organisation,
  };
}

function decided(reading: RowReading, decision: Decision, base: Common, compared: Compared): RowOutcome {
  if (decision.action === 'reject') return rejected(base, reject('rejected-by-person', undefined, decision.reason));
  if (decision.action === 'new') return becomesNew(reading, base);
  const entry = compared.directory.byId.get(decision.id);
  return entry ? meansEntry(reading, entry, base, compared) : asked(base, 'decision-outdated');
}

/** Whether what a person said of a row agrees with what the last list meant by it; made new then, it is not made new again. */
const agrees = (decision: Decision | undefined, id: string): boolean =>
  decision === undefined || decision.action === 'new' || (decision.action === 'entry' && decision.id === id);

function outcomeOf(reading: RowReading, compared: Compared): RowOutcome {
  const { directory, decisions, last } = compared;
  const candidates = candidatesFor(reading.known, directory.index);
  const decision = decisions.get(reading.fingerprint);
  const base = common(reading, candidates, decision !== undefined);
  const answer = last?.answerTo(reading.fingerprint);
  if (answer !== undefined && agrees(decision, answer)) return saysTheSame(reading, answer, base, compared);
  if (decision) return decided(reading, decision, base, compared);
  const { id, slug } = reading.names ?? {};
  const named =
    (id === undefined ? undefined : directory.byId.get(id)) ??
    (slug === undefined ? undefined : directory.bySlug.get(slug));
  if (named) return meansEntry(reading, named, base, compared);
  const [best] = candidates;
  const entry = best?.verdict === 'same' ? directory.byId.get(best.id) : undefined;
  if (entry) return meansEntry(reading, entry, base, compared);
  const meant = last?.meaningOf(reading.known);
  if (meant !== undefined) return meantBefore(reading, meant, base, compared);
  return best === undefined ? becomesNew(reading, base) : asked(base, 'which-entry');
}

/** A row that only the last list tells the meaning of. */
function meantBefore(reading: RowReading, id: string, base: Common, compared: Compared): RowOutcome {
  const entry = compared.directory.byId.get(id);
  if (entry === undefined) return asked(base, 'proposed-before', { of: id });
  const noted = { ...base, notes: [...base.notes, { column: 'name', ...note('list-meant', reading.known.label) }] };
  const outcome = meansEntry(reading, entry, noted, compared);
  return { ...outcome, certainty: leastCertain([outcome.certainty, 'likely']) };
}

/** Updates of one entry by several rows: the same change twice is a duplicate, two values for one field are for a person. */
function settleUpdates(outcomes: RowOutcome[]): RowOutcome[] {
  const byEntry = new Map<string, Extract<RowOutcome, { action: 'update' }>[]>();
  for (const outcome of outcomes)
    if (outcome.action === 'update') byEntry.set(outcome.of, [...(byEntry.get(outcome.of) ?? []), outcome]);
  const settled = new Map<RowOutcome, RowOutcome>();
  for (const updates of byEntry.values()) {
    if (updates.length < 2) continue;
    const valueAt = new Map<string, string>();
    const disputed = new Set<string>();
    for (const { path, after } of updates.flatMap(({ changes }) => changes)) {
      const value = after === undefined ? '' : canonicalJson(after);
      if (valueAt.has(path) && valueAt.get(path) !== value) disputed.add(path);
      valueAt.set(path, value);
    }
    const seen = new Map<string, number>();
    for (const update of updates) {
      const same = canonicalJson(update.changes);
      const first = seen.get(same);
      if (update.changes.some(({ path }) => disputed.has(path)))
        settled.set(update, asked(withoutChange(update), 'rows-disagree', { fields: update.fields, of: update.of }));
      else if (first !== undefined)
        settled.set(update, { ...withoutChange(update), action: 'duplicate', of: { row: first } });
      else seen.set(same, update.row);
    }
  }
  return outcomes.map((outcome) => settled.get(outcome) ?? outcome);
}

const withoutChange = ({
  row,
  line,
  fingerprint,
  notes,
  certainty,
  candidates,
  provenance,
  overruled,
}: RowOutcome): Common => ({
  row,
  line,
  fingerprint,
  notes,
  certainty,
  candidates,
  provenance,
  overruled,
});

/** Says of each row how it stands to the last list, and which ways in its entry had in that one only. */
function withSince(
  outcomes: readonly RowOutcome[],
  readings: readonly (RowReading | Refused)[],
  last: ReadLastList,
): RowOutcome[] {
  const given = new Set(
    readings.flatMap((reading) => ('rejection' in reading ? [] : waysIn(reading.known).map(([, key]) => key))),
  );
  return outcomes.map((outcome, at) => {
    const reading = readings[at];
    if (reading === undefined || 'rejection' in reading) return outcome;
    const of = 'of' in outcome && typeof outcome.of === 'string' ? outcome.of : undefined;
    const dropped = of === undefined ? [] : last.noLongerGiven(of, given);
    return { ...outcome, since: last.since(reading, of), notes: [...outcome.notes, ...dropped] };
  });
}

const ROWS_BETWEEN_REPORTS = 100;

/** What looks like a report never becomes a proposal, whoever decided so; of its text nothing is repeated. */
function withoutReport(outcome: RowOutcome): RowOutcome {
  if ((outcome.action !== 'new' && outcome.action !== 'update') || !holdsReport(outcome)) return outcome;
  return rejected({ ...withoutChange(outcome), notes: [], certainty: 'certain' }, reject('looks-like-a-report'));
}

/**
 * Understands a file: what becomes of each of its rows, compared with the directory and with each other. Nothing is written.
 * @param decisions what people said of rows before, by fingerprint; it goes before everything the matching thinks
 * @param last the last list of the same partner: only what the partner changed since is news
 * @param onProgress is told now and then how many rows were compared with the directory
 * @returns one outcome for each row, in the order of the file
 */
export function understand(
  source: Source,
  mapping: Mapping,
  directory: Directory | ReadyDirectory,
  decisions: Decisions = new Map(),
  last?: ReadLastList,
  onProgress: (progress: Progress) => void = () => undefined,
): RowOutcome[] {
  const ready = 'index' in directory ? directory : readyDirectory(directory);
  // Our own table says itself which revision it was made of.
  const compared: Compared = { directory: ready, decisions, last: mapping.options.ownTable ? undefined : last };
  const readings = readRows(source, mapping, ready);
  const outcomes = readings.map((reading, at) => {
    if (at % ROWS_BETWEEN_REPORTS === 0) onProgress({ rows: at });
    return 'rejection' in reading ? rejected(common(reading), reading.rejection) : outcomeOf(reading, compared);
  });
  const settled = settleUpdates(compareRows(readings, outcomes)).map(withoutReport);
  return compared.last ? withSince(settled, readings, compared.last) : settled;
}
