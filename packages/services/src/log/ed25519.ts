import { createPublicKey, verify } from 'node:crypto';
import type { VerifySignature } from '@waymark/domain';

/** Ed25519 of Node, as the readers of notes ask for it. */
export const verifyEd25519: VerifySignature = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  return verify(null, message, createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } }), signature);
};
