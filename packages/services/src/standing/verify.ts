import {
  canonicalJson,
  contentHash,
  factChanges,
  optionsOf,
  standingOf,
  type Entry,
  type VerificationEvent,
} from '@waymark/domain';
import {
  auditPayloadsOf,
  eachRecord,
  eachVerification,
  findVerificationState,
  openAlarmsOf,
  revisionsFrom,
  toStanding,
  type Reader,
} from '@waymark/store';
import { eventsOf } from './eventsOf.ts';

/**
 * Compares every verification event with the audit log, and what is kept of verification with what follows from the events: who
 * doctors either would otherwise publish what nobody confirmed. Reads only; the log itself is verified before.
 * @returns how many events and entries there are, and the first thing that is wrong
 */
export async function verifyVerifications(
  read: Reader,
): Promise<{ events: number; standings: number; problem?: string | undefined }> {
  const checked = { events: 0, standings: 0 };
  const problem = (await wrongEvent(read, checked)) ?? (await wrongStanding(read, checked));
  return { ...checked, problem };
}

/** What the log says of each event: its hash and who recorded it. An erased payload says nothing. */
async function loggedEvents(read: Reader): Promise<Map<string, { hash: string; actor: string; subject: string }>> {
  const logged = new Map<string, { hash: string; actor: string; subject: string }>();
  for (const { subject, actor, payload } of await auditPayloadsOf(read, 'verification.record')) {
    const { eventId, eventHash } = payload as { eventId: string; eventHash: string }; // Written by `recordIn` alone.
    logged.set(eventId, { hash: eventHash, actor, subject });
  }
  return logged;
}

async function wrongEvent(read: Reader, checked: { events: number }): Promise<string | undefined> {
  const logged = await loggedEvents(read);
  for await (const { event } of eachVerification(read)) {
    checked.events += 1;
    const said = logged.get(event.id);
    logged.delete(event.id);
    if (!said) return `verification ${event.id}: no audit event says that somebody recorded it`;
    if (said.hash !== contentHash(event) || said.subject !== `entry:${event.recordId}` || !isWitness(event, said.actor))
      return `verification ${event.id} of entry ${event.recordId} is not the one that was recorded`;
  }
  const [gone] = logged.keys();
  return gone === undefined ? undefined : `verification ${gone} was recorded but is gone`;
}

/** A person records what they saw themselves; an organisation's word comes through its link. */
function isWitness({ by }: VerificationEvent, actor: string): boolean {
  return by.kind === 'person' ? by.userId === actor : `organisation:${by.organisationId}` === actor;
}

async function wrongStanding(read: Reader, checked: { standings: number }): Promise<string | undefined> {
  const counts = await countedOptions(read);
  for await (const record of eachRecord(read, 'entry')) {
    checked.standings += 1;
    const entry = record.doc as Entry; // Records of the type hold it.
    const options = [...optionsOf({ ...entry, state: record.state })];
    const { facts: _facts, ...standing } = standingOf({
      entry,
      createdAt: record.createdAt,
      events: (await eventsOf(read, record.id)).map(({ event }) => event),
      changes: factChanges(await revisionsFrom(read, record.id, 1)),
      alarms: await openAlarmsOf(read, record.id),
      // Counted anew: the counts that are kept could be doctored too. The world is no country.
      isSoleOption: options.some((option) => !option.startsWith('001 ') && counts.get(option) === 1),
    });
    const kept = await findVerificationState(read, record.id);
    if (!kept || canonicalJson(toStanding(kept)) !== canonicalJson(standing))
      return `entry ${record.slug} (${record.id}): what is kept of its verification does not follow from its events`;
  }
  return undefined;
}

async function countedOptions(read: Reader): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { doc, state } of eachRecord(read, 'entry')) {
    for (const option of optionsOf({ ...(doc as Entry), state })) counts.set(option, (counts.get(option) ?? 0) + 1);
  }
  return counts;
}
