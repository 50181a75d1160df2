import { auditProofDefect } from '../auditProof.ts';
import { differingRecords, LONGEST_LIST, newComparing, toDifference, type Comparison } from '../compare.ts';
import type { Manifest, RecordRef } from '../manifest.ts';
import type { Policy } from '../policy.ts';
import { signedDigest } from '../signedJson.ts';
import { digestWords } from '../signingRequest.ts';
import type { Difference } from '../snapshot.ts';
import { checkPrevious, lastOf, newPolicies, type PolicyShown, type PreviousTargets } from './compareWithMemory.ts';
import { readingDirectory, type ReadDirectory } from './directory.ts';
import { pureHash, type NewHash, type SnapshotFiles } from './files.ts';
import { checkForms, type FormTools } from './forms.ts';
import { inTurn } from './inTurn.ts';
import { checkGrowth } from './log.ts';
import { lookAt, type Looking } from './lookAt.ts';
import type { SignerMemory, SignersMemory } from './memory.ts';
import { checkRequest, daysUntil, readRequest, type ReadRequest } from './payload.ts';
import type { Contact } from './people.ts';
import { openApprovals, type Approvals } from './readApprovals.ts';
import { rememberedLines, rememberedTombstones } from './rememberedLines.ts';
import { newFindings, Refused, type Confirmations, type Findings, type SigningRefusal } from './refusal.ts';
import {
  checkKind,
  checkListed,
  checkOtherFiles,
  DIRECTORY,
  MANIFEST,
  openTarget,
  readManifest,
  TOMBSTONES,
} from './targets.ts';
import {
  checkKept,
  idsToProve,
  NO_TOMBSTONES,
  openLivingCheck,
  readTombstones,
  type Owed,
  type Tombstones,
} from './tombstones.ts';

export type ReviewInput = {
  /** `request.json`, parsed from JSON. */
  request: unknown;
  files: SnapshotFiles;
  /** Lines of `approvals.ndjson`; null when there is none. */
  approvals: AsyncIterable<string> | null;
  /** `previous.targets.json`, the metadata that the request follows; null when there is none. */
  previousTargets: PreviousTargets | null;
  /** `previous.changelog.json`, the changelog that the news go on from; null when there is none. */
  previousChangelog: string | null;
  memory: SignersMemory;
  now: Date;
  confirmations: Confirmations;
  newHash?: NewHash;
} & FormTools;

/** What a signer is shown and told. Nobody signs while `refusals` holds anything. */
export type SnapshotReview = {
  refusals: SigningRefusal[];
  /** Of the payload as it was read here, and the six words to compare by voice; null when it could not be read. */
  digest: string | null;
  words: string[];
  version: number | null;
  sequence: number | null;
  expires: string | null;
  daysLeft: number | null;
  /** The snapshot of this machine's memory that it was compared with; null when there was none. */
  comparedWith: { sequence: number; verifiedAt: string } | null;
  counts: Manifest['counts'] | null;
  difference: Difference | null;
  /** Contacts, in full, of records that are new to clients. */
  contacts: (RecordRef & { contacts: Contact[] })[];
  /** Records that lead to hosts they did not lead to before. */
  hosts: (RecordRef & { hosts: string[] })[];
  delegations: { before: unknown; after: unknown } | null;
  policies: PolicyShown[];
  /** Files that were only measured: in a browser the forms that the command line makes again, on the first day what builds on days before. */
  unproven: string[];
  notes: string[];
  /** What this machine remembers once the signer accepts; null while anything speaks against it. */
  memory: SignerMemory | null;
  /** The payload to sign, as it was read here; null while anything speaks against it. */
  signed: Record<string, unknown> | null;
};

type Found = Pick<SnapshotReview, 'contacts' | 'hosts' | 'policies' | 'unproven' | 'notes' | 'delegations'> & {
  comparison: Comparison | null;
  manifest: Manifest | null;
  last: SignerMemory | undefined;
  policiesToRemember: Record<string, Policy>;
};

/**
 * Looks at a snapshot as its signer has to, on the signer's own machine (SNAPSHOTS §4.2): recomputes every hash, compares
 * with the last snapshot that this machine verified, and checks approvals and the audit log by proofs. No I/O of its own,
 * no trust in who sent the files: the command line and the browser run the same lines.
 * @returns everything that speaks against signing, and the difference as a person reads it. Never throws for bad input
 */
export async function reviewSnapshot(input: ReviewInput): Promise<SnapshotReview> {
  const findings = newFindings(input.confirmations);
  const found: Found = {
    contacts: [],
    hosts: [],
    policies: [],
    unproven: [],
    notes: [],
    delegations: null,
    comparison: null,
    manifest: null,
    last: undefined,
    policiesToRemember: {},
  };
  let read: ReadRequest | undefined;
  try {
    read = readRequest(input.request);
    await look(input, read, found, findings);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    findings.refuse(error.code, error.message);
  }
  return toReview(input, read, found, findings.end());
}

function toReview(
  { now }: ReviewInput,
  read: ReadRequest | undefined,
  found: Found,
  refusals: SigningRefusal[],
): SnapshotReview {
  const { comparison, manifest, last, policiesToRemember, ...shown } = found;
  const isSound = refusals.length === 0;
  return {
    ...shown,
    refusals,
    digest: read?.digest ?? null,
    words: read ? digestWords(read.digest) : [],
    version: read?.payload.version ?? null,
    sequence: manifest?.sequence ?? null,
    expires: read?.payload.expires ?? null,
    daysLeft: read ? daysUntil(read.payload.expires, now) : null,
    comparedWith: last ? { sequence: last.manifest.sequence, verifiedAt: last.verifiedAt } : null,
    counts: manifest?.counts ?? null,
    difference: comparison && manifest ? toDifference(comparison, new Set(manifest.changes.suspended)) : null,
    memory:
      isSound && read && manifest
        ? memoryOf(read.payload, manifest, { now, published: false, policies: policiesToRemember })
        : null,
    signed: isSound && read ? read.request.signed : null,
  };
}

/** What a machine remembers of a snapshot that it verified. @param payload the `signed` part of its targets metadata */
export function memoryOf(
  payload: { version: number; targets: unknown; delegations?: unknown },
  manifest: Manifest,
  { now, published, policies }: { now: Date; published: boolean; policies: Record<string, Policy> },
): SignerMemory {
  return {
    format: 1,
    verifiedAt: now.toISOString(),
    published,
    targets: { version: payload.version, digest: signedDigest(payload.targets) },
    delegations: payload.delegations ?? null,
    manifest,
    policies,
  };
}

async function look(input: ReviewInput, read: ReadRequest, found: Found, findings: Findings): Promise<void> {
  const { files, memory, now, newHash = pureHash } = input;
  const context = { payload: read.payload, files, newHash, findings };
  checkRequest(read, now, findings);
  const manifest = await readManifest(context);
  found.manifest = manifest;
  checkKind(manifest, findings);
  checkListed(read.payload, manifest, findings);
  const last = lastOf(memory, read, manifest, findings);
  found.last = last;
  Object.assign(found, checkPrevious(input.previousTargets, read, memory, last, findings));
  const approvals = input.approvals ? await openApprovals(input.approvals) : undefined;
  if (approvals) checkApprovals(approvals, manifest, memory, found, findings);
  else findings.refuse('approvals-missing', 'The bundle holds no approvals.ndjson');

  const stoneFile = openTarget(TOMBSTONES, context);
  const stones = await readTombstones(stoneFile.lines());
  stoneFile.check();
  const contentDigest = read.payload.targets[DIRECTORY]?.hashes.sha256;
  if (manifest.contentDigest !== contentDigest)
    findings.refuse('content-digest-wrong', `The manifest says ${manifest.contentDigest}`);
  const { directory, owed } = await lookAtDirectory(memory, { manifest, last, stones, approvals, found }, context);
  checkCounts(manifest, { ...directory.counts, tombstones: stones.byKey.size }, findings);
  const living = openLivingCheck(stones, owed, findings);
  const comparison = last || manifest.previous === null ? (found.comparison ?? undefined) : undefined;
  const previous = input.previousChangelog;
  const facts = { manifest, directory, last, memory, comparison, living, previous };
  const { unproven, notes } = await checkForms(input, context, facts);
  living.end();
  found.unproven = unproven;
  found.notes.push(...notes, ...otherTerms(manifest, last));
  await checkOtherFiles(context, [MANIFEST, TOMBSTONES, DIRECTORY]);
}

function checkApprovals(
  { head, policies }: Approvals,
  manifest: Manifest,
  { snapshots }: SignersMemory,
  found: Found,
  findings: Findings,
): void {
  const { last } = found;
  const isOfThis =
    head.sequence === manifest.sequence &&
    head.head.size === manifest.audit.size &&
    head.head.root === manifest.audit.root;
  if (!isOfThis)
    findings.refuse('approvals-missing', `They are for snapshot ${head.sequence}, or for another head of the log`);
  // Also of snapshots that were signed here since and never went out; older ones were compared when the last one was.
  const heads = snapshots
    .filter(({ manifest: { sequence } }) => last && sequence >= last.manifest.sequence)
    .map(({ manifest: { audit } }) => audit);
  checkGrowth({ ...head, head: manifest.audit }, heads, findings);
  if (!policies.has(manifest.policy.version))
    findings.refuse('policy-unknown', `Policy ${manifest.policy.version} is in force`);
  const defect = auditProofDefect(manifest.auditProof, manifest);
  if (defect !== undefined) findings.refuse('content-not-in-log', defect);
  const known = last?.policies ?? {};
  found.policies = newPolicies(policies, known, findings);
  found.policiesToRemember = { ...known, ...Object.fromEntries(policies) };
}

type Facts = {
  manifest: Manifest;
  last: SignerMemory | undefined;
  stones: Tombstones;
  approvals: Approvals | undefined;
  found: Found;
};

async function lookAtDirectory(
  memory: SignersMemory,
  { manifest, last, stones, approvals, found }: Facts,
  context: Parameters<typeof openTarget>[1],
): Promise<{ directory: ReadDirectory; owed: Owed[] }> {
  const { findings, newHash } = context;
  const stonesBefore = last ? await rememberedTombstones(memory, last, newHash) : NO_TOMBSTONES;
  const file = openTarget(DIRECTORY, context);
  const reading = readingDirectory(file.lines(), { schema: manifest.schemaVersion, newHash, findings });
  const comparing = newComparing();
  // On the first day the tombstones of days before have to be believed, as the records have.
  const isComplete = last !== undefined || manifest.previous === null;
  const toProve = isComplete ? idsToProve(stonesBefore, stones) : [];
  const looking: Looking = {
    manifest,
    stones,
    stonesBefore,
    toProve: new Set(toProve),
    approvals,
    findings,
    isFirstUse: last === undefined,
    judged: new Set(),
    owed: [],
  };
  const before = last ? rememberedLines(memory, last, newHash) : nothing();
  for await (const turn of inTurn(differingRecords(before, reading.lines()), toProve)) {
    if (turn.pair) comparing.add(turn.pair);
    const { contacts, hosts } = await lookAt(turn, looking);
    if (contacts && found.contacts.length < LONGEST_LIST) found.contacts.push(contacts);
    if (hosts) found.hosts.push(hosts);
  }
  file.check();
  const directory = reading.end();
  const comparison = comparing.end(directory.tally, directory.counts.entries);
  found.comparison = comparison;
  if (last) {
    checkChanges(manifest, comparison, findings);
    checkDrop(last.manifest, manifest, findings);
  }
  const kept = checkKept(stonesBefore, stones, looking.judged, findings);
  return { directory, owed: [...looking.owed, ...kept] };
}

async function* nothing(): AsyncGenerator<string> {}

/** What apps may do with the directory, and whom they name, is a setting of the server. */
function otherTerms({ licence, attribution }: Manifest, last: SignerMemory | undefined): string[] {
  if (!last) return [];
  return Object.entries({ licence, attribution })
    .filter(([what, says]) => last.manifest[what as 'licence' | 'attribution'] !== says)
    .map(([what, says]) => `Its ${what} is another than before: ${says ?? 'none'}`);
}

/** Whether the manifest tells readers of the changes there are, all of them and no others. */
function checkChanges({ changes }: Manifest, { added, changed, removed }: Comparison, findings: Findings): void {
  for (const [way, records] of [
    ['added', added],
    ['changed', changed],
  ] as const) {
    const ids = new Set(records.map(({ id }) => id));
    const isSame = ids.size === changes[way].length && changes[way].every((id) => ids.has(id));
    if (!isSame) findings.refuse('changes-wrong', `It names ${changes[way].length} as ${way}, and ${ids.size} are`);
  }
  const gone = new Set(removed.map(({ id }) => id));
  for (const way of ['retired', 'withdrawn'] as const)
    for (const id of changes[way])
      if (!gone.has(id))
        findings.refuse('changes-wrong', `It names ${id} as ${way}, which clients did not have or keep`);
}

/** SNAPSHOTS §4.2: more than 5 % fewer. */
function checkDrop({ counts: before }: Manifest, { counts: after }: Manifest, findings: Findings): void {
  for (const what of ['entries', 'channels'] as const) {
    if (after[what] * 100 >= before[what] * 95) continue;
    const value = `${what} ${before[what]}-${after[what]}`;
    findings.refuse('count-drop', `${what}: ${before[what]} before, ${after[what]} after`, { kind: 'drop', value });
  }
}

function checkCounts({ counts }: Manifest, found: Omit<Manifest['counts'], 'withheld'>, findings: Findings): void {
  for (const [what, n] of Object.entries(found)) {
    const said = counts[what as keyof typeof found];
    if (said !== n) findings.refuse('counts-wrong', `The manifest says ${said} ${what}, the files hold ${n}`);
  }
}
