import { knownCoverage } from '../knownCoverage.ts';
import type { RouteNeed, RouteRequest } from '../routeRequest.ts';
import type { RouteNote } from './answer.ts';
import type { IndexedDirectory } from './directory.ts';
import { situationOf } from './table.ts';
import { isCsam } from './step.ts';

/** Needs that are no report: nobody has to be told to report even if unsure. */
const NO_REPORT: ReadonlySet<RouteNeed> = new Set([
  'child-help',
  'worried-about-behaviour',
  'own-image-removal',
  'provider-report',
]);

/**
 * What a person is told beside the steps (DOMAIN §4.2 step 7), in a fixed order. Advice not to save goes with material of
 * others: who wants an own image removed needs it at hand.
 * @param hasOwn whether the country has something of its own, shown or withheld
 */
export function notesFor(
  request: RouteRequest,
  directory: IndexedDirectory,
  now: string,
  hasOwn: boolean,
): RouteNote[] {
  const { need, country, platform, danger, reporter } = request;
  const notes: RouteNote[] = [];
  if (country === null) notes.push('country-unknown');
  else if (!hasOwn) {
    const known = knownCoverage(directory.profiles.get(country), need, now);
    if (known === 'none-known') notes.push('coverage:none-known');
    if (known === 'not-researched') notes.push('coverage:not-researched');
  }
  const asksPlatform = platform !== undefined && situationOf(request).tiers.includes('P');
  if (asksPlatform && !directory.tools.has(platform.toLowerCase())) notes.push('platform-unknown');
  if (danger !== 'yes') notes.push('if-danger-call-local-emergency');
  if (isCsam(need)) notes.push('do-not-save-or-share');
  if (!NO_REPORT.has(need)) notes.push('report-even-if-unsure');
  if (reporter === 'provider' || need === 'provider-report') notes.push('seek-legal-advice');
  return notes;
}
