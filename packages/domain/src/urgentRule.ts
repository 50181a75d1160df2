import type { UrgentReason } from './urgent.ts';

/** Why something may not be shown for now, gravest first: of two reasons for one thing, the graver is told. */
export const URGENT_REASONS = ['unsafe', 'wrong', 'closed', 'other'] as const;

/** The mark of what is temporarily withdrawn: it may be named, and there is no way to get through. */
export type UrgentMark = { reason: UrgentReason; since: string };

/** What of a list of the urgent lane the rule reads: whole entries, or channels of them. */
export type UrgentList = {
  withdrawn: readonly { id: string; channels?: readonly string[] | undefined; reason: UrgentReason; since: string }[];
};

type Markable = { id: string; withdrawn?: UrgentMark | undefined };

/** What can be marked: an entry, published or as routing reads it. */
export type Withdrawable = Markable & { channels: readonly (Markable & { retired?: unknown })[] };

/** All that a list says of one entry. */
type Said = { whole: UrgentMark | undefined; channels: ReadonlyMap<string, UrgentMark> };

/**
 * The rule of the urgent lane (SNAPSHOTS §4.5): marks what is withdrawn ahead of the next snapshot as temporarily withdrawn. Nothing is
 * taken away, so that `route` can say what it withholds, and show where else to turn; nothing is added or changed otherwise, and what
 * is not in the list comes back as the same object. Ids that nobody knows any more are passed over. An entry with no channel left is
 * withdrawn whole. Named twice, the wider holds: a list can only withhold.
 */
export function applyUrgent<E extends Withdrawable>(entries: readonly E[], { withdrawn }: UrgentList): E[] {
  const said = byEntry(withdrawn);
  return entries.map((entry) => {
    const about = said.get(entry.id);
    return about === undefined ? entry : marked(entry, about);
  });
}

/** The mark of an entry or a channel; undefined when it is not withdrawn. */
export function urgentMarkOf({ withdrawn }: Markable): UrgentMark | undefined {
  return withdrawn;
}

/** The graver of some marks; of one gravity the earlier, so that the order of a list never decides. */
export function gravestMark(marks: readonly (UrgentMark | undefined)[]): UrgentMark | undefined {
  const [first, ...others] = marks.filter((mark) => mark !== undefined);
  return first && others.reduce((a, b) => (compareMarks(b, a) < 0 ? b : a), first);
}

function marked<E extends Withdrawable>(entry: E, { whole, channels: named }: Said): E {
  if (whole) return { ...entry, withdrawn: whole };
  const channels = entry.channels.map((channel) => {
    const mark = named.get(channel.id);
    return mark === undefined ? channel : { ...channel, withdrawn: mark };
  });
  const mark = gravestMark(channels.map(urgentMarkOf));
  if (mark === undefined) return entry;
  const isLeft = channels.some((channel) => channel.retired === undefined && urgentMarkOf(channel) === undefined);
  return { ...entry, channels, ...(isLeft ? {} : { withdrawn: mark }) };
}

function byEntry(withdrawn: UrgentList['withdrawn']): Map<string, Said> {
  const said = new Map<string, Said>();
  for (const { id, channels, reason, since } of withdrawn) {
    const mark = { reason, since };
    const { whole, channels: before } = said.get(id) ?? { whole: undefined, channels: new Map<string, UrgentMark>() };
    const named = (channels ?? []).map(
      (channel) => [channel, gravestMark([before.get(channel), mark]) ?? mark] as const,
    );
    said.set(id, {
      whole: channels === undefined ? gravestMark([whole, mark]) : whole,
      channels: new Map([...before, ...named]),
    });
  }
  return said;
}

function compareMarks(a: UrgentMark, b: UrgentMark): number {
  return (
    URGENT_REASONS.indexOf(a.reason) - URGENT_REASONS.indexOf(b.reason) ||
    (a.since < b.since ? -1 : Number(a.since > b.since))
  );
}
