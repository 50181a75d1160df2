import {
  applyUrgent,
  channelAddress,
  pickText,
  refuse,
  route,
  toRoutableCountry,
  toRoutableEntry,
  type ChannelType,
  type Kind,
  type PublishedRecord,
  type RoutableCountry,
  type RoutableDirectory,
  type RoutableEntry,
  type Route,
  type RouteRequest,
  type RouteStep,
  type UrgentList,
} from '@waymark/domain';
import { activeProfiles, findProposal, Problem, type Context, type Reader } from '@waymark/store';
import { publishedManifest } from '../snapshots/difference.ts';
import type { Publishing } from '../snapshots/publishing.ts';
import { linesOf, targetFile } from '../snapshots/tree.ts';
import { withdrawalsOut } from '../urgent/withdrawalsOut.ts';
import { replacedBy, withReplaced, type Replaced } from './after.ts';
import { assumed, routableIn, type Look, type Named } from './routable.ts';

/** What a preview looks at: the directory now, a proposal applied to it, or a published snapshot. */
export type PreviewedOn = { directory: true } | { proposal: string } | { snapshot: number };

export type PreviewQuestion = {
  request: RouteRequest;
  on: PreviewedOn;
  /** Defaults to now. */
  at?: string | undefined;
  /** As if somebody had verified what nobody found wrong: what people will see once that is done. */
  assumeVerified: boolean;
};

/** A step as a curator reads it. Words have neither name nor handle. */
export type NamedStep = Omit<RouteStep, 'channels'> & {
  name: string | null;
  slug: string | null;
  kind: Kind | null;
  channels: { id: string; type: ChannelType; address: string }[];
};
export type NamedRoute = Omit<Route, 'steps' | 'support' | 'withheld'> & {
  steps: NamedStep[];
  support: NamedStep[];
  withheld: (Route['withheld'][number] & { name: string; slug: string })[];
};

export type Preview = {
  at: string;
  assumeVerified: boolean;
  /** On the directory or a snapshot. */
  route: NamedRoute | null;
  /** On a proposal: what people see without it, and with it. */
  before: NamedRoute | null;
  after: NamedRoute | null;
};

/**
 * What a person would see (DOMAIN §4): on the directory, after a proposal, or in a snapshot; without what apps were told at once to
 * withhold, as they do it themselves. Nothing is written, and nothing of the request is kept.
 * @throws Problem not-found, document-invalid, storage-failed
 */
export async function previewRoute(
  ctx: Context,
  { repoDir }: Pick<Publishing, 'repoDir'>,
  { request, on, at, assumeVerified }: PreviewQuestion,
): Promise<Preview> {
  const look = { now: at ?? ctx.now().toISOString(), assumeVerified };
  const preview = { at: look.now, assumeVerified, route: null, before: null, after: null };
  const told = toldBy(await withdrawalsOut(repoDir), look);
  const answer = (directory: NamedDirectory) =>
    namedRoute(request, { ...directory, entries: applyUrgent(directory.entries, told) }, look);
  if ('snapshot' in on) return { ...preview, route: answer(await snapshotDirectory(ctx, repoDir, on.snapshot, look)) };
  const { read } = ctx.store;
  const directory = await directoryFor(read, request, look);
  if ('directory' in on) return { ...preview, route: answer(directory) };
  const proposal = await findProposal(read, on.proposal);
  if (!proposal) throw new Problem(refuse('not-found'));
  // A closed proposal is in the directory already, or never will be.
  const after =
    proposal.closedAt === null ? replaced(directory, await replacedBy(read, proposal, look), proposal) : directory;
  return { ...preview, before: answer(directory), after: answer(after) };
}

/** What of the urgent list was said by then. */
function toldBy({ withdrawn }: UrgentList, { now }: Look): UrgentList {
  return { withdrawn: withdrawn.filter(({ since }) => since <= now) };
}

/** A directory with the names of its entries. */
type NamedDirectory = RoutableDirectory & { names: ReadonlyMap<string, string> };

async function directoryFor(read: Reader, request: RouteRequest, look: Look): Promise<NamedDirectory> {
  const { country, residence, incidentCountry } = request;
  const countries = [country, residence, incidentCountry].filter((code) => typeof code === 'string');
  const profiles = await activeProfiles(read, country === null ? [] : [country]);
  return toDirectory(
    await routableIn(read, countries, look),
    profiles.map(({ doc }) => doc),
  );
}

function toDirectory(entries: readonly Named[], countries: readonly RoutableCountry[]): NamedDirectory {
  return {
    entries: entries.map(({ entry }) => entry),
    countries,
    names: new Map(entries.map(({ name, entry }) => [entry.id, name] as const)),
  };
}

function replaced(
  { entries, countries, names }: NamedDirectory,
  change: Replaced,
  { recordId, recordName }: { recordId: string; recordName: string },
): NamedDirectory {
  const { profile } = change;
  return {
    entries: withReplaced(entries, change),
    countries: profile
      ? [...countries.filter(({ country }) => country !== profile.country), ...(profile.after ? [profile.after] : [])]
      : countries,
    names: new Map(names).set(recordId, recordName),
  };
}

/** What clients got, read from the signed tree. */
async function snapshotDirectory(ctx: Context, repoDir: string, sequence: number, look: Look): Promise<NamedDirectory> {
  const { contentDigest } = await publishedManifest(ctx, sequence);
  const entries: Named[] = [];
  const countries: RoutableCountry[] = [];
  for await (const line of linesOf(targetFile(repoDir, 'v1/directory.ndjson', contentDigest), contentDigest)) {
    const record = JSON.parse(line) as PublishedRecord; // We wrote the line; the end of the file shows its hash.
    if (record.type === 'entry')
      entries.push({ name: pickText(record.names), entry: assumed(toRoutableEntry(record), look) });
    if (record.type === 'country') countries.push(toRoutableCountry(record));
  }
  return toDirectory(entries, countries);
}

function namedRoute(request: RouteRequest, directory: NamedDirectory, { now }: Look): NamedRoute {
  const found = route(request, directory, now);
  const entries = new Map(directory.entries.map((entry) => [entry.id, entry] as const));
  const name = (id: string) => directory.names.get(id) ?? '';
  return {
    ...found,
    steps: found.steps.map((step) => namedStep(step, entries.get(step.id), name)),
    support: found.support.map((step) => namedStep(step, entries.get(step.id), name)),
    withheld: found.withheld.map((row) => ({ ...row, name: name(row.id), slug: entries.get(row.id)?.slug ?? '' })),
  };
}

function namedStep(step: RouteStep, entry: RoutableEntry | undefined, name: (id: string) => string): NamedStep {
  const channels = step.channels.flatMap((id) => {
    const channel = entry?.channels.find((known) => known.id === id);
    return channel ? [{ id, type: channel.type, address: channelAddress(channel) }] : [];
  });
  return {
    ...step,
    channels,
    name: entry ? name(entry.id) : null,
    slug: entry?.slug ?? null,
    kind: entry?.kind ?? null,
  };
}
