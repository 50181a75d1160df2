import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './base64.ts';
import { LogDefect } from './defect.ts';
import { openNote, type VerifiedSignature, type VerifySignature } from './note.ts';
import type { VerifierKey } from './verifierKey.ts';

/** A head of a log as its checkpoint says it (c2sp.org/tlog-checkpoint). `root` is lower-case hex, as everywhere in Waymark. */
export type Checkpoint = { origin: string; size: number; root: string };

const SIZE = /^(?:0|[1-9]\d{0,15})$/;

/** The note text of a head, to be signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(hexToBytes(root))}\n`;
}

/**
 * Reads a note's text. Extension lines are let pass and not looked at: they are nobody's promise.
 * @throws LogDefect `malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', root = '', ...rest] = lines;
  const isEnded = rest.pop() === '';
  if (!isEnded || origin === '' || !SIZE.test(size) || rest.includes(''))
    throw new LogDefect('malformed', 'not a checkpoint');
  const hash = fromBase64(root);
  if (hash.length !== 32 || !Number.isSafeInteger(Number(size))) throw new LogDefect('malformed', 'not a checkpoint');
  return { origin, size: Number(size), root: bytesToHex(hash) };
}

/** A checkpoint whose signature by the log was just verified, with the note it came in. */
export type SignedCheckpoint = Checkpoint & { note: string; verified: VerifiedSignature[] };

/**
 * Verifies that the log signed this head, and under its own name.
 * @param log the log's key, known beforehand; @param witnesses keys whose cosignatures count too
 * @throws LogDefect `malformed`, `not-signed`, `signature-wrong`
 */
export async function openCheckpoint(
  note: string,
  log: VerifierKey,
  verify: VerifySignature,
  witnesses: readonly VerifierKey[] = [],
): Promise<SignedCheckpoint> {
  const { text, verified } = await openNote(note, [log, ...witnesses], verify);
  if (!verified.some(({ key }) => key === log)) throw new LogDefect('not-signed', 'the log itself did not sign this');
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== log.name)
    throw new LogDefect('not-signed', `the head is of ${checkpoint.origin}, the key of ${log.name}`);
  return { ...checkpoint, note, verified };
}
