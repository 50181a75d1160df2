import { describe, expect, it } from 'vitest';
import { confirmRefusal, refuseRefusal } from './requestRule.ts';

const admin = { id: 'one', permissions: ['user.administer', 'policy.administer'] as const };
const asked = (by: string, state: 'open' | 'confirmed' = 'open') => ({
  kind: 'user.create' as const,
  state,
  requestedBy: by,
});
const person = { id: admin.id, permissions: [...admin.permissions] };

describe('the request of an admin', () => {
  it('is not confirmed by who asked', () =>
    expect(confirmRefusal(person, asked('one'))?.code).toBe('second-person-needed'));
  it('is confirmed by another admin', () => expect(confirmRefusal(person, asked('two'))).toBeNull());
  it('is not confirmed by somebody who is no admin', () =>
    expect(confirmRefusal({ id: 'three', permissions: [] }, asked('two'))?.code).toBe('not-permitted'));
  it('is not decided twice', () => {
    expect(confirmRefusal(person, asked('two', 'confirmed'))?.code).toBe('request-closed');
    expect(refuseRefusal(person, asked('two', 'confirmed'))?.code).toBe('request-closed');
  });
  it('can be taken back by who asked', () => expect(refuseRefusal(person, asked('one'))).toBeNull());
});
