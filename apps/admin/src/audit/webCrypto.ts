import type { VerifySignature } from '@waymark/domain';
import { UncheckedHead } from './checkHead.ts';

/** Ed25519 of the browser. @throws UncheckedHead `unsupported` in one that has none, or outside a secure address */
export const verifyInBrowser: VerifySignature = async (publicKey, message, signature) => {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined; // Absent on plain HTTP, whatever the type says.
  const key = await subtle
    ?.importKey('raw', new Uint8Array(publicKey), { name: 'Ed25519' }, false, ['verify'])
    .catch((cause: unknown) => {
      throw new UncheckedHead('unsupported', { cause });
    });
  if (!subtle || !key) throw new UncheckedHead('unsupported');
  return subtle.verify({ name: 'Ed25519' }, key, new Uint8Array(signature), new Uint8Array(message));
};
