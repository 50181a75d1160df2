import type { Context, NamedAdminRequest } from '@waymark/store';
import { requestPolicyChange } from '../policies/request.ts';
import { requestUserChange } from '../users/request.ts';
import type { AdminRequestInput } from './input.ts';

/** Asks a second admin for something. @throws Problem as `requestUserChange` and `requestPolicyChange` */
export function createAdminRequest(ctx: Context, input: AdminRequestInput): Promise<NamedAdminRequest> {
  return input.kind === 'policy.change' ? requestPolicyChange(ctx, input.payload) : requestUserChange(ctx, input);
}
