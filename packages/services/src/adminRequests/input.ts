import { z } from 'zod';
import { Id, plainText, Policy, Role } from '@waymark/domain';
import { AccountEmail } from '../users/email.ts';

const Roles = z
  .array(Role)
  .min(1)
  .max(4)
  .refine((roles) => new Set(roles).size === roles.length, { error: 'Name each role once' });

export const NewUser = z
  .strictObject({ name: plainText({ max: 120 }), email: AccountEmail, roles: Roles })
  .meta({ id: 'NewUser' });
export const NewRoles = z.strictObject({ roles: Roles }).meta({ id: 'NewRoles' });
const Nothing = z.strictObject({});

/** What one admin may ask and a second must confirm (DESIGN §4.4, SECURITY A-07). */
export const AdminRequestInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('user.create'), payload: NewUser }),
    z.strictObject({ kind: z.literal('user.roles'), subject: Id, payload: NewRoles }),
    z.strictObject({ kind: z.literal('user.reset'), subject: Id, payload: Nothing.optional() }),
    z.strictObject({ kind: z.literal('user.enable'), subject: Id, payload: Nothing.optional() }),
    z.strictObject({ kind: z.literal('user.erase'), subject: Id, payload: Nothing.optional() }),
    z.strictObject({ kind: z.literal('policy.change'), payload: Policy }),
  ])
  .meta({ id: 'AdminRequestInput' });
export type AdminRequestInput = z.infer<typeof AdminRequestInput>;
export type UserRequestInput = Exclude<AdminRequestInput, { kind: 'policy.change' }>;
