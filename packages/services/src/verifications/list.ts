import { confidenceAt, dueState, refuse, type Confidence, type DueState } from '@waymark/domain';
import type { Entry, EntryStanding, OpenAlarm, VerificationEvent } from '@waymark/domain';
import { findRecord, openAlarmsOf, Problem, recordReferences, userNames, type Context } from '@waymark/store';
import { courtesyOf, type CourtesyView } from '../courtesy/show.ts';
import { eventsOf } from '../standing/eventsOf.ts';
import { standingNow } from '../standing/project.ts';
import { workOf, type WorkView } from '../work/show.ts';

/** An event with the name of who looked, and that of the entry it was about when that one was merged into this one. */
export type VerificationRow = VerificationEvent & { byName: string; recordedAt: string; mergedFrom: string | null };

/** Every event of an entry, newest first, with what was seen of those that were merged into it. @throws Problem not-found */
export async function listVerifications(ctx: Pick<Context, 'store'>, recordId: string): Promise<VerificationRow[]> {
  const { read } = ctx.store;
  if ((await findRecord(read, recordId))?.type !== 'entry') throw new Problem(refuse('not-found'));
  const rows = await eventsOf(read, recordId);
  const witnesses = rows.map(({ event: { by } }) => by);
  const people = await userNames(
    read,
    witnesses.flatMap((by) => (by.kind === 'person' ? [by.userId] : [])),
  );
  const organisations = await recordReferences(
    read,
    witnesses.flatMap((by) => (by.kind === 'organisation' ? [by.organisationId] : [])),
  );
  const merged = await recordReferences(
    read,
    rows.map(({ event }) => event.recordId).filter((id) => id !== recordId),
  );
  return rows.map(({ event, recordedAt }) => {
    const { by } = event;
    const name = by.kind === 'person' ? people.get(by.userId) : organisations[by.organisationId]?.name;
    const byName = name ?? (by.kind === 'person' ? by.userId : by.organisationId);
    return { ...event, byName, recordedAt, mergedFrom: merged[event.recordId]?.name ?? null };
  });
}

/** Everything the check of one entry needs to know beside the entry: what holds now, for how long, and what was planned. */
export type StandingView = EntryStanding & {
  recordId: string;
  revision: number;
  confidence: Confidence;
  state: DueState;
  /** By path of `facts`, and by id of `channels`. */
  factConfidence: Record<string, Confidence>;
  channelConfidence: Record<string, Confidence>;
  alarms: OpenAlarm[];
  work: WorkView;
  courtesy: CourtesyView;
};

/** The standing of an entry at this moment, fact by fact. @throws Problem not-found */
export async function showStanding(ctx: Pick<Context, 'store' | 'now'>, recordId: string): Promise<StandingView> {
  const { read } = ctx.store;
  const record = await findRecord(read, recordId);
  if (record?.type !== 'entry') throw new Problem(refuse('not-found'));
  const now = ctx.now().toISOString();
  const { organisation } = record.doc as Entry; // Its type says so.
  const standing = await standingNow(read, record);
  const at = (standings: Record<string, EntryStanding['facts'][string]>) =>
    Object.fromEntries(Object.entries(standings).map(([key, value]) => [key, confidenceAt(value, now)]));
  return {
    ...standing,
    recordId,
    revision: record.revision,
    confidence: confidenceAt(standing, now),
    state: dueState(standing, now),
    factConfidence: at(standing.facts),
    channelConfidence: at(standing.channels),
    alarms: await openAlarmsOf(read, recordId),
    work: await workOf(read, recordId, now),
    courtesy: await courtesyOf(read, organisation, now),
  };
}
