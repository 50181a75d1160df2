import { Policy } from '@waymark/domain';
import { currentPolicy, insertPolicy, type AdminRequestRow, type Writer } from '@waymark/store';

/** Puts the policy two admins agreed on in force, as a new version, inside the confirming transaction. @returns the version */
export async function applyPolicyChange(tx: Writer, request: AdminRequestRow, now: string): Promise<number> {
  const current = await currentPolicy(tx);
  const version = current.version + 1;
  await insertPolicy(tx, { version, doc: Policy.parse(request.payload), since: now, requestId: request.id });
  return version;
}
