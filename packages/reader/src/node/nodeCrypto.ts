import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Crypto } from '../tuf/crypto.ts';

/** Node's own. */
export const nodeCrypto: Crypto = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  async verifyEd25519(publicKey, bytes, signature) {
    try {
      const x = Buffer.from(publicKey).toString('base64url');
      return verify(null, bytes, createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } }), signature);
    } catch {
      return false;
    }
  },
};
