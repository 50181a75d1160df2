import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalBytes, sha256 } from './canonical.ts';

/**
 * A public key as TUF writes it. Exactly these three fields: the keyid is computed over them, and a field more breaks
 * clients that recompute it (root-signing#1431, tough#946). Who holds the key stands in root's `x-keyowners` instead.
 */
export type PublicKey = { keytype: 'ed25519'; scheme: 'ed25519'; keyval: { public: string } };

/** Something that signs: a key file, an agent, an HSM. Asynchronous because all but the first are. */
export type Signer = { keyid: string; publicKey: PublicKey; sign: (data: Uint8Array) => Promise<Buffer> };

/** A fresh Ed25519 private key. */
export function generatePrivateKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** The public half of an Ed25519 private key, 32 bytes in lower-case hex. */
export function toPublicKey(privateKey: KeyObject): PublicKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const hex = Buffer.from(x ?? '', 'base64url').toString('hex');
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } };
}

/** TUF 4.2: the keyid is the SHA-256 of the key's canonical form. */
export function keyidOf(publicKey: PublicKey): string {
  return sha256(canonicalBytes(publicKey));
}

/** A signer over a private key held in this process. The key stays inside and cannot be read from the signer. */
export function toSigner(privateKey: KeyObject): Signer {
  const publicKey = toPublicKey(privateKey);
  return {
    keyid: keyidOf(publicKey),
    publicKey,
    sign: async (data) => sign(null, data, privateKey),
  };
}

/** Is this an Ed25519 signature of exactly these bytes by this key? */
export function isSignatureBy(publicKey: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey.keyval.public, 'hex').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  return verify(null, data, key, signature);
}
