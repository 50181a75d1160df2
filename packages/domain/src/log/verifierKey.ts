import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './base64.ts';
import { LogDefect } from './defect.ts';

/** C2SP signed-note, "Signature types": an Ed25519 signature, or a timestamped Ed25519 cosignature (tlog-cosignature). */
export const SIGNATURE = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = (typeof SIGNATURE)[keyof typeof SIGNATURE];

/** A key that signs notes, by the name it signs under. Name and id together tell it from every other. */
export type VerifierKey = { name: string; keyId: string; type: SignatureType; publicKey: Uint8Array };

/** Unicode spaces and the plus are what separates the parts of signature lines and keys (C2SP signed-note, "Format"). */
const NAME = /^[^\p{White_Space}\p{Cc}\p{Surrogate}+]+$/u;
const KEY_BYTES = 32;

export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

/**
 * A key by its parts; the id is the first four bytes of SHA-256(name, newline, type, public key), as lower-case hex.
 * @throws LogDefect `malformed` for a name with spaces or a plus, or a key that is not 32 bytes
 */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new LogDefect('malformed', 'the name of a key takes no spaces and no plus');
  if (publicKey.length !== KEY_BYTES) throw new LogDefect('malformed', 'an Ed25519 key has 32 bytes');
  const hash = sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, keyId: bytesToHex(hash.subarray(0, 4)), type, publicKey };
}

/** `name+id+base64`: what people hand each other (C2SP signed-note, "Verifier keys"). */
export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

/** @throws LogDefect `malformed`, also when the id is not that of the key */
export function parseVerifierKey(text: string): VerifierKey {
  const [name = '', keyId, encoded, ...rest] = splitKey(text);
  const material = fromBase64(encoded ?? '');
  const type = Object.values(SIGNATURE).find((known) => known === material[0]);
  if (rest.length > 0 || type === undefined) throw new LogDefect('malformed', 'not a key we can verify with');
  const key = verifierKey(name, type, material.subarray(1));
  if (key.keyId !== keyId) throw new LogDefect('malformed', 'the id is not that of the key');
  return key;
}

/** Base64 may hold a plus too, so only the first two separate. */
function splitKey(text: string): string[] {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) throw new LogDefect('malformed', 'a key is written name+id+base64');
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}
