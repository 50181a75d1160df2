import { setImmediate as others } from 'node:timers/promises';
import {
  DEFAULT_CALENDAR,
  isLeftOutOf,
  isWithheld,
  toPublished,
  UNVERIFIED,
  verificationAt,
  type DirectoryRecord,
  type PublishedEntry,
  type PublishedOrganisation,
  type Verified,
} from '@waymark/domain';
import {
  eachMatching,
  toStanding,
  verificationStatesOf,
  type Context,
  type RecordQuery,
  type VerificationStateRow,
} from '@waymark/store';
import { toOrganization } from '../snapshots/content/hsds/organization.ts';
import { pageFigures } from '../snapshots/content/hsds/page.ts';
import type { HsdsOrganization, HsdsService } from '../snapshots/content/hsds/shapes.ts';
import { toService } from '../snapshots/content/hsds/service.ts';
import { toTables } from '../snapshots/content/hsds/tables.ts';
import { openPackage } from '../snapshots/content/hsds/zip.ts';
import { inPortions } from './inPortions.ts';

/** So many are written before others get their turn. */
const AT_ONCE = 100;

/**
 * The filtered entries as one page of the HSDS 3.1 API, piece by piece. Only active ones: HSDS has no word for what was taken out of
 * sight. None that its curators keep out of the snapshot, or of HSDS. Confirmed or not, a list holds what it shows.
 */
export async function* exportHsdsPage(ctx: Context, query: RecordQuery, atOnce = AT_ONCE): AsyncGenerator<string> {
  let total = 0;
  yield '{"contents":[\n';
  for await (const { services } of portionsOf(ctx, query, atOnce)) {
    for (const service of services) yield `${total++ === 0 ? '' : ',\n'}${JSON.stringify(service)}`;
  }
  yield `\n],${JSON.stringify(pageFigures(total)).slice(1)}\n`;
}

/** The same as a package of tables in one ZIP file. It is packed while it is written, so that nothing holds all of it. */
export async function* exportHsdsPackage(
  ctx: Context,
  query: RecordQuery,
  atOnce = AT_ONCE,
): AsyncGenerator<Uint8Array> {
  const written = new Set<string>();
  const zip = openPackage();
  for await (const { services, organizations } of portionsOf(ctx, query, atOnce))
    yield* zip.write(toTables(services, organizations, written));
  yield* zip.close();
}

type Portion = { services: HsdsService[]; organizations: HsdsOrganization[] };

async function* portionsOf(ctx: Context, query: RecordQuery, atOnce: number): AsyncGenerator<Portion> {
  const { read } = ctx.store;
  const now = ctx.now();
  // For the clocks of as long as a snapshot of today would be valid.
  const validity = { from: now, until: new Date(now.getTime() + DEFAULT_CALENDAR.targets.valid * 3_600_000) };
  for await (const records of inPortions(eachMatching(read, 'entry', query, atOnce), atOnce)) {
    const states = await verificationStatesOf(
      read,
      records.map(({ id }) => id),
    );
    const entries = records
      .filter((record) => record.state === 'active' && !isWithheld(record))
      .map((record) => published<PublishedEntry>(record, verified(states.get(record.id), now.toISOString())))
      .filter((entry) => !isLeftOutOf(entry, 'hsds'));
    const organisations = await organisationsOf(ctx, entries);
    yield {
      services: entries.map((entry) => toService(entry, organisations.get(entry.organisation), validity)),
      organizations: [...organisations.values()].map(toOrganization),
    };
    await others();
  }
}

async function organisationsOf(
  { store }: Context,
  entries: readonly PublishedEntry[],
): Promise<Map<string, PublishedOrganisation>> {
  const ids = [...new Set(entries.map(({ organisation }) => organisation))];
  const found = new Map<string, PublishedOrganisation>();
  for await (const record of eachMatching(store.read, 'organisation', { ids, state: 'active' }))
    found.set(record.id, published<PublishedOrganisation>(record));
  return found;
}

/** @typeParam Record what the type of the record makes of it */
function published<Record>(record: DirectoryRecord, standing?: Verified): Record {
  return toPublished(record, standing) as Record;
}

/** HSDS says of an entry as a whole when it was confirmed, and of no channel. */
function verified(state: VerificationStateRow | undefined, now: string): Verified {
  const entry = state === undefined ? UNVERIFIED : verificationAt(toStanding(state), now);
  return { entry, channels: {}, withheld: new Set() };
}
