import { keyidOf, PublicKey } from '@waymark/domain';
import { z } from 'zod';

/** One key of the urgent lane, as a person compares it. */
export type DutyKey = { keyid: string; owner: string | null; change: 'added' | 'removed' | 'kept' };

/** How many of the duty keys must sign; null where there is no urgent lane. */
export type DutyChange = { before: number | null; after: number | null; keys: DutyKey[] };

/** The one delegation that we make, to the letter (`toDelegations` in packages/tuf). */
const Duty = z
  .strictObject({
    keys: z.record(z.string(), PublicKey),
    roles: z.tuple([
      z.strictObject({
        name: z.literal('urgent'),
        keyids: z.array(z.string()),
        threshold: z.int().positive(),
        terminating: z.literal(true),
        paths: z.tuple([z.literal('urgent/*')]),
      }),
    ]),
    'x-keyowners': z.record(z.string(), z.string()).default({}),
  })
  // Clients do not compare an id with its key, so another key could stand under the id that people know.
  .refine(
    ({ keys, roles: [{ keyids }] }) =>
      keyids.length === Object.keys(keys).length &&
      keyids.every((keyid) => keys[keyid] !== undefined && keyidOf(keys[keyid]) === keyid),
  );

/**
 * Who could withdraw at once before and after, key by key.
 * @returns null when either is anything else than duty keys, so that nothing of it is left out: then show it as it stands
 */
export function dutyChange(before: unknown, after: unknown): DutyChange | null {
  const [was, is] = [before, after].map((value) => (value === null ? null : Duty.safeParse(value)));
  if (was?.success === false || is?.success === false) return null;
  const idsOf = (duty: typeof was) => duty?.data?.roles[0].keyids ?? [];
  const ownerOf = (keyid: string) => is?.data?.['x-keyowners'][keyid] ?? was?.data?.['x-keyowners'][keyid] ?? null;
  const [old, now] = [idsOf(was), idsOf(is)];
  const keys = [...new Set([...now, ...old])].map((keyid): DutyKey => {
    const change = !old.includes(keyid) ? 'added' : now.includes(keyid) ? 'kept' : 'removed';
    return { keyid, owner: ownerOf(keyid), change };
  });
  return { before: was?.data?.roles[0].threshold ?? null, after: is?.data?.roles[0].threshold ?? null, keys };
}
