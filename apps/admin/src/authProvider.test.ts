import { describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission } from '@waymark/domain';
import { mayOpen } from './authProvider.ts';
import { placeToReturn } from './session/placeToReturn.ts';

const of = (role: 'curator' | 'reviewer' | 'admin') =>
  (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
    (PERMISSIONS[permission] as readonly string[]).includes(role),
  );

describe('a screen', () => {
  it('opens for the role that needs it', () => {
    expect(mayOpen(of('curator'), 'entries', 'create')).toBe(true);
    expect(mayOpen(of('admin'), 'users', 'list')).toBe(true);
  });
  it('stays closed for every other', () => {
    expect(mayOpen(of('reviewer'), 'entries', 'create')).toBe(false);
    expect(mayOpen(of('curator'), 'users', 'list')).toBe(false);
    expect(mayOpen(of('curator'), 'users', 'export')).toBe(false);
  });
  it('stays closed for all when nobody said who may open it', () => {
    expect(mayOpen(Object.keys(PERMISSIONS) as Permission[], 'something-new', 'list')).toBe(false);
    expect(mayOpen(Object.keys(PERMISSIONS) as Permission[], 'audit', 'delete')).toBe(false);
  });
});

describe('signing in', () => {
  it('leads back to the place one came from', () =>
    expect(placeToReturn({ nextPathname: '/proposals/1/show', nextSearch: '?a=b' })).toBe('/proposals/1/show?a=b'));
  it.each([
    undefined,
    null,
    {},
    { nextPathname: '/login' },
    { nextPathname: '//evil.example' },
    { nextPathname: 'javascript:1' },
  ])('leads to the queue when that place is %j', (state) => expect(placeToReturn(state)).toBe('/'));
});
