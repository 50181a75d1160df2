// How people come in, over HTTP: one admin asks, another confirms, and a link lets the person choose a password.
import type { Role } from '@waymark/domain';
import { openClient, signInByPassword, type Address, type Client } from './client.ts';

export const PASSWORD = 'seven green boats on the river';

/** The admins who bring people in: the first asks, the second confirms. */
export type Admins = readonly [Client, Client];

export type Newcomer = { id: string; name: string; email: string; client: Client };

/** Asks for something as one admin and confirms it as the other. @throws Error when either is refused */
export async function agree([first, second]: Admins, request: object): Promise<{ subject: string; link?: string }> {
  const asked = await first.post<{ id: string; subject: string }>('/admin-requests', request);
  if (asked.status !== 201) throw new Error(`Asking was refused: ${JSON.stringify(asked.body)}`);
  const confirmed = await second.post<{ link?: string }>(`/admin-requests/${asked.body.id}/confirm`);
  if (confirmed.status !== 200) throw new Error(`Confirming was refused: ${JSON.stringify(confirmed.body)}`);
  return { subject: asked.body.subject, ...confirmed.body };
}

/** Brings a person in and signs them in. */
export async function bringIn(at: Address, admins: Admins, name: string, roles: readonly Role[]): Promise<Newcomer> {
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.org`;
  const { subject, link = '' } = await agree(admins, { kind: 'user.create', payload: { name, email, roles } });
  const accepted = await openClient(at).post(`/links/${link.slice(-43)}`, { password: PASSWORD });
  if (accepted.status !== 204) throw new Error(`The link was refused: ${JSON.stringify(accepted.body)}`);
  return { id: subject, name, email, client: await signInByPassword(at, { email, password: PASSWORD }) };
}
