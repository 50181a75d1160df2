import type { AuthProvider } from 'ra-core';
import type { Permission } from '@waymark/domain';
import { api, isApiError, problemOf } from './api.ts';
import type { Me } from './contract.ts';
import { forgetMe, getMe, isSignedIn, setMe } from './session/current.ts';

/** How the sign-in page signs in: by password, or in the demo by choosing a person. */
export type Credentials = { email: string; password: string } | { userId: string };

/** Permission that each screen needs; what is not listed is nobody's (deny by default). */
const NEEDED: Record<string, { read: Permission; write?: Permission }> = {
  entries: { read: 'directory.read', write: 'proposal.write' },
  organisations: { read: 'directory.read', write: 'proposal.write' },
  countries: { read: 'directory.read', write: 'proposal.write' },
  proposals: { read: 'proposal.read', write: 'proposal.write' },
  snapshots: { read: 'snapshot.read', write: 'snapshot.publish' },
  audit: { read: 'audit.read' },
  users: { read: 'user.read', write: 'user.administer' },
  'admin-requests': { read: 'user.read', write: 'user.administer' },
  settings: { read: 'policy.read', write: 'policy.administer' },
};
const READS = ['list', 'show', 'export'];

/** @returns true when the permissions open the screen */
export function mayOpen(permissions: readonly Permission[], resource: string, action: string): boolean {
  const needed = NEEDED[resource];
  const permission = READS.includes(action) ? needed?.read : needed?.write;
  return permission !== undefined && permissions.includes(permission);
}

/** Sessions as react-admin asks for them. The server decides; this explains. */
export const authProvider: AuthProvider = {
  async login(credentials: Credentials) {
    setMe(
      'userId' in credentials
        ? await api.post<Me>('/session/demo', { userId: credentials.userId })
        : await api.post<Me>('/session', { email: credentials.email, password: credentials.password }),
    );
  },
  async logout() {
    if (isSignedIn()) {
      try {
        await api.delete('/session');
      } catch (error) {
        // Forgotten by the server already is signed out too; anything else must be said, for the session lives on.
        if (problemOf(error).code !== 'not-signed-in') throw error;
      }
    }
    forgetMe();
  },
  async checkAuth() {
    try {
      await getMe();
    } catch (error) {
      // Without a connection nobody is thrown out of a form half filled in; the screens say that the server is away.
      if (isApiError(error) && error.body.code !== 'not-signed-in' && isSignedIn()) return;
      throw error;
    }
  },
  // The end of a session is told by `sessionEnd`, once; a 403 is a refusal to show, no reason to sign anybody out.
  checkError: () => Promise.resolve(),
  async getIdentity() {
    const me = await getMe();
    return { id: me.id, fullName: me.name, email: me.email, roles: me.roles };
  },
  async getPermissions() {
    return (await getMe()).permissions;
  },
  async canAccess({ resource, action }) {
    return mayOpen((await getMe()).permissions, resource, action);
  },
};
