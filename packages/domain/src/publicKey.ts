import { z } from 'zod';
import { ContentHash } from './identity.ts';
import { signedDigest } from './signedJson.ts';

/** Of an Ed25519 key, in lower case: the same key in capitals would have another id. */
export const PublicKeyHex = z
  .string()
  .regex(/^[0-9a-f]{64}$/, {
    error: 'A public key is 64 hexadecimal digits in lower case, as `waymark keys new` prints it',
  })
  .meta({ description: '32 bytes, hex' });
export type PublicKeyHex = z.infer<typeof PublicKeyHex>;

/**
 * A public key as TUF writes it. Exactly these three fields: its id is computed over them, and a field more breaks clients
 * that recompute it (root-signing#1431, tough#946). Who holds the key stands in root's `x-keyowners` instead.
 */
export const PublicKey = z
  .strictObject({
    keytype: z.literal('ed25519'),
    scheme: z.literal('ed25519'),
    keyval: z.strictObject({ public: PublicKeyHex }),
  })
  .meta({ id: 'PublicKey' });
export type PublicKey = z.infer<typeof PublicKey>;

/** The Ed25519 key with these 32 bytes. @param hex lower-case hex */
export function ed25519Key(hex: string): PublicKey {
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } };
}

/** TUF 4.2: a key's id is the SHA-256 of its canonical form. The same in the server, the command line and the browser. */
export function keyidOf(key: PublicKey): ContentHash {
  return signedDigest(key);
}
