import { randomBytes } from 'node:crypto';
import { refuse } from '@waymark/domain';
import {
  change,
  decideAdminRequest,
  findAdminRequest,
  orThrow,
  Problem,
  sha256Hex,
  type AdminRequestRow,
  type Context,
  type NamedAdminRequest,
} from '@waymark/store';
import { applyPolicyChange } from '../policies/confirm.ts';
import { applyUserChange } from '../users/confirm.ts';
import { erasePerson } from '../users/erase.ts';
import { AdminRequestInput } from './input.ts';
import { confirmRefusal } from './rule.ts';

export type ConfirmedRequest = {
  request: NamedAdminRequest;
  /** Token of the one-time link for the person, for a new person or a reset. Kept nowhere: shown now or never. */
  token?: string;
};

/**
 * Does what another admin asked for, in one transaction with the decision.
 * @throws Problem `not-found`, `not-permitted`, `request-closed`, `second-person-needed`, and why it cannot be done any more
 */
export async function confirmAdminRequest(ctx: Context, id: string): Promise<ConfirmedRequest> {
  const token = randomBytes(32).toString('base64url');
  // Without the idempotency key: its row would keep the token. A repeated call is told `request-closed`.
  return change({ ...ctx, idempotency: undefined }, 'user.administer', async (change) => {
    const { tx, actor, audit, now } = change;
    const request = await findAdminRequest(tx, id);
    if (!request) throw new Problem(refuse('not-found'));
    orThrow(confirmRefusal(request, actor));
    if (!(await decideAdminRequest(tx, id, { state: 'confirmed', decidedBy: actor.id, decidedAt: now }))) {
      throw new Problem(refuse('request-closed'));
    }
    const input = toInput(request);
    let isLinkGiven = false;
    if (input.kind === 'policy.change') {
      const version = await applyPolicyChange(tx, request, now);
      await audit('policy.confirm', `policy:${version}`, { request: id, policy: input.payload });
    } else {
      isLinkGiven = await applyUserChange(tx, input, request.subject, { tokenHash: sha256Hex(token), now });
      await audit('user.confirm', `user:${request.subject}`, {
        request: id,
        kind: input.kind,
        payload: input.payload ?? {},
      });
      if (input.kind === 'user.erase') await erasePerson(change, request.subject);
    }
    const decided = (await findAdminRequest(tx, id))!; // Never deleted.
    return isLinkGiven ? { request: decided, token } : { request: decided };
  });
}

/** A stored request as it was asked. */
function toInput({ kind, subject, payload }: AdminRequestRow): AdminRequestInput {
  return AdminRequestInput.parse(
    kind === 'user.create' || kind === 'policy.change' ? { kind, payload } : { kind, subject, payload },
  );
}
