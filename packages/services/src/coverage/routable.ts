import { setImmediate } from 'node:timers/promises';
import {
  confidenceAt,
  isWithheld,
  type Entry,
  type EntryStanding,
  type RecordState,
  type RoutableEntry,
  type RoutableVerification,
  type Standing,
} from '@waymark/domain';
import { eachRoutable, routableServing, toStanding, type Reader, type RoutableRow } from '@waymark/store';

/** At which moment a directory is looked at, and whether as if somebody had verified what nobody found wrong. */
export type Look = { now: string; assumeVerified: boolean };

/** An entry with the name it is listed under. */
export type Named = { name: string; entry: RoutableEntry };

/** The entries of the directory that a person in one of these countries may be sent to, or that are withheld from them. */
export async function routableIn(read: Reader, countries: readonly string[], look: Look): Promise<Named[]> {
  return (await routableServing(read, [...countries, '001'])).flatMap((row) => named(row, look));
}

/** All of them. Others are served meanwhile. */
export async function* eachRoutableEntry(read: Reader, look: Look): AsyncGenerator<Named> {
  for await (const rows of eachRoutable(read)) {
    for (const row of rows) yield* named(row, look);
    await setImmediate();
  }
}

/** What curators keep out of snapshots, nobody is sent to. */
function named({ name, doc, state, standing, suspendedAs }: RoutableRow, look: Look): Named[] {
  if (isWithheld({ type: 'entry', doc })) return [];
  const known = standing === null ? undefined : toStanding(standing);
  const entry = toRoutable(doc, state, known, look);
  return [{ name, entry: suspendedAs?.startsWith('unsafe') ? { ...entry, unsafe: true } : entry }];
}

/**
 * An entry as routing sees it at a moment.
 * @param standing undefined for one that nobody could verify yet
 */
export function toRoutable(
  doc: Entry,
  state: Exclude<RecordState, 'retired'>,
  standing: (Pick<EntryStanding, 'unsafe' | 'channels'> & Standing) | undefined,
  look: Look,
): RoutableEntry {
  return assumed(
    {
      ...doc,
      channels: doc.channels.map((channel) => ({
        ...channel,
        verification: standing && verificationOf(standing.channels[channel.id], look.now),
      })),
      state,
      verification: verificationOf(standing, look.now),
      unsafe: standing?.unsafe ?? false,
    },
    look,
  );
}

function verificationOf(standing: Standing | undefined, now: string): RoutableVerification {
  return standing === undefined
    ? { confidence: 'none', expiresAt: null }
    : { confidence: confidenceAt(standing, now), expiresAt: standing.expiresAt };
}

/**
 * As if somebody had verified it, where that is asked for. What was found to be wrong stays wrong, and what is verified stays
 * ahead of what is only assumed to be.
 */
export function assumed(entry: RoutableEntry, { assumeVerified }: Look): RoutableEntry {
  if (!assumeVerified) return entry;
  const lift = ({ confidence, expiresAt }: RoutableVerification): RoutableVerification =>
    confidence === 'contradicted'
      ? { confidence, expiresAt }
      : { confidence: confidence === 'high' ? 'high' : 'medium', expiresAt: null };
  return {
    ...entry,
    verification: lift(entry.verification),
    channels: entry.channels.map((channel) => ({
      ...channel,
      verification: channel.verification && lift(channel.verification),
    })),
  };
}
