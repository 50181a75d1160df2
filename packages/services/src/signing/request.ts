import { join } from 'node:path';
import { refuse, type Manifest, type SigningRequest } from '@waymark/domain';
import {
  findSigningRequest,
  Problem,
  signaturesOf,
  voidSigningRequest,
  type Change,
  type Reader,
  type SignatureRow,
  type SigningRequestRow,
  type SnapshotRecord,
} from '@waymark/store';
import { checkSignature, targetsRequest, TufProblem } from '@waymark/tuf';
import { signsByPeople, type Publishing } from '../snapshots/publishing.ts';
import { refusalOf } from '../snapshots/refusal.ts';
import { stagedFacts } from '../snapshots/stage.ts';
import { currentSnapshot } from '../snapshots/tree.ts';
import { dutyDelegation } from '../urgent/delegation.ts';
import { targetsSigners, type TargetsSigners } from './signers.ts';

/**
 * What people are asked to sign of a snapshot whose files lie in staging.
 * @returns undefined where the server signs by itself, and while publishing is off
 * @throws Problem publishing-off, storage-failed
 */
export async function requestFor(
  publishing: Publishing,
  manifest: Manifest,
  now: Date,
): Promise<SigningRequest | undefined> {
  if (!signsByPeople(publishing)) return undefined;
  const { repoDir: dir, calendar } = publishing;
  try {
    const delegations = dutyDelegation(publishing);
    const files = stagedFacts(manifest);
    return await targetsRequest({
      dir,
      files,
      ...(delegations === undefined ? {} : { delegations }),
      now,
      calendar,
    });
  } catch (error) {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  }
}

/** Makes a request void, with the signatures it got, where there is one. In the transaction of what changed. */
export async function voidRequest(
  { tx, now, audit }: Pick<Change, 'tx' | 'now' | 'audit'>,
  sequence: number,
  because: string,
): Promise<void> {
  const row = await voidSigningRequest(tx, sequence, now, because);
  if (!row) return;
  const { version, digest } = row;
  const signed = (await signaturesOf(tx, sequence)).map(({ keyid }) => keyid);
  await audit('snapshot.void', `snapshot:${sequence}`, { version, digest, because, signed });
}

/** A request, who has signed it so that it counts, and how many more are needed. */
export type Signing = {
  row: SigningRequestRow;
  signers: TargetsSigners;
  signed: SignatureRow[];
  missing: number;
};

/**
 * Looks at the signatures of a prepared snapshot, each verified again: a root that came since may have taken a key away.
 * @returns undefined when nobody was asked to sign it
 */
export async function signingOf(
  read: Reader,
  publishing: Pick<Publishing, 'repoDir'>,
  { sequence }: Pick<SnapshotRecord, 'sequence'>,
  now: Date,
): Promise<Signing | undefined> {
  const row = await findSigningRequest(read, sequence);
  const signers = row && (await targetsSigners(publishing, now));
  if (!row || !signers) return undefined;
  const all = await signaturesOf(read, sequence);
  const signed = all.filter(({ signature }) => checkSignature(row.request, signature, signers.keys) === undefined);
  return { row, signers, signed, missing: Math.max(0, signers.threshold - signed.length) };
}

/**
 * How many have yet to sign a snapshot; none where the server signs by itself.
 */
export async function signaturesMissing(
  read: Reader,
  publishing: Publishing,
  row: SnapshotRecord,
  now: Date,
): Promise<number> {
  if (!signsByPeople(publishing) || row.state !== 'prepared') return 0;
  const signing = await signingOf(read, publishing, row, now);
  if (signing) return signing.missing;
  return (await targetsSigners(publishing, now))?.threshold ?? 0;
}

/**
 * Why a request is void, in words; undefined while it stands.
 * @param outdated the directory or the policy moved since
 */
export async function voidReason(
  { row }: Pick<Signing, 'row'>,
  { repoDir }: Pick<Publishing, 'repoDir'>,
  outdated: boolean,
): Promise<string | undefined> {
  if (row.voidedBecause !== null) return row.voidedBecause;
  if (outdated) return 'The directory changed since';
  const current = await currentSnapshot(repoDir);
  const { previous } = row.request;
  const isNext = current
    ? previous?.version === current.targetsVersion && previous.sha256 === current.targetsSha256
    : previous === null;
  return isNext ? undefined : 'The published tree moved on since';
}

/** The request of a snapshot that stands. @throws Problem signing-request-void, not-found */
export async function standingRequest(
  read: Reader,
  publishing: Publishing,
  row: SnapshotRecord,
  { now, outdated }: { now: Date; outdated: boolean },
): Promise<Signing> {
  const signing = await signingOf(read, publishing, row, now);
  if (!signing) throw new Problem(refuse('not-found', 'Nobody is asked to sign this snapshot'));
  const because = await voidReason(signing, publishing, outdated);
  if (because !== undefined) throw new Problem(refuse('signing-request-void', because));
  return signing;
}

/** Where the proof of approvals of a prepared snapshot lies in its staging folder. */
export function approvalsIn(dir: string): string {
  return join(dir, 'approvals.ndjson');
}
