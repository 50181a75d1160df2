import { z } from 'zod';
import { ContentHash } from './identity.ts';
import { keyidOf, PublicKey } from './publicKey.ts';

/**
 * What `waymark keys new` writes beside a key (`NAME.pub.json`): the half that may travel by any way, since its keyid is
 * compared by voice.
 */
export const PublicKeyFile = z
  .strictObject({
    kind: z.literal('waymark-public-key'),
    format: z.literal(1),
    name: z.string().min(1).max(80),
    keyid: ContentHash,
    publicKey: PublicKey,
  })
  .refine(({ keyid, publicKey }) => keyid === keyidOf(publicKey), {
    error: 'The keyid is not that of this public key: the file was changed, take it from its owner again',
    path: ['keyid'],
  })
  .meta({ id: 'PublicKeyFile' });
export type PublicKeyFile = z.infer<typeof PublicKeyFile>;
