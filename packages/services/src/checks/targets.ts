import {
  coversPath,
  hostOf,
  isUnderDomain,
  type Channel,
  type DueCheck,
  type Entry,
  type Evidence,
  type Organisation,
} from '@waymark/domain';
import { eachRecord, type Store } from '@waymark/store';

/** One published address to look at, what must stand there, and against which facts of which entries a failure speaks. */
export type Target = Omit<DueCheck, 'mark'> & { host: string; speaksOf: { recordId: string; path: string }[] };

export const targetKey = ({ recordId, path }: Pick<Target, 'recordId' | 'path'>): string => `${recordId} ${path}`;

const known = new WeakMap<Store, { generation: number; targets: Promise<ReadonlyMap<string, Target>> }>();

/**
 * What the directory publishes that a machine can look at: addresses of channels, websites of organisations, and for each
 * telephone number, mail and onion address the official page that shows it. Active records only.
 */
export function watchTargets(store: Store): Promise<ReadonlyMap<string, Target>> {
  const generation = store.generation();
  const cached = known.get(store);
  if (cached?.generation === generation) return cached.targets;
  const targets = readTargets(store);
  known.set(store, { generation, targets });
  return targets;
}

async function readTargets(store: Store): Promise<ReadonlyMap<string, Target>> {
  const organisations = new Map<string, { organisation: Organisation; entries: string[] }>();
  const targets: Target[] = [];
  for await (const { id, doc } of eachRecord(store.read, 'organisation'))
    organisations.set(id, { organisation: doc as Organisation, entries: [] }); // `eachRecord` was asked for this type.
  for await (const { id, state, doc } of eachRecord(store.read, 'entry')) {
    if (state !== 'active') continue;
    const entry = doc as Entry; // As above.
    const runBy = organisations.get(entry.organisation);
    runBy?.entries.push(id);
    targets.push(...targetsOfEntry(entry, runBy?.organisation));
  }
  for (const { organisation, entries } of organisations.values())
    targets.push(...targetsOfOrganisation(organisation, entries));
  return new Map(targets.map((target) => [targetKey(target), target]));
}

/** An organisation's website, as long as it runs an active entry: alarms are about what people are sent to. */
export function targetsOfOrganisation(organisation: Organisation, entries: readonly string[]): Target[] {
  const { id, website } = organisation;
  if (entries.length === 0) return [];
  const speaksOf = entries.map((recordId) => ({ recordId, path: '/organisation' }));
  return toTarget(website, { recordId: id, path: '/website', ...domainsOf(organisation) }, speaksOf);
}

export function targetsOfEntry(
  entry: Pick<Entry, 'id' | 'channels' | 'evidence'>,
  organisation: Organisation | undefined,
): Target[] {
  const domains = domainsOf(organisation);
  return entry.channels
    .filter((channel) => !channel.retired)
    .flatMap((channel) => {
      const path = `/channels/${channel.id}/value`;
      const own = { recordId: entry.id, path, ...domains };
      const look = lookOf(channel);
      const page = look && officialPageOf(channel, entry.evidence, path, domains.domains);
      if (look) return page === undefined ? [] : toTarget(page, { ...own, look });
      const variants = channel.type === 'url' ? Object.entries(channel.value.localeVariants ?? {}) : [];
      return [
        ...toTarget(addressOf(channel), own),
        ...variants.flatMap(([tag, href]) => toTarget(href, { ...own, path: `${path}/localeVariants/${tag}` })),
      ];
    });
}

function domainsOf(organisation: Organisation | undefined): Pick<Target, 'domains' | 'formerDomains'> {
  const domains = organisation?.domains ?? [];
  return {
    domains: domains.filter(({ role }) => role !== 'former').map(({ host }) => host),
    formerDomains: domains.filter(({ role }) => role === 'former').map(({ host }) => host),
  };
}

function toTarget(
  url: string | undefined,
  rest: Omit<Target, 'url' | 'host' | 'speaksOf'>,
  speaksOf: Target['speaksOf'] = [{ recordId: rest.recordId, path: rest.path }],
): Target[] {
  const host = url === undefined ? null : hostOf(url);
  return url === undefined || host === null ? [] : [{ ...rest, url, host, speaksOf }];
}

/** The address a machine may open. Handles of messengers lead into apps, places to no page at all. */
function addressOf(channel: Channel): string | undefined {
  switch (channel.type) {
    case 'url':
    case 'chat':
    case 'video-relay':
    case 'app':
      return channel.value.href;
    case 'in-app':
      return channel.value.helpUrl;
    default:
      return undefined;
  }
}

/** What is no address of a page itself, and so must stand on one. */
function lookOf(channel: Channel): DueCheck['look'] {
  switch (channel.type) {
    case 'phone':
    case 'sms':
    case 'textphone':
    case 'relay':
      return { for: 'phone', phone: channel.value.number };
    case 'email':
      return { for: 'address', address: channel.value.address };
    case 'onion':
      return { for: 'address', address: hostOf(channel.value.href) ?? channel.value.href };
    default:
      return undefined;
  }
}

/** Pages on which the value itself is printed; a law or a note of a call is none. */
const SHOWING = new Set<Evidence['kind']>(['official-page', 'official-register', 'partner-attestation']);

/** The page to look for a value on: one of the organisation's own before any other, then the newest. */
function officialPageOf(
  channel: Channel,
  evidence: readonly Evidence[],
  path: string,
  domains: readonly string[],
): string | undefined {
  if (channel.type === 'onion' && channel.value.announcedAt !== undefined) return channel.value.announcedAt;
  const pages = evidence.filter(
    ({ kind, url, sensitivity, supersededBy, supports }) =>
      SHOWING.has(kind) &&
      url !== undefined &&
      sensitivity === 'public' &&
      supersededBy === undefined &&
      supports.some((supported) => coversPath(supported, path)),
  );
  const isOwn = ({ url = '' }: Evidence) => isUnderDomain(hostOf(url) ?? '', domains);
  const newestFirst = pages.toSorted((a, b) => (b.capturedAt ?? '').localeCompare(a.capturedAt ?? ''));
  return (newestFirst.find(isOwn) ?? newestFirst[0])?.url;
}
