import { sameValue } from './diff.ts';
import type { Entry } from './entry.ts';
import { factValues, isAtOrBelow } from './gateFacts.ts';
import { countingEvents, verdictOf } from './standing.ts';
import { renamedPath, sameChannels } from './unite.ts';
import type { FactChange, VerificationEvent } from './verification.ts';

/** An entry as it went into another: with what was seen of it, and what was changed after somebody saw it. */
export type Gone = { entry: Entry; events: readonly VerificationEvent[]; changes: readonly FactChange[] };

/** The entry that stayed, as the merge left it. */
export type Stayed = { entry: Entry; revision: number };

/**
 * What was seen of an entry that went into another, as far as it was seen of what the other one says now: each fact that had the
 * same value in both when they became one, a channel by its number or address. It is about the revision that the merge made, so it
 * ends as all do when the fact changes; it keeps the day on which somebody looked, so nothing is fresher than it was. What
 * contradicted a value follows as well.
 * @returns events that still name the entry they were about
 */
export function takenOver(
  { entry: goes, events, changes }: Gone,
  { entry: stays, revision }: Stayed,
): VerificationEvent[] {
  const [was, is] = [factValues(goes), factValues(stays)];
  const channels = sameChannels(goes, stays);
  const kept = new Map<string, string>();
  for (const [path, value] of was) {
    const [, channel] = /^\/channels\/([^/]+)/.exec(path) ?? [];
    if (channel !== undefined && !channels.has(channel)) continue;
    const place = renamedPath(path, channels);
    if (is.has(place) && sameValue(value, is.get(place))) kept.set(path, place);
  }
  return countingEvents(events).flatMap((event) => {
    const { observed: _observed, supersedes: _supersedes, proposalId: _proposalId, ...seen } = event;
    const verdicts = [...kept].flatMap(([path, place]) => {
      const isAbout = event.paths.some((named) => isAtOrBelow(path, named));
      return isAbout ? [{ place, verdict: verdictOf({ entry: goes, changes }, event, path) }] : [];
    });
    return (['confirmed', 'contradicted'] as const).flatMap((outcome) => {
      const paths = verdicts.filter(({ verdict }) => verdict === outcome).map(({ place }) => place);
      return paths.length > 0 ? [{ ...seen, revision, outcome, paths }] : [];
    });
  });
}
