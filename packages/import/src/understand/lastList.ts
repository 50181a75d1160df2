import type { Entry } from '@waymark/domain';
import type { Source } from '../source.ts';
import { fold } from './fold.ts';
import type { Mapping } from './mapping.ts';
import type { Known } from './match/known.ts';
import { MatchIndex } from './match/matchIndex.ts';
import { candidatesFor } from './match/score.ts';
import { note, type Note } from './note.ts';
import type { RowOutcome, Since } from './outcomeTypes.ts';
import type { RowReading } from './reading.ts';
import { readRows } from './readRows.ts';
import type { ReadyDirectory } from './readyDirectory.ts';

/** The list of the same partner that was taken before this one. */
export interface LastList {
  source: Source;
  mapping: Mapping;
  /**
   * Which entry each of its rows was taken to mean, by the number of the row: the one its proposal was about, or of which it said nothing
   * new. Absent are rows that nobody decided on, and those whose proposal was withdrawn: what they say was never answered.
   */
  means: ReadonlyMap<number, string>;
}

/** An entry that the last list named and this one does not. It says nothing of the service: nothing is retired by it. */
export interface Gone {
  id: string;
  /** Number of its row in the last list. */
  row: number;
}

/** The last list read, so that rows of the next one can be held against it. */
export class ReadLastList {
  readonly #said = new Set<string>();
  readonly #answered = new Map<string, string>();
  readonly #byEntry = new Map<string, RowReading[]>();
  readonly #index: MatchIndex;
  readonly #means: ReadonlyMap<number, string>;

  constructor({ source, mapping, means }: LastList, directory: ReadyDirectory) {
    const known: Known[] = [];
    for (const reading of readRows(source, mapping, directory)) {
      this.#said.add(reading.fingerprint);
      if ('rejection' in reading) continue;
      known.push(reading.known);
      const id = means.get(reading.row);
      if (id === undefined) continue;
      if (!this.#answered.has(reading.fingerprint)) this.#answered.set(reading.fingerprint, id);
      this.#byEntry.set(id, [...(this.#byEntry.get(id) ?? []), reading]);
    }
    this.#index = new MatchIndex(known);
    this.#means = means;
  }

  /** The entry that a row saying exactly this was taken to mean. */
  answerTo(fingerprint: string): string | undefined {
    return this.#answered.get(fingerprint);
  }

  /** The entry that the row about the same service was taken to mean, where the directory alone does not tell. */
  meaningOf(known: Known): string | undefined {
    const row = this.#rowLike(known);
    return row === undefined ? undefined : this.#means.get(row);
  }

  #rowLike(known: Known): number | undefined {
    const [best] = candidatesFor(known, this.#index);
    return best?.verdict === 'same' ? Number(best.id.slice('row:'.length)) : undefined;
  }

  /** An entry as it would be if the last list were laid on it today, if that list named it. */
  laidOn(entry: Entry): Entry | undefined {
    return this.#byEntry.get(entry.id)?.reduce((doc, reading) => reading.applyTo(doc).doc, entry);
  }

  /** Ways in that the last list gave of an entry, and that stand nowhere in this one. */
  noLongerGiven(id: string, given: ReadonlySet<string>): Note[] {
    const dropped = (this.#byEntry.get(id) ?? []).flatMap(({ known }) => waysIn(known));
    return dropped
      .filter(([, key]) => !given.has(key))
      .map(([column, key]) => ({ column, ...note('list-no-longer-says', key) }));
  }

  /** How a row stands to this list. */
  since(reading: RowReading, of: string | undefined): Since {
    if (this.#said.has(reading.fingerprint)) return 'same';
    if (of !== undefined && this.#byEntry.has(of)) return 'changed';
    return this.#rowLike(reading.known) === undefined ? 'added' : 'changed';
  }

  /**
   * Active entries that this list named and that no row of the next one may mean. A row that cannot be read, or waits for a person, may mean
   * each of its candidates, and whatever is called as it is.
   */
  gone(next: Source, outcomes: readonly RowOutcome[], { byId, inactive }: ReadyDirectory): Gone[] {
    const present = new Set(outcomes.flatMap(entriesMeant));
    const unread = new Set(
      outcomes.flatMap(({ action }, at) =>
        action === 'reject' ? (next.rows[at]?.cells ?? []).map(fold).filter((text) => text !== '') : [],
      ),
    );
    return [...this.#byEntry].flatMap(([id, readings]) => {
      const isUnread = readings.some(({ known }) => unread.has(fold(known.label)));
      const [first] = readings;
      return !first || present.has(id) || isUnread || !byId.has(id) || inactive.has(id) ? [] : [{ id, row: first.row }];
    });
  }
}

function entriesMeant(outcome: RowOutcome): string[] {
  const of = 'of' in outcome && typeof outcome.of === 'string' ? [outcome.of] : [];
  const isOpen = outcome.action === 'decide' || outcome.action === 'reject';
  return isOpen ? [...of, ...outcome.candidates.map(({ id }) => id)] : of;
}

/** What a row gives to reach a service by, each with the field it stands in. */
export function waysIn({ phones, shortCodes, emails, addresses }: Known): [field: string, key: string][] {
  return [
    ...[...phones, ...shortCodes].map((key): [string, string] => ['phone', key]),
    ...emails.map((key): [string, string] => ['email', key]),
    ...addresses.map(({ key }): [string, string] => ['website', key]),
  ];
}
