import {
  contentHash,
  coversPath,
  factAt,
  freeId,
  isAtOrBelow,
  methodRefusal,
  refuse,
  sameValue,
  unknownFacts,
  VerificationEvent,
  withFact,
  type DirectoryRecord,
  type Entry,
  type EntryStanding,
  type Evidence,
  type Json,
  type Method,
  type Outcome,
  type Witness,
} from '@waymark/domain';
import {
  agreementWith,
  change,
  findRecord,
  findVerificationState,
  insertVerification,
  orThrow,
  plannedCheck,
  Problem,
  settleWork,
  verificationsOf,
  type Change,
  type Context,
  type Reader,
} from '@waymark/store';
import { draftIn } from '../proposals/create.ts';
import { projectStanding } from '../standing/project.ts';
import { planNextAttempt } from '../work/planNextAttempt.ts';

/** What a person saw, before it is an event. */
export type Look = {
  /** The revision that was looked at. */
  revision: number;
  paths: readonly string[];
  method: Method;
  outcome: Outcome;
  /** Values seen where they differ; null: nothing there any more. */
  observed?: Record<string, unknown> | undefined;
  /** Defaults to now. */
  performedAt?: string | undefined;
  evidence?: readonly Evidence[] | undefined;
  note?: string | undefined;
  /** Which try this was, when nobody answered; defaults to the one after the last. */
  attempt?: number | undefined;
  supersedes?: string | undefined;
  /** The draft that was opened already for what was seen to be different. */
  proposalId?: string | undefined;
};

export type Recorded = {
  event: VerificationEvent;
  standing: EntryStanding;
  /** The draft that `confirmed-changed` opened. */
  proposal?: { id: string };
};

/**
 * Records that a person looked at facts of an entry, how and with what outcome. It edits nothing: what was seen to be different
 * opens a draft with the evidence attached, for others to review.
 * @throws Problem not-found, record-not-active, stale-revision, fact-unknown, method-not-allowed-here, arrangement-needed,
 *   observed-missing, input-invalid, not-permitted
 */
export function recordVerification(ctx: Context, recordId: string, look: Look): Promise<Recorded> {
  return change(ctx, 'verification.write', (door) =>
    recordIn(door, recordId, look, { kind: 'person', userId: door.actor.id }),
  );
}

/**
 * `recordVerification` as part of another change. Every refusal comes before the first write. An organisation that sees
 * something else opens no draft: whoever deals with its answer does, and says which.
 * @param by who looked: one of us, or the listed organisation itself
 * @throws Problem as `recordVerification`
 */
export async function recordIn(door: Change, recordId: string, look: Look, by: Witness): Promise<Recorded> {
  const { tx, now, newId, audit } = door;
  const record = await findRecord(tx, recordId);
  if (record?.type !== 'entry') throw new Problem(refuse('not-found'));
  const entry = record.doc as Entry; // The type says which document it is.
  await refuseUnfit(tx, { ...record, type: 'entry', doc: entry }, look, now);
  const state = await findVerificationState(tx, recordId);
  const seen: VerificationEvent = VerificationEvent.parse({
    id: newId(),
    recordId,
    revision: look.revision,
    paths: look.paths,
    method: look.method,
    outcome: look.outcome,
    performedAt: look.performedAt ?? now,
    by,
    attempt:
      look.attempt ?? (look.outcome === 'not-reached' ? ((await plannedCheck(tx, recordId))?.nextAttempt ?? 1) : 1),
    evidence: look.evidence ?? [],
    underSoleOption: state?.isSoleOption ?? false,
    ...(look.observed === undefined ? {} : { observed: look.observed }),
    ...(look.note === undefined ? {} : { note: look.note }),
    ...(look.supersedes === undefined ? {} : { supersedes: look.supersedes }),
    ...(look.proposalId === undefined ? {} : { proposalId: look.proposalId }),
  });
  const opens = seen.outcome === 'confirmed-changed' && by.kind === 'person' && seen.proposalId === undefined;
  const proposal = opens ? await draftIn(door, draftOf(record.id, entry, seen)) : undefined;
  const event = proposal ? { ...seen, proposalId: proposal.id } : seen;
  await insertVerification(tx, event, now);
  await audit('verification.record', `entry:${recordId}`, {
    eventId: event.id,
    eventHash: contentHash(event),
    revision: event.revision,
    method: event.method,
    outcome: event.outcome,
    paths: event.paths,
    ...(event.proposalId === undefined ? {} : { proposalId: event.proposalId }),
  });
  if (event.outcome === 'not-reached') await planNextAttempt(tx, recordId, event.attempt, now);
  const standing = await projectStanding(tx, recordId);
  if (!standing) throw new Error(`Entry ${recordId} vanished while it was verified`);
  // Nothing of it is due any more.
  if (Date.parse(standing.dueAt) > Date.parse(now)) await settleWork(tx, recordId);
  return { event, standing, ...(proposal ? { proposal: { id: proposal.id } } : {}) };
}

/** @throws Problem as `recordVerification`: whether this can be said of the record as it stands */
export async function refuseUnfit(
  read: Reader,
  record: DirectoryRecord<'entry'>,
  look: Look,
  now: string,
): Promise<void> {
  const { doc: entry } = record;
  if (record.state === 'retired') throw new Problem(refuse('record-not-active'));
  if (record.revision !== look.revision) throw new Problem(refuse('stale-revision'));
  const unknown = unknownFacts(entry, look.paths);
  if (unknown.length > 0) {
    throw new Problem(
      refuse(
        'fact-unknown',
        undefined,
        unknown.map((path) => ({ path, message: 'There is no such fact' })),
      ),
    );
  }
  const { method, paths } = look;
  const testsArranged = (await agreementWith(read, entry.organisation))?.testsArranged ?? false;
  orThrow(methodRefusal({ entry, paths, method, testsArranged }));
  refuseUnclear(entry, look);
  if (look.performedAt !== undefined && Date.parse(look.performedAt) > Date.parse(now)) {
    throw invalid('/performedAt', 'This lies in the future');
  }
  await refuseUnfitCorrection(read, record.id, look.supersedes);
}

/** What was seen must say something, about what was looked at, that the entry does not say already. */
function refuseUnclear(entry: Entry, { outcome, paths, observed = {} }: Look): void {
  const seen = Object.entries(observed);
  if (outcome === 'confirmed-changed' && seen.length === 0) throw new Problem(refuse('observed-missing'));
  if (outcome === 'confirmed' && seen.length > 0) {
    throw invalid('/observed', 'Where something else was seen the outcome is confirmed-changed or contradicted');
  }
  for (const [at, value] of seen) {
    if (!paths.some((path) => isAtOrBelow(at, path))) throw invalid(`/observed${at}`, 'Name this among the paths too');
    if (sameValue(factAt(entry, at) ?? null, value ?? null))
      throw invalid(`/observed${at}`, 'This is what stands there');
  }
}

async function refuseUnfitCorrection(read: Reader, recordId: string, supersedes: string | undefined): Promise<void> {
  if (supersedes === undefined) return;
  const events = (await verificationsOf(read, recordId)).map(({ event }) => event);
  if (!events.some(({ id }) => id === supersedes)) throw invalid('/supersedes', 'There is no such event of this entry');
  if (events.some((event) => event.supersedes === supersedes)) {
    throw invalid('/supersedes', 'This event was corrected already: correct the newer one');
  }
}

function invalid(path: string, message: string): Problem {
  return new Problem(refuse('input-invalid', undefined, [{ path, message }]));
}

/** The entry as it was seen, with where it was seen beside the values it speaks for. */
function draftOf(recordId: string, entry: Entry, { observed = {}, evidence, performedAt, note }: VerificationEvent) {
  let doc: unknown = entry;
  // Values of events are JSON: they came as JSON.
  for (const [path, value] of Object.entries(observed)) doc = withFact(doc, path, (value ?? null) as Json);
  const paths = Object.keys(observed);
  const taken = new Set(entry.evidence.map(({ id }) => id));
  const attached = evidence.map((one) => {
    const id = freeId(one.id, taken);
    taken.add(id);
    const speaksFor = one.supports.filter((path) => paths.some((changed) => coversPath(path, changed)));
    return {
      ...one,
      id,
      capturedAt: one.capturedAt ?? performedAt,
      supports: speaksFor.length > 0 ? one.supports : [...one.supports, ...paths],
    };
  });
  return {
    kind: 'update' as const,
    recordType: 'entry' as const,
    recordId,
    doc: { ...(doc as Entry), evidence: [...entry.evidence, ...attached] },
    summary: note === undefined || note === '' ? 'Seen to be different when it was checked' : note.slice(0, 500),
  };
}
