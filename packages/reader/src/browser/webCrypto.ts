import { etc, verifyAsync } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { hexOf, type Crypto } from '../tuf/crypto.ts';

// As both Node and browsers type it.
type Subtle = NonNullable<typeof globalThis.crypto>['subtle'];

/** The browser's own crypto, where it has what we need; JavaScript for what it has not. */
export async function webCrypto(subtle: Subtle | undefined = globalThis.crypto?.subtle): Promise<Crypto> {
  return {
    // Pages without https have no `subtle`.
    sha256: async (bytes) =>
      hexOf(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)) : sha256(bytes)),
    verifyEd25519: subtle && (await hasEd25519(subtle)) ? nativeVerify(subtle) : javaScriptVerify(),
  };
}

/** Chromium has Ed25519 since 137, Firefox since 129, Safari since 17; others throw. */
async function hasEd25519(subtle: Subtle): Promise<boolean> {
  return subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify']).then(
    () => true,
    () => false,
  );
}

function nativeVerify(subtle: Subtle): Crypto['verifyEd25519'] {
  return async (publicKey, bytes, signature) => {
    try {
      const key = await subtle.importKey('raw', publicKey as Uint8Array<ArrayBuffer>, 'Ed25519', false, ['verify']);
      return await subtle.verify(
        'Ed25519',
        key,
        signature as Uint8Array<ArrayBuffer>,
        bytes as Uint8Array<ArrayBuffer>,
      );
    } catch {
      return false;
    }
  };
}

function javaScriptVerify(): Crypto['verifyEd25519'] {
  etc.sha512Async = async (...messages) => sha512(etc.concatBytes(...messages));
  return async (publicKey, bytes, signature) => {
    try {
      // Strictly as RFC 8032 has it, not as ZIP 215.
      return await verifyAsync(signature, bytes, publicKey, { zip215: false });
    } catch {
      return false;
    }
  };
}
