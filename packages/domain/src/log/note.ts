import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './base64.ts';
import { LogDefect } from './defect.ts';
import { isKeyName, SIGNATURE, type VerifierKey } from './verifierKey.ts';

/**
 * Signed notes of C2SP (c2sp.org/signed-note) and the cosignatures of witnesses on them (c2sp.org/tlog-cosignature).
 * Signing and verifying is given by the caller: Node and browsers have Ed25519 of their own.
 */
export type NoteSignature = { name: string; keyId: string; signature: Uint8Array };
export type Note = {
  /** What is signed, its last newline included. */
  text: string;
  signatures: NoteSignature[];
};

export type VerifySignature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;
export type SignBytes = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A cosignature with the second it was made at. */
export type VerifiedSignature = { key: VerifierKey; at: number | undefined };

const LINE = /^— (\S+) (\S+)$/;
/** A verifier must take 16 and may stop somewhere; an endless list of signatures is an attack on our time. */
const MOST_SIGNATURES = 100;
/** Any control character but the newline, and halves of characters that UTF-8 has no bytes for. */
const FORBIDDEN = /[^\P{Cc}\n\u007f-\u009f]|\p{Surrogate}/u;

/** @throws LogDefect `malformed` */
export function parseNote(message: string): Note {
  const end = message.lastIndexOf('\n\n');
  if (end < 0 || !message.endsWith('\n') || FORBIDDEN.test(message)) throw malformed();
  const lines = message.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed();
  return { text: message.slice(0, end + 1), signatures: lines.map(parseLine) };
}

function parseLine(line: string): NoteSignature {
  const [, name = '', encoded = ''] = LINE.exec(line) ?? [];
  if (!isKeyName(name)) throw malformed();
  const bytes = fromBase64(encoded);
  if (bytes.length < 5) throw malformed();
  return { name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/** @throws LogDefect `malformed` when the text is none that can be signed */
export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith('\n') || FORBIDDEN.test(text)) throw malformed();
  const lines = signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${toBase64(concatBytes(hexToBytes(keyId), signature))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** Adds a signature to a note, in place of one by the same key. @throws LogDefect `malformed` */
export async function signNote(note: Note, key: VerifierKey, sign: SignBytes): Promise<Note> {
  return withSignature(note, key, await sign(utf8ToBytes(note.text)));
}

/**
 * Adds a witness' word that at this second it saw no larger head of the log, and that this one extends all it saw before.
 * @param key of type `cosignature`; @param seconds POSIX time
 */
export async function cosignNote(note: Note, key: VerifierKey, sign: SignBytes, seconds: number): Promise<Note> {
  const time = new Uint8Array(8);
  for (let at = 7, rest = seconds; at >= 0; at -= 1, rest = Math.floor(rest / 256)) time[at] = rest % 256;
  return withSignature(note, key, concatBytes(time, await sign(cosignedBytes(note.text, seconds))));
}

function withSignature({ text, signatures }: Note, { name, keyId }: VerifierKey, signature: Uint8Array): Note {
  const others = signatures.filter((other) => other.name !== name || other.keyId !== keyId);
  return { text, signatures: [...others, { name, keyId, signature }] };
}

/** tlog-cosignature, "Ed25519 signed message". */
function cosignedBytes(text: string, seconds: number): Uint8Array {
  return utf8ToBytes(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/**
 * Reads a note and says which of these keys signed it. Signatures by others are ignored, as the format asks.
 * @returns the note and the keys that signed, in the order of `keys`; at least one
 * @throws LogDefect `malformed`; `signature-wrong` when a line by one of the keys does not verify; `not-signed`
 */
export async function openNote(
  message: string,
  keys: readonly VerifierKey[],
  verify: VerifySignature,
): Promise<Note & { verified: VerifiedSignature[] }> {
  const note = parseNote(message);
  const verified: VerifiedSignature[] = [];
  for (const key of keys) {
    const line = note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
    if (!line) continue;
    const { bytes, signature, at } = signedBy(key, note.text, line.signature);
    if (!(await verify(key.publicKey, bytes, signature)))
      throw new LogDefect('signature-wrong', `the signature of ${key.name} is not by its key`);
    verified.push({ key, at });
  }
  if (verified.length === 0) throw new LogDefect('not-signed', 'the note is not signed by a key we know');
  return { ...note, verified };
}

function signedBy({ type }: VerifierKey, text: string, signature: Uint8Array) {
  if (type === SIGNATURE.ed25519) return { bytes: utf8ToBytes(text), signature, at: undefined };
  const at = signature.subarray(0, 8).reduce((seconds, byte) => seconds * 256 + byte, 0);
  return { bytes: cosignedBytes(text, at), signature: signature.subarray(8), at };
}

function malformed(): LogDefect {
  return new LogDefect('malformed', 'not a signed note');
}
