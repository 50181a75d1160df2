import { createHash, randomBytes } from 'node:crypto';
import {
  canonicalJson,
  correctedPath,
  isReport,
  refuse,
  tidyCorrection,
  type Correction,
  type TidyCorrection,
} from '@waymark/domain';
import {
  change,
  countCorrections,
  countOnceMore,
  countReceived,
  insertCorrection,
  openCorrectionsOf,
  Problem,
  recordStamp,
  type Context,
} from '@waymark/store';
import type { Publishing } from '../snapshots/publishing.ts';
import { CORRECTIONS, raiseReport } from './alarm.ts';
import { publishedListing } from './listing.ts';
import { DAY, LONGEST_DAYS } from './retention.ts';

/** What one entry gets in a day, and what waits in all: floods drown nobody (SECURITY D-06). */
const MOST_PER_DAY = 20;
const MOST_OPEN = 2000;

/**
 * Takes a correction from outside (DOMAIN §3.9). The disclosure guard comes first: of a text that looks like a report nothing is
 * written, logged or counted by whom; the refusal carries where to report instead.
 * @param admit what else must be given (proof of work, rate limit); asked once the guard has let it pass, so that whoever wrote a
 *   report is told where to go, however often
 * @returns how often the same was sent
 * @throws Problem looks-like-a-report, not-found, input-invalid, too-many-attempts, and what `admit` throws
 */
export async function receiveCorrection(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  correction: Correction,
  admit: () => Promise<void>,
): Promise<{ times: number }> {
  const listing = await publishedListing(publishing);
  const entry = listing.find(correction.entry);
  if (isReport(correction, entry ? listing.namesOf(entry) : []))
    throw new Problem({ ...refuse('looks-like-a-report'), signposts: listing.signposts(correction.country) });
  if (!entry) throw new Problem(refuse('not-found'));
  const tidy = tidyCorrection(correction);
  if ('code' in tidy) throw new Problem(tidy);
  if (tidy.channel !== undefined && !entry.channels.some(({ id }) => id === tidy.channel))
    throw new Problem(
      refuse('input-invalid', undefined, [{ path: '/channel', message: 'The entry has no such channel.' }]),
    );
  await admit();
  return keep(ctx, entry.id, tidy);
}

function keep(ctx: Omit<Context, 'actorId'>, recordId: string, correction: TidyCorrection): Promise<{ times: number }> {
  const asJob: Context = { ...ctx, actorId: CORRECTIONS, idempotency: undefined };
  return change(asJob, 'system', async (door) => {
    const { tx, now, newId, audit } = door;
    const record = await recordStamp(tx, recordId);
    // Apps may still show what was retired meanwhile; there is nothing left to correct.
    if (!record || record.state === 'retired') throw new Problem(refuse('not-found'));
    const { what } = correction;
    const again = (await openCorrectionsOf(tx, recordId)).find(({ fingerprint }) => isSame(fingerprint, correction));
    if (again) {
      const times = await countOnceMore(tx, again.id);
      await audit('correction.receive', `correction:${again.id}`, { record: `entry:${recordId}`, what, times });
      return { times };
    }
    const since = new Date(Date.parse(now) - DAY).toISOString();
    if ((await countReceived(tx, recordId, since)) >= MOST_PER_DAY || (await countCorrections(tx, 'open')) >= MOST_OPEN)
      throw new Problem(refuse('too-many-attempts'));
    const id = newId();
    const path = correctedPath(correction);
    const salt = randomBytes(16).toString('hex');
    await insertCorrection(tx, {
      id,
      recordId,
      path,
      what,
      value: correction.value ?? null,
      note: correction.note ?? null,
      contact: correction.contact ?? null,
      fingerprint: fingerprintOf(correction, salt),
      receivedAt: now,
      state: 'open',
      purgeAt: new Date(Date.parse(now) + LONGEST_DAYS * DAY).toISOString(),
    });
    // Hashes only. The salt lives in the row and goes with it: then nobody can tell what was hashed (SECURITY M-04).
    const content = hashOf(salt, { ...correction, entry: recordId });
    await audit('correction.receive', `correction:${id}`, { record: `entry:${recordId}`, what, content });
    await raiseReport(door, { recordId, path }, what);
    return { times: 1 };
  });
}

/** Tells one correction from another by what it says is right; one that says it in the note alone, by the note. */
function fingerprintOf({ what, channel, value, note }: TidyCorrection, salt: string): string {
  const said = what === 'other' ? (note ?? '').toLowerCase() : null;
  return `${salt}:${hashOf(salt, { what, channel: channel ?? null, value: value ?? null, said })}`;
}

function isSame(fingerprint: string, correction: TidyCorrection): boolean {
  return fingerprint === fingerprintOf(correction, fingerprint.split(':')[0] ?? '');
}

function hashOf(salt: string, content: unknown): string {
  return createHash('sha256').update(salt).update(canonicalJson(content)).digest('hex');
}
