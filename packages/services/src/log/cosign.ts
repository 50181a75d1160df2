import { join } from 'node:path';
import {
  cosignedPath,
  LogDefect,
  mergeCosignatures,
  onlyVerified,
  openCheckpoint,
  parseNote,
  refuse,
  witnessesOf,
  type SignedCheckpoint,
  type VerifierKey,
} from '@waymark/domain';
import { auditHead, Problem, type Context } from '@waymark/store';
import { replaceFile } from '@waymark/tuf';
import { inTurn } from '../snapshots/publishing.ts';
import { verifyEd25519 } from './ed25519.ts';
import { CHECKPOINT, publishedHead, readText, type PublicLog } from './open.ts';

/** What became of a cosignature that was handed back. */
export type Cosigned = {
  size: number;
  root: string;
  /** Names of the witnesses whose cosignatures the note holds. */
  witnesses: string[];
  /** Whether the head is still the newest one, so that it is served with the cosignature. */
  isNewest: boolean;
};

type OpenLog = PublicLog & { key: VerifierKey };

/** Clocks differ; a time further ahead is no time of a look. */
const AHEAD_SECONDS = 300;

/**
 * Takes the cosignature of a witness whose key is in the settings, on a head that this log published. It is served with the
 * head while that is the newest, and for each witness the last head it cosigned is kept. Nothing of it enters the audit log:
 * what it says stands under the witness' own signature, and an event about it would make a newer head that nobody cosigned.
 * @param note the checkpoint with the log's own signature and the cosignature, as `waymark witness` keeps it
 * @throws Problem `cosignature-unknown` by nobody we know; `cosignature-wrong` when a signature does not verify or its time is
 *   ahead; `head-unknown` when the log published no such head. Nothing is written then
 */
export async function addCosignature(
  ctx: Pick<Context, 'store' | 'now'>,
  log: PublicLog,
  note: string,
): Promise<Cosigned> {
  const { key } = log;
  if (!key) throw new Problem(refuse('head-unknown', log.off ?? undefined));
  const open = { ...log, key };
  const given = await openGiven(open, note, ctx.now());
  return inTurn({ repoDir: log.dir }, async () => {
    const newest = await requirePublished(ctx, open, given);
    const isNewest = given.size === newest.size;
    // The witness' own file first: a crash between leaves its word where it can be found.
    for (const witness of witnessesOf(given)) await keep(open, witness.key, given);
    if (isNewest) await put(open, CHECKPOINT, newest.note, mergeCosignatures(newest, given));
    return {
      size: given.size,
      root: given.root,
      witnesses: witnessesOf(given).map((witness) => witness.key.name),
      isNewest,
    };
  });
}

async function openGiven({ key, witnesses }: OpenLog, note: string, now: Date): Promise<SignedCheckpoint> {
  const given = await openCheckpoint(note, key, verifyEd25519, witnesses).catch((error: unknown) => {
    if (!(error instanceof LogDefect)) throw error;
    throw new Problem(refuse('cosignature-wrong', error.message));
  });
  const said = witnessesOf(given);
  if (said.length === 0) throw new Problem(refuse('cosignature-unknown'));
  const latest = Math.floor(now.getTime() / 1000) + AHEAD_SECONDS;
  if (said.some(({ at }) => at > latest)) throw new Problem(refuse('cosignature-wrong', 'Its time is ahead of ours'));
  return given;
}

/**
 * A head is ours when we signed it, published as much, and the database still leads to it.
 * @returns the newest published head, with the cosignatures it has
 */
async function requirePublished(
  { store }: Pick<Context, 'store'>,
  { dir, key, witnesses }: OpenLog,
  given: SignedCheckpoint,
): Promise<SignedCheckpoint> {
  const newest = await publishedHead({ dir, key, witnesses });
  if (!newest || given.size > newest.size) throw new Problem(refuse('head-unknown'));
  if ((await auditHead(store.read, given.size)).root !== given.root)
    throw new Problem(refuse('head-unknown', 'Our key signed it, and our database holds another history'));
  if (given.size === newest.size && parseNote(given.note).text !== parseNote(newest.note).text)
    throw new Problem(refuse('head-unknown'));
  return newest;
}

/** The newest head that this witness cosigned: never one before it. */
async function keep(log: OpenLog, witness: VerifierKey, given: SignedCheckpoint): Promise<void> {
  const { dir, key, witnesses } = log;
  const path = cosignedPath(witness);
  const text = await readText(join(dir, path));
  // What cannot be read any more is written anew.
  const kept =
    text === undefined ? undefined : await openCheckpoint(text, key, verifyEd25519, witnesses).catch(noDefect);
  if (kept && kept.size > given.size) return;
  const isSame = kept?.size === given.size;
  await put(log, path, text, isSame ? mergeCosignatures(kept, given) : onlyVerified(given));
}

function noDefect(error: unknown): undefined {
  if (!(error instanceof LogDefect)) throw error;
}

async function put({ dir }: OpenLog, path: string, before: string | undefined, note: string): Promise<void> {
  if (note !== before) await replaceFile(dir, { path, bytes: Buffer.from(note) });
}
