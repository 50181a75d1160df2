import { z } from 'zod';

/**
 * One spelling per mailbox, so that nobody holds two accounts by writing one address two ways (SECURITY A-04):
 * compatibility forms and case are folded. Dots and `+tags` stay: what they mean is up to each mail provider.
 */
export function normaliseEmail(address: string): string {
  return address.trim().normalize('NFKC').toLowerCase();
}

/** A mail address as it is stored: normalised, ASCII, 254 characters at most. */
export const AccountEmail = z
  .string()
  .max(320)
  .transform(normaliseEmail)
  .pipe(z.email({ error: 'Write a mail address such as name@example.org' }).max(254))
  .meta({ id: 'AccountEmail' });
