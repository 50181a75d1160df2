import { refOf } from '../compare.ts';
import type { Manifest, RecordRef } from '../manifest.ts';
import { PublishedRecord } from '../published.ts';
import type { DirectoryRecord } from '../record.ts';
import type { RecordLine } from './approvals.ts';
import { approvedRecord, checkPublished } from './approved.ts';
import type { Turn } from './inTurn.ts';
import { openEvent } from './log.ts';
import { contactsOf, isOtherThanVerification, newHosts, type Contact } from './people.ts';
import type { Approvals, LinesAbout } from './readApprovals.ts';
import type { Findings } from './refusal.ts';
import { checkStones, departureOf, refuseUnproven, type Owed, type Tombstones } from './tombstones.ts';

/** What every record that differs is looked at with. */
export type Looking = {
  manifest: Manifest;
  stones: Tombstones;
  /** Those of the snapshot before. */
  stonesBefore: Tombstones;
  /** Ids of records whose tombstones take approvals. */
  toProve: ReadonlySet<string>;
  /** Undefined while there are none, which was refused already. */
  approvals: Approvals | undefined;
  findings: Findings;
  /** This machine has nothing to compare with: every record seems to be new. */
  isFirstUse: boolean;
  /** Filled on the way: records whose approvals were looked at, and what their tombstones should call dead. */
  judged: Set<string>;
  owed: Owed[];
};

export type Seen = {
  contacts?: RecordRef & { contacts: Contact[] };
  hosts?: RecordRef & { hosts: string[] };
};

/**
 * Looks at one record that is not as this machine knows it published, or whose tombstones say something new: is it well
 * formed, who approved it, where does it lead people now. To be called in the order of ids.
 * @returns what a person has to see of it
 */
export async function lookAt({ id, pair }: Turn, looking: Looking): Promise<Seen> {
  const lines = (await looking.approvals?.take(id)) ?? {};
  const seen = pair ? lookAtPair(pair, lines, looking) : {};
  if (looking.toProve.has(id) && !looking.judged.has(id)) lookAtStones(id, lines.record, looking);
  return seen;
}

function lookAtPair({ was, is }: NonNullable<Turn['pair']>, lines: LinesAbout, looking: Looking): Seen {
  const record = is ?? was;
  if (!record) return {};
  const name = `${record.type} ${record.slug} (${record.id})`;
  if (!is) {
    lookAtRemoved(record, lines, name, looking);
    return {};
  }
  const { findings } = looking;
  if (!PublishedRecord.safeParse(is).success) {
    findings.refuse('record-malformed', name);
    return {};
  }
  if (was && is.revision < was.revision)
    findings.refuse('revision-back', `${name} from revision ${was.revision} to ${is.revision}`);
  else if (!was || isOtherThanVerification(was, is)) lookAtApprovals({ was, is }, lines.record, name, looking);
  if (!was) return { contacts: { ...refOf(is), contacts: contactsOf(is) } };
  const hosts = newHosts(was, is);
  for (const host of hosts) findings.refuse('host-changed', `${name} leads to ${host}`, { kind: 'hosts', value: host });
  return hosts.length > 0 ? { hosts: { ...refOf(is), hosts } } : {};
}

/** Of a record that clients do not get anew, everything it ever went through is in the bundle. */
function lookAtStones(id: string, line: RecordLine | undefined, looking: Looking): void {
  const { stones, stonesBefore, findings } = looking;
  if (line) judge(line, undefined, `${line.type} ${id}`, looking);
  else refuseUnproven(id, stonesBefore, stones, findings);
}

/** @returns the newest approved record, its tombstones looked at; undefined when anything about its approvals was refused */
function judge(
  line: RecordLine,
  from: Parameters<typeof approvedRecord>[1],
  name: string,
  { approvals, manifest, stones, findings, judged, owed }: Looking,
): DirectoryRecord | undefined {
  judged.add(line.id);
  const policies = approvals?.policies ?? new Map();
  const record = approvedRecord(line, from, name, { head: manifest.audit, policies, findings });
  if (record) owed.push(...checkStones(record, stones, name, findings));
  return record;
}

function lookAtApprovals(
  { was, is }: { was: PublishedRecord | undefined; is: PublishedRecord },
  line: RecordLine | undefined,
  name: string,
  looking: Looking,
): void {
  const { approvals, manifest, findings, isFirstUse } = looking;
  if (!approvals) return;
  // The bundle proves what is new since the snapshot before; without that one in memory, the rest has to be believed.
  if (isFirstUse && manifest.previous && !isNamed(is.id, manifest)) return;
  if (line?.type !== is.type) {
    findings.refuse('approval-missing', name);
    return;
  }
  const from = was?.revision ?? (isFirstUse && manifest.changes.changed.includes(is.id) ? 'first' : undefined);
  const record = judge(line, from, name, looking);
  if (record?.revision === is.revision) checkPublished(record, is, name, findings);
  else if (record) findings.refuse('approval-missing', `${name}: revision ${is.revision} would be published`);
}

function isNamed(id: string, { changes: { added, changed } }: Manifest): boolean {
  return added.includes(id) || changed.includes(id);
}

function lookAtRemoved(
  was: PublishedRecord,
  { record: line, suspension }: LinesAbout,
  name: string,
  looking: Looking,
): void {
  const { approvals, manifest, findings } = looking;
  const way = departureOf(was.id, manifest);
  if (way === undefined) findings.refuse('removal-unexplained', name);
  // Kept inside, by its curators or because it is not verified well enough: that can only remove, and takes nobody's word.
  if (way === undefined || way === 'withdrawn') return;
  if (way === 'suspended') {
    const isSuspended =
      suspension?.event.leaf.action === 'record.suspend' && suspension.event.leaf.subject === `${was.type}:${was.id}`;
    if (isSuspended) openEvent(suspension.event, manifest.audit, name, findings);
    else if (approvals) findings.refuse('approval-missing', `${name} was suspended, and the log does not show it`);
    return;
  }
  if (!approvals) return;
  if (!line) {
    findings.refuse('approval-missing', `${name} was retired`);
    return;
  }
  const record = judge(line, was.revision, name, looking);
  if (record && record.state !== 'retired')
    findings.refuse('approval-missing', `${name}: nobody approved that it is retired`);
}
