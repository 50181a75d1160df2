import type { Organisation } from '@waymark/domain';
import { addressKey } from './address.ts';
import { organisationNames } from './known.ts';
import { bestLikeness, type NameKey } from './name.ts';

/** What speaks for two organisations being one, and against it: one closed list. Weights add up. */
export const ORGANISATION_REASONS = {
  'same-identifier': { weight: 70, message: 'The same number in the same register.' },
  'same-domain': { weight: 35, message: 'The same domain, which no other organisation has.' },
  'shared-domain': { weight: 8, message: 'The same domain, of a service or of others too.' },
  'other-domain': { weight: -8, message: 'Other domains.' },
  'other-identifier': { weight: -60, message: 'Another number in the same register.' },
  'same-type': { weight: 4, message: 'The same type.' },
  'other-type': { weight: -6, message: 'Another type.' },
} as const;

/** Names and countries weigh as they do for entries. */
const SHARED_WEIGHTS = {
  'same-name': 40,
  'same-common-name': 22,
  'similar-name': 18,
  'other-name': -15,
  'same-country': 8,
  'other-country': -55,
} as const;

export type OrganisationReason = keyof typeof ORGANISATION_REASONS | keyof typeof SHARED_WEIGHTS;

const weightOf = (reason: OrganisationReason): number =>
  reason in SHARED_WEIGHTS
    ? SHARED_WEIGHTS[reason as keyof typeof SHARED_WEIGHTS] // Just looked at.
    : ORGANISATION_REASONS[reason as keyof typeof ORGANISATION_REASONS].weight; // The other half.

/** Less would trouble a person for nothing. */
const LEAST = 30;
/** More organisations than this behind one key tell nothing. */
const CROWD = 60;

interface KnownOrganisation {
  id: string;
  parent: string | undefined;
  names: readonly NameKey[];
  domains: readonly string[];
  /** Those that are its own: one that is for a service may be run together with others. */
  ownDomains: readonly string[];
  /** `scheme:value`, without spaces, dots and case. */
  identifiers: readonly string[];
  country: string | undefined;
  type: string;
}

function toKnown(organisation: Organisation): KnownOrganisation {
  const { id, parent, website, domains, identifiers = [], locatedIn, type } = organisation;
  const domainsOf = (hosts: readonly { host: string }[]) =>
    [...hosts.map(({ host }) => `https://${host}/`), ...(website === undefined ? [] : [website])].flatMap(
      (href) => addressKey(href)?.domain ?? [],
    );
  return {
    id,
    parent,
    names: organisationNames(organisation),
    domains: [...new Set(domainsOf(domains))],
    ownDomains: domainsOf(domains.filter(({ role }) => role === 'main')),
    identifiers: identifiers.map(({ scheme, value }) => `${bare(scheme)}:${bare(value)}`),
    country: locatedIn,
    type,
  };
}

const bare = (text: string): string => text.toLowerCase().replace(/[\s.:\-/]/g, '');

/** Organisations that share something telling, each compared with those of greater id. */
export function organisationsAlike(organisations: Iterable<Organisation>) {
  const known = [...organisations].map(toKnown);
  const byKey = new Map<string, KnownOrganisation[]>();
  for (const one of known)
    for (const key of keysOf(one)) {
      const list = byKey.get(key);
      if (list) list.push(one);
      else byKey.set(key, [one]);
    }
  const sharersOf = (domain: string) => (byKey.get(`domain ${domain}`)?.length ?? 0) - 2;
  return {
    known,
    *near(subject: KnownOrganisation) {
      const seen = new Set([subject.id]);
      for (const key of keysOf(subject)) {
        const list = byKey.get(key) ?? [];
        if (list.length > CROWD) continue;
        for (const other of list) {
          if (other.id < subject.id || seen.has(other.id)) continue;
          seen.add(other.id);
          const found = compareOrganisations(subject, other, sharersOf);
          if (found) yield { other, ...found };
        }
      }
    },
  };
}

function keysOf({ names, domains, identifiers, country = '' }: KnownOrganisation): Set<string> {
  return new Set([
    ...identifiers.map((identifier) => `identifier ${identifier}`),
    ...domains.map((domain) => `domain ${domain}`),
    ...names.map(({ key }) => `name ${key}`),
    ...names.flatMap(({ telling }) => telling.map((word) => `word ${country} ${word}`)),
  ]);
}

function compareOrganisations(
  a: KnownOrganisation,
  b: KnownOrganisation,
  sharersOf: (domain: string) => number,
): { score: number; reasons: OrganisationReason[] } | undefined {
  if (a.parent === b.id || b.parent === a.id) return undefined;
  const reasons = [
    identifierReason(a, b),
    domainReason(a, b, sharersOf),
    nameReason(a, b),
    a.country === undefined || b.country === undefined
      ? undefined
      : a.country === b.country
        ? ('same-country' as const)
        : ('other-country' as const),
    a.type === b.type ? ('same-type' as const) : ('other-type' as const),
  ].filter((reason) => reason !== undefined);
  if (reasons.includes('other-country') || reasons.includes('other-identifier')) return undefined;
  const score = reasons.reduce((sum, reason) => sum + weightOf(reason), 0);
  return score < LEAST ? undefined : { score: Math.min(100, score), reasons };
}

function identifierReason(a: KnownOrganisation, b: KnownOrganisation): OrganisationReason | undefined {
  if (a.identifiers.some((identifier) => b.identifiers.includes(identifier))) return 'same-identifier';
  const schemes = (one: KnownOrganisation) => one.identifiers.map((identifier) => identifier.replace(/:.*$/, ''));
  return schemes(a).some((scheme) => schemes(b).includes(scheme)) ? 'other-identifier' : undefined;
}

function domainReason(
  a: KnownOrganisation,
  b: KnownOrganisation,
  sharersOf: (domain: string) => number,
): OrganisationReason | undefined {
  const common = a.domains.filter((domain) => b.domains.includes(domain));
  const isOwn = (domain: string) => a.ownDomains.includes(domain) && b.ownDomains.includes(domain);
  if (common.length > 0)
    return common.some((domain) => isOwn(domain) && sharersOf(domain) === 0) ? 'same-domain' : 'shared-domain';
  return a.domains.length > 0 && b.domains.length > 0 ? 'other-domain' : undefined;
}

function nameReason(a: KnownOrganisation, b: KnownOrganisation): OrganisationReason | undefined {
  const { likeness, isTelling } = bestLikeness(a.names, b.names);
  if (likeness === 1) return isTelling ? 'same-name' : 'same-common-name';
  if (likeness >= 0.6) return 'similar-name';
  return likeness < 0.34 ? 'other-name' : undefined;
}
