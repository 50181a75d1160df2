import { describe, expect, it } from 'vitest';
import {
  approvalsFor,
  approvalsMissing,
  editRefusal,
  reviewRefusal,
  submitRefusal,
  withdrawRefusal,
  type ProposalFacts,
} from './proposal.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { isPermitted, PERMISSIONS, Role, type Actor } from './role.ts';

const person = (id: string, ...roles: Role[]): Actor => ({ id, name: id, roles, status: 'active' });
const proposal = (more: Partial<ProposalFacts> = {}): ProposalFacts => ({
  state: 'in-review',
  contentHash: 'h1',
  contributorIds: ['author', 'helper'],
  approverIds: [],
  requiredApprovals: 2,
  conflictCount: 0,
  ...more,
});
const approve = { decision: 'approve', seenHash: 'h1' } as const;

describe('who may review', () => {
  it('lets a reviewer who touched nothing approve', () => {
    expect(reviewRefusal(proposal(), person('r', 'reviewer'), approve)).toBeUndefined();
  });
  it.each(['author', 'helper'])('refuses %s, who contributed, whatever roles they hold', (id) => {
    expect(reviewRefusal(proposal(), person(id, 'reviewer', 'admin', 'publisher'), approve)?.code).toBe(
      'own-contribution',
    );
  });
  it('refuses an admin without the part of reviewer: there is no bypass', () => {
    expect(reviewRefusal(proposal(), person('a', 'admin'), approve)?.code).toBe('not-permitted');
  });
  it('refuses a disabled reviewer', () => {
    expect(reviewRefusal(proposal(), { ...person('r', 'reviewer'), status: 'disabled' }, approve)?.code).toBe(
      'not-permitted',
    );
  });
  it('refuses content other than what was seen', () => {
    expect(reviewRefusal(proposal({ contentHash: 'h2' }), person('r', 'reviewer'), approve)?.code).toBe(
      'stale-content',
    );
  });
  it('counts a person once', () => {
    expect(reviewRefusal(proposal({ approverIds: ['r'] }), person('r', 'reviewer'), approve)?.code).toBe(
      'already-approved',
    );
  });
  it('refuses to approve while a conflict is undecided, but lets it be sent back', () => {
    const conflicted = proposal({ conflictCount: 1 });
    expect(reviewRefusal(conflicted, person('r', 'reviewer'), approve)?.code).toBe('stale-base');
    expect(
      reviewRefusal(conflicted, person('r', 'reviewer'), {
        decision: 'request-changes',
        seenHash: 'h1',
        comment: 'choose',
      }),
    ).toBeUndefined();
  });
  it.each(['request-changes', 'decline'] as const)('wants a reason for %s', (decision) => {
    expect(reviewRefusal(proposal(), person('r', 'reviewer'), { decision, seenHash: 'h1', comment: '  ' })?.code).toBe(
      'comment-required',
    );
  });
  it.each(['draft', 'changes-requested'] as const)('refuses a proposal in state %s', (state) => {
    expect(reviewRefusal(proposal({ state }), person('r', 'reviewer'), approve)?.code).toBe('not-in-review');
  });
  it.each(['applied', 'declined', 'withdrawn'] as const)('refuses a proposal that is %s', (state) => {
    expect(reviewRefusal(proposal({ state }), person('r', 'reviewer'), approve)?.code).toBe('proposal-closed');
  });
});

describe('who may edit, submit and withdraw', () => {
  const content = { kind: 'update', problems: [], changeCount: 1, unsupportedPaths: [] } as const;

  it('lets any curator edit while it is open, nobody after', () => {
    expect(editRefusal({ state: 'in-review' }, person('c', 'curator'))).toBeUndefined();
    expect(editRefusal({ state: 'applied' }, person('c', 'curator'))?.code).toBe('proposal-closed');
    expect(editRefusal({ state: 'draft' }, person('r', 'reviewer'))?.code).toBe('not-permitted');
  });
  it('lets a whole draft go to review and names what is missing otherwise', () => {
    const draft = { state: 'draft', conflictCount: 0 } as const;
    const curator = person('c', 'curator');
    expect(submitRefusal(draft, curator, content)).toBeUndefined();
    expect(submitRefusal(draft, curator, { ...content, problems: [{ path: '/kind', message: 'x' }] })?.errors).toEqual([
      { path: '/kind', message: 'x' },
    ]);
    expect(submitRefusal(draft, curator, { ...content, unsupportedPaths: ['/channels/tel/value'] })?.code).toBe(
      'evidence-missing',
    );
    expect(submitRefusal(draft, curator, { ...content, changeCount: 0 })?.code).toBe('nothing-changed');
    expect(submitRefusal({ ...draft, conflictCount: 2 }, curator, content)?.code).toBe('stale-base');
    expect(submitRefusal({ ...draft, state: 'in-review' }, curator, content)?.code).toBe('not-a-draft');
  });
  it('lets only a contributor take it back', () => {
    expect(withdrawRefusal(proposal(), person('helper', 'curator'))).toBeUndefined();
    expect(withdrawRefusal(proposal(), person('other', 'curator'))?.code).toBe('not-a-contributor');
  });
});

describe('how many approvals', () => {
  it('counts different people', () => {
    expect(approvalsMissing({ approverIds: ['a', 'a'], requiredApprovals: 2 })).toBe(1);
    expect(approvalsMissing({ approverIds: ['a', 'b'], requiredApprovals: 2 })).toBe(0);
  });
  it('takes two for R3 and one below, by default', () => {
    expect((['R0', 'R1', 'R2', 'R3'] as const).map((risk) => approvalsFor(risk, DEFAULT_POLICY))).toEqual([1, 1, 1, 2]);
  });
});

describe('roles', () => {
  it('grant nothing that is not listed, and nothing at all to somebody without a role', () => {
    for (const permission of Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[]) {
      expect(isPermitted(person('nobody'), permission)).toBe(false);
      for (const role of Role.options) {
        expect(isPermitted(person('x', role), permission)).toBe(
          (PERMISSIONS[permission] as readonly Role[]).includes(role),
        );
      }
    }
  });
  it('do not let an admin write, review or publish', () => {
    for (const permission of ['proposal.write', 'proposal.review', 'snapshot.publish'] as const) {
      expect(isPermitted(person('a', 'admin'), permission)).toBe(false);
    }
  });
});
