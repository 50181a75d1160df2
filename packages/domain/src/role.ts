import { z } from 'zod';

/** Roles a person may hold, several at once; the rules look at the person (DESIGN §2). */
export const Role = z.enum(['curator', 'reviewer', 'publisher', 'admin']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** Who may do what, by role. Deny by default: what is not listed nobody may. */
export const PERMISSIONS = {
  'directory.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'entry.suspend': ['curator', 'reviewer', 'publisher', 'admin'],
  'proposal.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'proposal.write': ['curator'],
  'proposal.review': ['reviewer'],
  'proposal.comment': ['curator', 'reviewer', 'publisher', 'admin'],
  'verification.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'verification.write': ['curator', 'reviewer'],
  'work.assign': ['curator', 'reviewer', 'admin'],
  'outreach.write': ['curator'],
  'correction.read': ['curator', 'reviewer', 'admin'],
  'correction.decide': ['curator', 'reviewer'],
  'snapshot.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'snapshot.publish': ['publisher'],
  'consumer.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'consumer.administer': ['publisher', 'admin'],
  'audit.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'user.read': ['admin'],
  'user.administer': ['admin'],
  'policy.read': ['curator', 'reviewer', 'publisher', 'admin'],
  'policy.administer': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** A person as the rules see them: identity, roles and status as they stand in the database now. */
export type Actor = { id: string; name: string; roles: readonly Role[]; status: 'active' | 'disabled' | 'invited' };

/** @returns true when an active person holds a role that grants the permission. */
export function isPermitted(actor: Pick<Actor, 'roles' | 'status'>, permission: Permission): boolean {
  const granted: readonly Role[] = PERMISSIONS[permission];
  return actor.status === 'active' && actor.roles.some((role) => granted.includes(role));
}
