import type { PublishedEntry, RouteStep, WithheldEntry } from '@waymark/domain';
import { channelAddress } from '@waymark/domain/channelAddress';
import type { UrgentMark } from '@waymark/domain/urgentRule';

/** A step as a person may read it. */
export type Description = {
  title: string;
  /** How to get through, best first: what kind of channel, and its number or address exactly as published. */
  ways: { type: string; address: string }[];
  why: readonly string[];
  caveats: readonly string[];
  /** Temporarily withdrawn: why, and since when. There is no way to get through then. */
  withdrawn: UrgentMark | undefined;
};

/** Words for steps without an entry. Apps in other languages say them in their own. */
const GENERIC: Record<string, string> = {
  'generic:emergency': 'Call your local emergency number',
  'generic:police': 'Go to the police',
};

/** Puts a step into words. @param locale BCP 47; what is missing is given in the official language of the entry, or English */
export function describe(step: RouteStep, entry: PublishedEntry | undefined, locale = 'en'): Description {
  const { id, why, caveats } = step;
  const where = step.country === undefined ? '' : ` (${step.country})`;
  const title = entry ? nameOf(entry.names, locale) : `${GENERIC[id] ?? id}${where}`;
  const ways = step.channels.flatMap((wanted) => {
    const channel = entry?.channels.find((candidate) => candidate.id === wanted);
    const address = channel && addressOf(channel);
    return typeof address === 'string' ? [{ type: channel?.type ?? '', address }] : [];
  });
  return { title, ways, why, caveats, withdrawn: undefined };
}

/** Puts into words what is withheld: its name and its mark, and never a way to get through. */
export function describeWithheld(
  { id, reason, withdrawn }: WithheldEntry,
  entry: PublishedEntry | undefined,
  locale = 'en',
): Description {
  return { title: entry ? nameOf(entry.names, locale) : id, ways: [], why: [], caveats: [reason], withdrawn };
}

/** A later schema may write a channel in a way we cannot read; the others are told all the same. */
function addressOf(channel: PublishedEntry['channels'][number]): string | undefined {
  try {
    return channelAddress(channel);
  } catch {
    return undefined;
  }
}

function nameOf(names: PublishedEntry['names'], locale: string): string {
  const official = Object.entries(names).find(([, { origin }]) => origin === 'official')?.[0];
  const [first] = Object.keys(names).sort();
  for (const tag of [locale, locale.split('-')[0], official, 'en', first]) {
    const found = tag === undefined ? undefined : names[tag];
    if (found) return found.text;
  }
  return '';
}
