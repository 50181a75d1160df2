import type { DifferingRecord } from '../compare.ts';
import { refOf } from '../compare.ts';
import type { Manifest, RecordRef } from '../manifest.ts';
import { PublishedRecord } from '../published.ts';
import type { RecordLine, SuspensionLine } from './approvals.ts';
import { approvedRecord, checkPublished } from './approved.ts';
import { openEvent } from './log.ts';
import { contactsOf, isOtherThanVerification, newHosts, type Contact } from './people.ts';
import type { Approvals } from './readApprovals.ts';
import type { Findings } from './refusal.ts';
import { checkTombstone, departureOf, hasTombstone, type Tombstones } from './tombstones.ts';

/** What every record that differs is looked at with. */
export type Looking = {
  manifest: Manifest;
  stones: Tombstones;
  /** Undefined while there are none, which was refused already. */
  approvals: Approvals | undefined;
  findings: Findings;
  /** This machine has nothing to compare with: every record seems to be new. */
  isFirstUse: boolean;
};

export type Seen = {
  contacts?: RecordRef & { contacts: Contact[] };
  hosts?: RecordRef & { hosts: string[] };
};

/**
 * Looks at one record that is not as this machine knows it published: is it well formed, who approved it, where does it lead
 * people now. To be called in the order of ids.
 * @returns what a person has to see of it
 */
export async function lookAt({ was, is }: DifferingRecord, looking: Looking): Promise<Seen> {
  const record = is ?? was;
  if (!record) return {};
  const line = await looking.approvals?.take(record.id);
  const name = `${record.type} ${record.slug} (${record.id})`;
  if (!is) {
    lookAtRemoved(record, line, name, looking);
    return {};
  }
  const { findings } = looking;
  if (!PublishedRecord.safeParse(is).success) {
    findings.refuse('record-malformed', name);
    return {};
  }
  if (was && is.revision < was.revision)
    findings.refuse('revision-back', `${name} from revision ${was.revision} to ${is.revision}`);
  else if (!was || isOtherThanVerification(was, is)) lookAtApprovals({ was, is }, line, name, looking);
  if (!was) return { contacts: { ...refOf(is), contacts: contactsOf(is) } };
  const hosts = newHosts(was, is);
  for (const host of hosts) findings.refuse('host-changed', `${name} leads to ${host}`, { kind: 'hosts', value: host });
  return hosts.length > 0 ? { hosts: { ...refOf(is), hosts } } : {};
}

function lookAtApprovals(
  { was, is }: { was: PublishedRecord | undefined; is: PublishedRecord },
  line: RecordLine | SuspensionLine | undefined,
  name: string,
  { approvals, manifest, findings, isFirstUse }: Looking,
): void {
  if (!approvals) return;
  // The bundle proves what is new since the snapshot before; without that one in memory, the rest has to be believed.
  if (isFirstUse && manifest.previous && !isNamed(is.id, manifest)) return;
  if (line?.kind !== 'record' || line.type !== is.type) {
    findings.refuse('approval-missing', name);
    return;
  }
  const from = was?.revision ?? (isFirstUse && manifest.changes.changed.includes(is.id) ? 'first' : undefined);
  const record = approvedRecord(line, from, name, { head: manifest.audit, policies: approvals.policies, findings });
  if (record?.revision === is.revision) checkPublished(record, is, name, findings);
  else if (record) findings.refuse('approval-missing', `${name}: revision ${is.revision} would be published`);
}

function isNamed(id: string, { changes: { added, changed } }: Manifest): boolean {
  return added.includes(id) || changed.includes(id);
}

function lookAtRemoved(
  was: PublishedRecord,
  line: RecordLine | SuspensionLine | undefined,
  name: string,
  { approvals, manifest, stones, findings }: Looking,
): void {
  const way = departureOf(was.id, manifest);
  if (way === undefined) findings.refuse('removal-unexplained', name);
  // Kept inside, by its curators or because it is not verified well enough: that can only remove, and takes nobody's word.
  if (way === undefined || way === 'withdrawn') return;
  const head = manifest.audit;
  if (way === 'suspended') {
    const isSuspended =
      line?.kind === 'suspension' &&
      line.event.leaf.action === 'record.suspend' &&
      line.event.leaf.subject === `${was.type}:${was.id}`;
    if (isSuspended) openEvent(line.event, head, name, findings);
    else if (approvals) findings.refuse('approval-missing', `${name} was suspended, and the log does not show it`);
    return;
  }
  // A country profile leaves no tombstone.
  if (was.type !== 'country' && !hasTombstone(was.id, stones)) findings.refuse('tombstone-missing', name);
  if (!approvals) return;
  if (line?.kind !== 'record') {
    findings.refuse('approval-missing', `${name} was retired`);
    return;
  }
  const record = approvedRecord(line, was.revision, name, { head, policies: approvals.policies, findings });
  if (!record) return;
  if (record.state === 'retired') checkTombstone(record, stones, name, findings);
  else findings.refuse('approval-missing', `${name}: nobody approved that it is retired`);
}
