import { keyidOf, keyOwnersOf, urgentKeysOf, type UrgentDelegation } from '@waymark/tuf';
import type { Publishing } from '../snapshots/publishing.ts';

/**
 * Whom the next snapshot trusts to withdraw at once: the key of a demo, or the people the signing policy names.
 * @returns undefined where nothing says so, so that what is published stays; null where the policy has no such lane
 */
export function dutyDelegation({
  dutyKey,
  policy,
}: Pick<Publishing, 'dutyKey' | 'policy'>): UrgentDelegation | null | undefined {
  if (dutyKey) return { keys: [dutyKey.publicKey] };
  if (!policy) return undefined;
  const duty = urgentKeysOf(policy);
  if (!duty) return null;
  const all = keyOwnersOf(policy);
  const owners = Object.fromEntries(duty.keys.map(keyidOf).flatMap((id) => (all[id] ? [[id, all[id]]] : [])));
  return { ...duty, owners };
}
