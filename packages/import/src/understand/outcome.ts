import { canonicalJson, diffDocuments, type Entry } from '@waymark/domain';
import type { Source } from '../source.ts';
import type { Surroundings } from './applyRow.ts';
import { arrivingOrganisations } from './document.ts';
import { compareRows } from './compareRows.ts';
import type { Mapping } from './mapping.ts';
import { toKnown, type Directory } from './match/known.ts';
import { MatchIndex } from './match/matchIndex.ts';
import { candidatesFor, type Candidate } from './match/score.ts';
import { OrganisationIndex } from './newEntry.ts';
import { leastCertain, type Note } from './note.ts';
import { QUESTIONS, type Decision, type Decisions, type Question, type RowOutcome } from './outcomeTypes.ts';
import { readOwnRow } from './ownTable.ts';
import { readSourceRow, type Refused, type RowReading } from './reading.ts';
import { reject, type Rejection } from './rejection.ts';

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

const asked = (base: Common, question: Question, fields: string[] = []): RowOutcome => ({
  ...base,
  certainty: 'unclear',
  action: 'decide',
  question,
  message: QUESTIONS[question],
  fields,
});

/** How sure a row is of what it changes: of what was read in the columns that changed something, and of the changes themselves. */
function certaintyOf(read: readonly Note[], applied: readonly Note[]): Common['certainty'] {
  const columns = new Set(applied.map(({ column }) => column));
  return leastCertain(
    [...read.filter(({ column }) => columns.has(column)), ...applied].map(({ certainty }) => certainty),
  );
}

function meansEntry(reading: RowReading, entry: Entry, base: Common, directory: ReadyDirectory): RowOutcome {
  const { doc, fields, notes, problem, rejection, conflicts } = reading.applyTo(entry);
  const noted = { ...base, notes: [...base.notes, ...notes] };
  if (rejection) return rejected(noted, rejection);
  if (conflicts) return asked(noted, 'entry-moved', conflicts);
  if (problem !== undefined) return rejected(noted, reject('document-invalid', undefined, problem));
  const changes = fields.length === 0 ? [] : diffDocuments(entry, doc);
  if (changes.length === 0)
    return {
      ...noted,
      certainty: leastCertain(notes.map(({ certainty }) => certainty)),
      action: 'duplicate',
      of: entry.id,
    };
  if (directory.inactive.has(entry.id)) return asked(noted, 'record-not-active', fields);
  return { ...noted, certainty: certaintyOf(base.notes, notes), action: 'update', of: entry.id, fields, changes, doc };
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

function decided(reading: RowReading, decision: Decision, base: Common, directory: ReadyDirectory): RowOutcome {
  if (decision.action === 'reject') return rejected(base, reject('rejected-by-person', undefined, decision.reason));
  if (decision.action === 'new') return becomesNew(reading, base);
  const entry = directory.byId.get(decision.id);
  return entry ? meansEntry(reading, entry, base, directory) : asked(base, 'decision-outdated');
}

function outcomeOf(reading: RowReading, directory: ReadyDirectory, decisions: Decisions): RowOutcome {
  const candidates = candidatesFor(reading.known, directory.index);
  const decision = decisions.get(reading.fingerprint);
  if (decision) return decided(reading, decision, common(reading, candidates, true), directory);
  const base = common(reading, candidates);
  const { id, slug } = reading.names ?? {};
  const named =
    (id === undefined ? undefined : directory.byId.get(id)) ??
    (slug === undefined ? undefined : directory.bySlug.get(slug));
  if (named) return meansEntry(reading, named, base, directory);
  const [best] = candidates;
  if (best === undefined) return becomesNew(reading, base);
  const entry = best.verdict === 'same' ? directory.byId.get(best.id) : undefined;
  return entry ? meansEntry(reading, entry, base, directory) : asked(base, 'which-entry');
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
        settled.set(update, asked(withoutChange(update), 'rows-disagree', update.fields));
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

/**
 * Understands a file: what becomes of each of its rows, compared with the directory and with each other. Nothing is written.
 * @param decisions what people said of rows before, by fingerprint; it goes before everything the matching thinks
 * @returns one outcome for each row, in the order of the file
 */
export function understand(
  source: Source,
  mapping: Mapping,
  directory: Directory | ReadyDirectory,
  decisions: Decisions = new Map(),
): RowOutcome[] {
  const ready = 'index' in directory ? directory : readyDirectory(directory);
  const { language, ownTable } = mapping.options;
  const around: Surroundings = {
    index: ready.index,
    organisations: ready.organisations,
    arriving: arrivingOrganisations(source.organisations),
    ...(language === undefined ? {} : { language }),
    revisionOf: (id) => ready.revisions.get(id),
    ...(ready.earlier ? { earlier: ready.earlier } : {}),
  };
  const readings = source.rows.map((row) =>
    ownTable && row.doc === undefined
      ? readOwnRow(row, source, around)
      : readSourceRow(row, source.header, mapping, around),
  );
  const outcomes = readings.map((reading) =>
    'rejection' in reading ? rejected(common(reading), reading.rejection) : outcomeOf(reading, ready, decisions),
  );
  return settleUpdates(compareRows(readings, outcomes));
}
