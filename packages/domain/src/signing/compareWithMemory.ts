import { canonicalJson } from '../hash.ts';
import type { Manifest } from '../manifest.ts';
import type { Policy } from '../policy.ts';
import { signedDigest } from '../signedJson.ts';
import { digestWords } from '../signingRequest.ts';
import type { SignerMemory, SignersMemory } from './memory.ts';
import type { ReadRequest } from './payload.ts';
import { Refused, type Findings } from './refusal.ts';

/** A policy this machine did not know, beside the newest that it knew. */
export type PolicyShown = { version: number; before: Policy | null; after: Policy };

/**
 * The snapshot of this machine's memory that the request builds on.
 * @returns undefined on a machine that has verified nothing, which a person has to answer for
 * @throws Refused when there is one, but none to compare with
 */
export function lastOf(
  { snapshots }: SignersMemory,
  { digest }: ReadRequest,
  manifest: Manifest,
  findings: Findings,
): SignerMemory | undefined {
  const { previous, sequence, contentDigest } = manifest;
  if (snapshots.length === 0) {
    const value = digestWords(digest).join(' ');
    findings.refuse('nothing-to-compare', 'Compare the six words with another signer who has', {
      kind: 'firstUse',
      value,
    });
    return undefined;
  }
  const numberOf = (memory: SignerMemory | undefined) => memory?.manifest.sequence ?? 0;
  const published = numberOf(snapshots.findLast((memory) => memory.published));
  const known = snapshots.find((memory) => numberOf(memory) === previous?.sequence);
  if (published > (previous?.sequence ?? 0))
    throw new Refused('sequence-back', `It builds on snapshot ${previous?.sequence ?? 0}, and ${published} is out`);
  if (!known)
    throw new Refused(
      'memory-behind',
      `It builds on snapshot ${previous?.sequence ?? 0}; this machine has verified ${snapshots.map(numberOf).join(', ')}`,
    );
  if (known.manifest.contentDigest !== previous?.contentDigest)
    throw new Refused('previous-differs', `Snapshot ${previous?.sequence} had another content`);
  const taken = snapshots.find((memory) => numberOf(memory) === sequence);
  if (sequence <= numberOf(known) || (taken && taken.manifest.contentDigest !== contentDigest))
    findings.refuse('sequence-back', `Number ${sequence} was used before`);
  return known;
}

/** `previous.targets.json` as it came with the request. */
export type PreviousTargets = { json: unknown; sha256: string };

/**
 * Whether the metadata follows what this machine verified, and trusts the same keys.
 * @returns delegations that are others than before, and what else a person should know
 */
export function checkPrevious(
  given: PreviousTargets | null,
  { request, payload, digest }: ReadRequest,
  { snapshots }: SignersMemory,
  last: SignerMemory | undefined,
  findings: Findings,
): { delegations: { before: unknown; after: unknown } | null; notes: string[] } {
  const { previous } = request;
  if (previous !== null && previous.version >= payload.version)
    findings.refuse('version-back', `It would be version ${payload.version} after ${previous.version}`);
  if (previous?.sha256 !== given?.sha256)
    findings.refuse('previous-differs', 'previous.targets.json is not the metadata that the request follows');
  if (last && !isOf(given, last))
    findings.refuse(
      'previous-differs',
      `The metadata before it lists other files than snapshot ${last.manifest.sequence} had`,
    );
  const newest = Math.max(0, ...snapshots.filter(({ published }) => published).map(({ targets }) => targets.version));
  if (newest >= payload.version)
    findings.refuse('version-back', `It would be version ${payload.version}, and this machine verified ${newest}`);
  const before = last?.delegations ?? null;
  const after = payload.delegations ?? null;
  const isSame = canonicalJson(before) === canonicalJson(after);
  if (!isSame)
    findings.refuse('delegations-changed', 'Look at who is trusted, and for which paths', {
      kind: 'delegations',
      value: signedDigest(after),
    });
  return { delegations: isSame ? null : { before, after }, notes: notesOn(snapshots, payload, digest) };
}

function isOf(given: PreviousTargets | null, { targets }: SignerMemory): boolean {
  const signed = (given?.json as { signed?: { version?: unknown; targets?: unknown } } | null)?.signed;
  // A new root may have had the same files signed again under a higher version.
  return (
    typeof signed?.version === 'number' &&
    signed.version >= targets.version &&
    signed.targets !== undefined &&
    signedDigest(signed.targets) === targets.digest
  );
}

function notesOn(snapshots: readonly SignerMemory[], payload: ReadRequest['payload'], digest: string): string[] {
  const twin = snapshots.find(
    ({ published, targets }) =>
      !published && targets.version === payload.version && targets.digest !== signedDigest(payload.targets),
  );
  if (!twin) return [];
  return [
    `You accepted version ${payload.version} before, with other content (snapshot ${twin.manifest.sequence}). Sign ${digestWords(digest).join(' ')} only if that one was taken back.`,
  ];
}

/**
 * Policies that this machine did not know, newest last. One that asks for fewer approvals than the newest known has to be
 * answered for; one that is another than it was under its number is a forgery.
 */
export function newPolicies(
  given: ReadonlyMap<number, Policy>,
  known: SignerMemory['policies'],
  findings: Findings,
): PolicyShown[] {
  const newest = Object.keys(known)
    .map(Number)
    .sort((a, b) => a - b)
    .at(-1);
  const before = newest === undefined ? null : (known[newest] ?? null);
  const shown: PolicyShown[] = [];
  for (const [version, after] of [...given].sort(([a], [b]) => a - b)) {
    const same = known[version];
    if (same && canonicalJson(same) !== canonicalJson(after))
      findings.refuse('policy-weaker', `Policy ${version} says something else than it did`);
    if (same) continue;
    shown.push({ version, before, after });
    if (before && asksLess(after, before))
      findings.refuse('policy-weaker', `Policy ${version}`, { kind: 'policies', value: String(version) });
  }
  return shown;
}

function asksLess({ approvals: after }: Policy, { approvals: before }: Policy): boolean {
  return (['R0', 'R1', 'R2', 'R3'] as const).some((risk) => after[risk] < before[risk]);
}
