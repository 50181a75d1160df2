import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { ed25519Key, keyidOf, PublicKey } from './publicKey.ts';

const hex = 'ab'.repeat(32);

describe('a public key', () => {
  it('has as its id the hash of its three fields in canonical form', () => {
    const canonical = `{"keytype":"ed25519","keyval":{"public":"${hex}"},"scheme":"ed25519"}`;
    expect(keyidOf(ed25519Key(hex))).toBe(bytesToHex(sha256(utf8ToBytes(canonical))));
  });

  it('has three fields and not one more, and is written in lower case', () => {
    expect(PublicKey.parse(ed25519Key(hex))).toEqual(ed25519Key(hex));
    expect(PublicKey.safeParse({ ...ed25519Key(hex), 'x-owner': 'Ida' }).success).toBe(false);
    expect(PublicKey.safeParse(ed25519Key(hex.toUpperCase())).success).toBe(false);
  });
});
