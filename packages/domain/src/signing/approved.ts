import { diffDocuments } from '../diff.ts';
import type { Entry } from '../entry.ts';
import { followsMerge } from '../followsMerge.ts';
import { canonicalJson, contentHash } from '../hash.ts';
import type { Policy } from '../policy.ts';
import { approvalsFor } from '../proposal.ts';
import { isWithheld, toPublished, UNVERIFIED, type PublishedRecord, type Verified } from '../published.ts';
import { parseDocument, type DirectoryRecord } from '../record.ts';
import { riskOf } from '../risk.ts';
import { AppliedPayload, ApprovedPayload, type ProvenRevision, type RecordLine } from './approvals.ts';
import { openEvent, type LogHead } from './log.ts';
import type { Findings } from './refusal.ts';

/** What approvals are judged by. */
export type Judging = { head: LogHead; policies: ReadonlyMap<number, Policy>; findings: Findings };

/**
 * Whether everything a record went through since it was published was approved by enough people who had no part in it, as
 * far as the log shows (SNAPSHOTS §4.2, SECURITY TH6, TH8).
 * @param published the revision that this machine knows published, which was looked at then; `first`: whichever comes first,
 *   on a machine that knows none; undefined when the record is new to clients
 * @returns the newest approved record, or undefined when anything about it was refused
 */
export function approvedRecord(
  { id, type, revisions }: RecordLine,
  published: number | 'first' | undefined,
  name: string,
  { head, policies, findings }: Judging,
): DirectoryRecord | undefined {
  const refuse = (code: Parameters<Findings['refuse']>[0], detail: string) => {
    findings.refuse(code, `${name}: ${detail}`);
  };
  const [first] = revisions;
  const known = published === 'first' ? first?.revision : published;
  const from = known ?? 1;
  if (first?.revision !== from || revisions.some(({ revision }, at) => revision !== from + at)) {
    refuse('approval-missing', `revisions from ${from} on are needed without a gap`);
    return undefined;
  }
  let before: unknown;
  let record: DirectoryRecord | undefined;
  for (const step of revisions) {
    const isKnown = step.revision === known;
    const applied = readApplied(step, { id, type }, { head, findings }, name);
    if (!applied) return undefined;
    const parsed = parseDocument(type, step.doc);
    if (!parsed.ok || contentHash(step.doc) !== applied.contentHash) {
      refuse('document-differs', `the log applied revision ${step.revision} with another content`);
      return undefined;
    }
    if (!isKnown && !isApproved(step, applied, { id, type, before, head, policies, findings, name })) return undefined;
    before = step.doc;
    record = {
      id,
      type,
      slug: parsed.doc.slug,
      state: step.state,
      revision: step.revision,
      contentHash: applied.contentHash,
      createdAt: step.applied.leaf.at,
      updatedAt: step.applied.leaf.at,
      doc: parsed.doc,
    };
  }
  return record;
}

function readApplied(
  { applied: event, revision, state, proposal }: ProvenRevision,
  { id, type }: Pick<RecordLine, 'id' | 'type'>,
  { head, findings }: Pick<Judging, 'head' | 'findings'>,
  name: string,
): AppliedPayload | undefined {
  const payload = openEvent(event, head, name, findings);
  if (payload === undefined) return undefined;
  const parsed = AppliedPayload.safeParse(payload);
  const { action, subject } = event.leaf;
  const isOfThis =
    parsed.success &&
    action === 'proposal.apply' &&
    subject === `${type}:${id}` &&
    parsed.data.revision === revision &&
    parsed.data.state === state &&
    parsed.data.proposalId === proposal.id &&
    parsed.data.kind === proposal.kind;
  if (isOfThis) return parsed.data;
  findings.refuse('approval-missing', `${name}: event ${event.leaf.seq} does not apply revision ${revision} of it`);
  return undefined;
}

type Step = Judging & Pick<RecordLine, 'id' | 'type'> & { before: unknown; name: string };

function isApproved(step: ProvenRevision, applied: AppliedPayload, facts: Step): boolean {
  const { findings, name, policies } = facts;
  const refuse = (code: Parameters<Findings['refuse']>[0], detail: string): false => {
    findings.refuse(code, `${name}, revision ${step.revision}: ${detail}`);
    return false;
  };
  const misfit = misfitOf(step, facts);
  if (misfit) return refuse(misfit.code, misfit.detail);
  const { id: proposalId, ...proposal } = step.proposal;
  const hash = contentHash({ ...proposal, doc: step.proposed ?? step.doc });
  if (hash !== applied.proposalHash)
    return refuse('approval-of-other-content', 'the proposal is not the one that was applied');
  const contributors = contributorsOf(step, applied, facts);
  if (!contributors) return false;
  if (contributors.size === 0) return refuse('approval-missing', 'the log does not show who wrote it');
  const approvers = approversOf(step, applied, { ...facts, hash, proposalId });
  if (!approvers) return false;
  const own = [...approvers].find((person) => contributors.has(person));
  if (own !== undefined) return refuse('approved-by-contributor', `${own} approved it and contributed to it`);
  const policy = policies.get(applied.policyVersion);
  if (!policy) return refuse('policy-unknown', `policy ${applied.policyVersion} was in force`);
  const risk = riskOf(proposal.kind, diffDocuments(facts.before, step.doc), facts.before, step.doc);
  const needed = approvalsFor(risk, policy);
  if (approvers.size >= needed) return true;
  return refuse('too-few-approvals', `${approvers.size} approved, a change of risk ${risk} takes ${needed}`);
}

/**
 * Whether the proposal is about this revision at all. A merge retires the record that goes, beside the one it is about, and what names
 * the one names the other then.
 */
function misfitOf(
  { proposal, proposed, doc, revision, state }: ProvenRevision,
  { id, type, before }: Step,
): { code: 'approval-of-other-content' | 'document-differs'; detail: string } | undefined {
  if (proposal.recordId === id) {
    if (proposal.baseRevision !== revision - 1)
      return { code: 'approval-of-other-content', detail: 'the proposal started from another revision' };
    const stated = proposed === undefined ? undefined : parseDocument(proposal.recordType, proposed);
    if (stated && !(stated.ok && contentHash(stated.doc) === contentHash(doc)))
      return { code: 'document-differs', detail: 'the proposal holds another document' };
    return undefined;
  }
  const isMerged = followsMerge({ id, type, revision: revision - 1, doc: before }, { state, doc }, proposal);
  return isMerged ? undefined : { code: 'approval-of-other-content', detail: 'the proposal is about another record' };
}

const CONTRIBUTIONS: readonly string[] = ['proposal.create', 'proposal.edit', 'proposal.submit'];

function contributorsOf(
  { contributions, proposal }: ProvenRevision,
  applied: AppliedPayload,
  { head, findings, name }: Step,
): Set<string> | undefined {
  const people = new Set(applied.contributors);
  for (const event of contributions) {
    if (openEvent(event, head, name, findings) === undefined) return undefined;
    const { subject, action, actor } = event.leaf;
    if (subject === `proposal:${proposal.id}` && CONTRIBUTIONS.includes(action)) people.add(actor);
  }
  return people;
}

function approversOf(
  { approvals, applied: event }: ProvenRevision,
  applied: AppliedPayload,
  { head, findings, name, hash, proposalId }: Step & { hash: string; proposalId: string },
): Set<string> | undefined {
  const people = new Set<string>();
  for (const approval of approvals) {
    const { leaf } = approval;
    const payload = openEvent(approval, head, name, findings);
    if (payload === undefined) return undefined;
    const said = ApprovedPayload.safeParse(payload);
    const isOfThis =
      leaf.action === 'proposal.approve' && leaf.subject === `proposal:${proposalId}` && leaf.seq < event.leaf.seq;
    if (!isOfThis || !said.success || said.data.contentHash !== hash) {
      findings.refuse('approval-of-other-content', `${name}: event ${leaf.seq} approves something else`);
      return undefined;
    }
    if (applied.approvers.includes(leaf.actor)) people.add(leaf.actor);
  }
  return people;
}

/**
 * Whether a line of the directory is what was approved, but for how well it is verified: that follows from events that take
 * no approval.
 */
export function checkPublished(record: DirectoryRecord, is: PublishedRecord, name: string, findings: Findings): void {
  if (record.state !== 'active' || isWithheld(record)) {
    findings.refuse('published-differs', `${name}: the approved record is not to be published`);
    return;
  }
  const expected = toPublished(record, record.type === 'entry' ? verifiedAs(record.doc as Entry, is) : undefined);
  if (canonicalJson(expected) === canonicalJson(is)) return;
  const places = diffDocuments(expected, is).map(({ path, label }) => `${label} (${path})`);
  findings.refuse('published-differs', `${name}: ${places.slice(0, 5).join(', ') || 'the order of something'}`);
}

function verifiedAs({ channels }: Entry, is: PublishedRecord): Verified {
  if (is.type !== 'entry') return { entry: UNVERIFIED, channels: {}, withheld: new Set() };
  const shown = new Map(is.channels.map((channel) => [channel.id, channel.verification]));
  return {
    entry: is.verification,
    channels: Object.fromEntries(shown),
    withheld: new Set(channels.map(({ id }) => id).filter((id) => !shown.has(id))),
  };
}
