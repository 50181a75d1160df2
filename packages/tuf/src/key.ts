import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { ed25519Key, keyidOf, type PublicKey } from '@waymark/domain';

// How a key is written and named is the domain's: the browser needs the same.
export { keyidOf, type PublicKey };

/** Something that signs: a key file, an agent, an HSM. Asynchronous because all but the first are. */
export type Signer = { keyid: string; publicKey: PublicKey; sign: (data: Uint8Array) => Promise<Buffer> };

/** A fresh Ed25519 private key. */
export function generatePrivateKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** The 32 bytes from which an Ed25519 private key can be made again: what a paper backup holds. */
export function seedOf(privateKey: KeyObject): Buffer {
  return Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
}

/** The Ed25519 private key of a seed. */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  // PKCS#8 of RFC 8410 §7: everything before the seed is the same for every key.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** The public half of an Ed25519 private key, 32 bytes in lower-case hex. */
export function toPublicKey(privateKey: KeyObject): PublicKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return ed25519Key(Buffer.from(x ?? '', 'base64url').toString('hex'));
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
