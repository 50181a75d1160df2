import {
  isCountry,
  isLikelyToAnswer,
  liveChannels,
  officeZoneOf,
  wallTime,
  type Country,
  type Entry,
} from '@waymark/domain';
import type { DueRow } from '../contract.ts';
import { placeOf } from '../due/LocalTime.tsx';

type Placed = Pick<Entry, 'channels' | 'locatedIn' | 'serves'>;

/** The country an entry is in, else the only one it serves. */
function countryOf({ locatedIn, serves }: Placed): Country | undefined {
  const area = serves.length === 1 ? serves[0]?.area : undefined;
  return locatedIn ?? (area !== undefined && isCountry(area) ? area : undefined);
}

/** The clock where somebody would answer, and whether somebody is likely to: by the hours we publish, else by office hours. */
export function localTime(entry: Placed, now: string): Pick<DueRow, 'localTime' | 'timeZone' | 'officeOpen'> {
  const country = countryOf(entry);
  const channels = liveChannels(entry);
  const own = channels.find(({ hours }) => hours?.tz !== undefined)?.hours?.tz;
  const timeZone = own ?? (country === undefined ? undefined : officeZoneOf(country)) ?? null;
  const answers = channels.map((channel) => isLikelyToAnswer(channel, country, now));
  return {
    timeZone,
    localTime: timeZone === null ? null : wallTime(timeZone, now),
    officeOpen: answers.includes(true) ? true : answers.includes(false) ? false : null,
  };
}

/** What the clock of a zone shows at a moment, with the city the zone is named after. */
export const thereAt = (at: string, timeZone: string): string => `${wallTime(timeZone, at)} ${placeOf(timeZone)}`;
