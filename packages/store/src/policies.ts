import { desc } from 'drizzle-orm';
import type { Policy, PolicyVersion } from '@waymark/domain';
import { prepared } from './prepared.ts';
import { policy } from './tables.ts';
import type { Reader, Writer } from './store.ts';

const newest = prepared((read: Reader) => read.select().from(policy).orderBy(desc(policy.version)).limit(1).prepare());

/** @throws Error before the instance was created */
export async function currentPolicy(read: Reader): Promise<PolicyVersion> {
  const [row] = await newest(read).execute();
  if (!row) throw new Error('This instance has no policy: it was never created');
  return { version: row.version, policy: row.doc, since: row.since };
}

/** Newest first. */
export async function listPolicies(read: Reader): Promise<(PolicyVersion & { requestId: string | null })[]> {
  const rows = await read.select().from(policy).orderBy(desc(policy.version));
  return rows.map((row) => ({ version: row.version, policy: row.doc, since: row.since, requestId: row.requestId }));
}

/** Versions are only added; the primary key refuses a number taken meanwhile. */
export async function insertPolicy(
  tx: Writer,
  row: { version: number; doc: Policy; since: string; requestId: string | null },
): Promise<void> {
  await tx.insert(policy).values(row).returning({ version: policy.version });
}
