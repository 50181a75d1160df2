import type { RepositoryStatus } from '@waymark/tuf';
import { signsByPeople, type Publishing } from './publishing.ts';

/** What of publishing needs a person, though nothing of it stops by itself. */
export type PublishingWarning = {
  code: 'versions-far-ahead' | 'root-not-taken' | 'no-urgent-lane';
  /** The reason as the program gave it; null where the code says all. */
  detail: string | null;
  /** What to type on the server, in this order. */
  commands: string[];
};

/**
 * What an administrator should hear of beside the dates.
 * @param status undefined before the first root
 */
export function publishingWarnings(
  publishing: Pick<Publishing, 'keys' | 'online' | 'notTaken' | 'repoDir' | 'policy'>,
  status: Pick<RepositoryStatus, 'forwardedTo' | 'roles'> | undefined,
): PublishingWarning[] {
  const { notTaken, policy, repoDir } = publishing;
  const propose = `waymark root propose signing-policy.json --tree ${repoDir} --out FOLDER`;
  const warnings: PublishingWarning[] = [];
  if (status?.forwardedTo !== undefined)
    warnings.push({
      code: 'versions-far-ahead',
      detail: String(status.forwardedTo),
      commands: ['waymark keys online --next', propose, 'waymark root publish FILE --old-keys-lost'],
    });
  if (notTaken !== null)
    warnings.push({ code: 'root-not-taken', detail: notTaken, commands: ['waymark root show', 'waymark keys online'] });
  if (signsByPeople(publishing) && !hasLane(status, policy))
    warnings.push({
      code: 'no-urgent-lane',
      detail: null,
      commands: ['waymark keys new NAME-duty'],
    });
  return warnings;
}

// Before the first snapshot nothing delegates; then it is the policy that will.
function hasLane(status: Pick<RepositoryStatus, 'roles'> | undefined, policy: Publishing['policy']): boolean {
  return status?.roles.urgent !== undefined || (status?.roles.targets.version === 0 && policy?.urgent !== undefined);
}
