import type { Standing } from './verification.ts';

/** Whether readers drop it at that moment. What was never confirmed has no expiry: its confidence says that. */
export function isExpired({ expiresAt }: Pick<Standing, 'expiresAt'>, now: string): boolean {
  return expiresAt !== null && !isBefore(now, expiresAt);
}

export function isBefore(now: string, until: string | null): boolean {
  return until !== null && Date.parse(now) < Date.parse(until);
}
