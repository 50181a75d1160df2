import { canonicalJson, UrgentReason, type PublishedRecord, type UrgentWithdrawal } from '@waymark/domain';
import { standingSuspensions, type Reader } from '@waymark/store';
import { currentSnapshot, linesOf, targetFile, type CurrentSnapshot } from '../snapshots/tree.ts';

/**
 * What may not be shown at this moment, of the entries that clients have: code, id and time alone, sorted by id. What a
 * patch took out stays named until a whole snapshot, for whoever has not followed yet.
 * @throws Problem storage-failed
 */
export async function withdrawnNow(read: Reader, repoDir: string): Promise<UrgentWithdrawal[]> {
  const suspended = new Map<string, UrgentWithdrawal>();
  for (const { recordId: id, reason, at: since } of await standingSuspensions(read))
    if (!suspended.has(id)) suspended.set(id, { id, reason: codeOf(reason), since });
  if (suspended.size === 0) return [];
  const current = await currentSnapshot(repoDir);
  const known = current ? await idsKnown(repoDir, current) : new Set<string>();
  return [...suspended.values()].filter(({ id }) => known.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether two lists say the same. */
export function isSameList(a: readonly UrgentWithdrawal[], b: readonly UrgentWithdrawal[]): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

// The note stays inside: it could help whoever hijacked a number.
function codeOf(reason: string): UrgentReason {
  return UrgentReason.safeParse(reason.split(':')[0]).data ?? 'other';
}

async function idsKnown(repoDir: string, { manifest }: CurrentSnapshot): Promise<Set<string>> {
  const ids = new Set(manifest.kind === 'patch' ? manifest.changes.suspended : []);
  const { contentDigest } = manifest;
  for await (const line of linesOf(targetFile(repoDir, 'v1/directory.ndjson', contentDigest), contentDigest))
    ids.add((JSON.parse(line) as PublishedRecord).id); // We wrote it, and its hash is looked at in the end.
  return ids;
}
