import { createHash } from 'node:crypto';
import { getDomain } from 'tldts';
import {
  findAddress,
  findPhone,
  isUnderDomain,
  type CheckResult,
  type DueCheck,
  type PageMark,
  type Sighting,
} from '@waymark/domain';
import type { Certificate } from '@waymark/egress';
import { destinationOf, isReadable, redirectedTo, type Visit } from './fetchPage.ts';
import { fingerprintOf, isAnotherPage } from './fingerprint.ts';
import { readPage } from './readPage.ts';

const DAY = 86_400_000;
/** A certificate is late when a tenth of its life is left, or two weeks of a long one. */
const LATE_DAYS = 14;

/**
 * What a visit means for one published address: one result, the worst that was found. What is worse than what: where it leads,
 * whether it answers, whose it is, what stands there, and last how long its certificate lasts.
 */
export function check(due: DueCheck, visit: Visit, now: Date): CheckResult {
  if (visit.kind === 'stopped' && visit.result.outcome === 'not-checked') return visit.result;
  if (leadsElsewhere(due, visit.url)) return { outcome: 'domain-changed', to: hostOf(visit.url) };
  if (visit.kind === 'stopped') return visit.result;
  const { status } = visit;
  if (status === 404 || status === 410) return { outcome: 'not-found', status };
  if (visit.isChallenge || (status >= 400 && status < 500)) return { outcome: 'refused', status };
  if (status >= 500) return { outcome: 'server-error', status };
  if (status < 200 || status >= 300) return { outcome: 'server-error', status, reason: 'protocol' };
  if (visit.insecure) return redirectedTo(visit.url, 'insecure');
  return checkPage(due, visit, now);
}

function checkPage(due: DueCheck, visit: Visit & { kind: 'page' }, now: Date): CheckResult {
  const host = hostOf(visit.url);
  const isOwn = isOrganisations(due, host);
  const page = visit.body && isReadable(visit.contentType) ? readPage(visit.body, visit.contentType) : undefined;
  const words = page && fingerprintOf(page.text);
  const sighting = page && due.look && lookFor(due.look, page.text);
  const issuedTo = issuedToOf(visit.certificate);
  const mark: PageMark = {
    ...(words === undefined ? {} : { words }),
    ...(sighting?.found ? { place: sighting.place } : {}),
    ...(issuedTo === undefined ? {} : { issuedTo }),
    ...(isOwn ? { own: true } : {}),
  };
  const foreign = foreignReason(due, host, mark);
  if (foreign) return { outcome: 'host-foreign', host, reason: foreign };
  // Only a page that was read to its end, and shows something without scripts, can be said to lack a number.
  if (sighting?.found === false && visit.whole && page?.isAll) return { outcome: 'value-missing', mark };
  if (words !== undefined && due.mark?.words !== undefined && !sighting?.found && isAnotherPage(due.mark.words, words))
    return { outcome: 'page-changed', mark };
  const days = expiringDays(visit.certificate, now);
  if (days !== undefined) return { outcome: 'tls-expiring', days, mark };
  const moved = destinationOf(visit.url) !== destinationOf(new URL(due.url));
  return moved
    ? { outcome: 'redirected', to: destinationOf(visit.url), sameOrganisation: true, mark }
    : { outcome: 'ok', mark };
}

const hostOf = (url: URL): string => url.hostname || url.protocol;

/** The part of a name that somebody registered; hosting under a shared domain counts as its own. */
const registered = (host: string): string | null => getDomain(host, { allowPrivateDomains: true });

/** Is the host the organisation's, by the domains it lists? */
function isOrganisations({ domains }: DueCheck, host: string): boolean {
  const own = registered(host);
  return isUnderDomain(host, domains) || (own !== null && domains.some((domain) => registered(domain) === own));
}

/** Another registrable domain than the published one, and none of the organisation's. */
function leadsElsewhere(due: DueCheck, url: URL): boolean {
  const published = new URL(due.url).hostname;
  const host = hostOf(url);
  if (host === published || isOrganisations(due, host)) return false;
  const domain = registered(host);
  return domain === null || domain !== registered(published);
}

function foreignReason(
  due: DueCheck,
  host: string,
  mark: PageMark,
): 'former-domain' | 'outside-domains' | 'certificate' | undefined {
  if (mark.own === undefined && isUnderDomain(host, due.formerDomains)) return 'former-domain';
  if (due.mark?.own && mark.own === undefined) return 'outside-domains';
  const before = due.mark?.issuedTo;
  return before !== undefined && mark.issuedTo !== undefined && before !== mark.issuedTo ? 'certificate' : undefined;
}

function lookFor(look: NonNullable<DueCheck['look']>, text: string): Sighting {
  return look.for === 'phone' ? findPhone(text, look.phone) : findAddress(text, look.address);
}

const issuedToOf = (certificate: Certificate | undefined): string | undefined =>
  certificate?.organisation === undefined
    ? undefined
    : createHash('sha256').update(certificate.organisation).digest('hex').slice(0, 16);

function expiringDays(certificate: Certificate | undefined, now: Date): number | undefined {
  if (!certificate) return undefined;
  const left = certificate.validTo - now.getTime();
  const late = Math.min(LATE_DAYS * DAY, (certificate.validTo - certificate.validFrom) / 10);
  return left < late ? Math.max(0, Math.floor(left / DAY)) : undefined;
}
