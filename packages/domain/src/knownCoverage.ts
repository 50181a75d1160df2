import type { Evidence } from './evidence.ts';
import { evidenceFor, reliabilityOf } from './evidenceFor.ts';
import type { RoutableCountry } from './route/directory.ts';
import { needsOf } from './route/usable.ts';
import type { RouteNeed } from './routeRequest.ts';
import type { CoverageStatus, Need } from './vocabulary.ts';

/** "None known" sends a whole country elsewhere, so it stands no longer than this without another look (DOMAIN §3.8). */
export const NONE_KNOWN_DAYS = 180;

/** The lists of INHOPE, of CHI and of the IWF's portals, and one check with a government or by search (DOMAIN §3.8). */
export const NONE_KNOWN_SOURCES = 4;

const DAY = 86_400_000;

/**
 * What a profile says of a need and may still say: "none known" without its evidence, or too long ago, is not researched. For
 * `csam-online` any part that is covered counts; that there is none is said by the part every list is about.
 */
export function knownCoverage(profile: RoutableCountry | undefined, need: RouteNeed, now: string): CoverageStatus {
  if (!profile) return 'not-researched';
  const statuses = needsOf(need).map((part) => statusOf(profile, part, now));
  if (statuses.includes('covered')) return 'covered';
  if (statuses.includes('partial')) return 'partial';
  return statuses[0] ?? 'not-researched';
}

function statusOf(profile: RoutableCountry, need: Need, now: string): CoverageStatus {
  const found = profile.coverage.find((coverage) => coverage.need === need);
  if (found?.status !== 'none-known') return found?.status ?? 'not-researched';
  const age = Date.parse(now.slice(0, 10)) - Date.parse(found.checkedAt);
  return age <= NONE_KNOWN_DAYS * DAY && noneKnownSources(profile, need) >= NONE_KNOWN_SOURCES
    ? 'none-known'
    : 'not-researched';
}

/** Primary sources of a "none known", each counted once however often it is named; none that was old when it was said. */
export function noneKnownSources({ coverage, evidence }: RoutableCountry, need: Need): number {
  const checkedAt = coverage.find((item) => item.need === need)?.checkedAt ?? '';
  const isCurrent = ({ capturedAt }: Evidence) =>
    capturedAt === undefined || Date.parse(checkedAt) - Date.parse(capturedAt) <= NONE_KNOWN_DAYS * DAY;
  const counted = evidenceFor(evidence, `/coverage/${need}`).filter(
    (e) => reliabilityOf(e) === 'primary' && isCurrent(e),
  );
  return new Set(counted.map(({ id, url }) => url ?? id)).size;
}
