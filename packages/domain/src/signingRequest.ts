import { z } from 'zod';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { ContentHash, Instant } from './identity.ts';
import { signedDigest } from './signedJson.ts';

/** The roles that people sign. The two online roles are signed by the server alone. */
export const SignedRole = z.enum(['root', 'targets', 'urgent']).meta({ id: 'SignedRole' });
export type SignedRole = z.infer<typeof SignedRole>;

/**
 * What people are asked to sign (SNAPSHOTS §4.2), as a file that travels: made by the server or by `waymark root propose`,
 * never changed. A signer parses it, recomputes `digest` and signs `signedBytes(signed)` made by itself.
 */
export const SigningRequest = z
  .strictObject({
    kind: z.literal('waymark-request'),
    format: z.literal(1),
    role: SignedRole,
    version: z.int().positive(),
    createdAt: Instant,
    signed: z.record(z.string(), z.unknown()).meta({ description: 'The whole payload, as TUF writes it' }),
    previous: z
      .strictObject({ version: z.int().positive(), sha256: ContentHash })
      .nullable()
      .meta({ description: 'The metadata file it follows; null for the first' }),
    digest: ContentHash.meta({ description: 'SHA-256 of the canonical form of `signed`' }),
  })
  .meta({ id: 'SigningRequest' });
export type SigningRequest = z.infer<typeof SigningRequest>;

/** One person's signature over one request, as a file that travels back. */
export const SignatureFile = z
  .strictObject({
    kind: z.literal('waymark-signature'),
    format: z.literal(1),
    role: SignedRole,
    version: z.int().positive(),
    digest: ContentHash,
    keyid: ContentHash,
    signature: z
      .string()
      .regex(/^[0-9a-f]{128}$/)
      .meta({ description: 'Ed25519, hex' }),
  })
  .meta({ id: 'SignatureFile' });
export type SignatureFile = z.infer<typeof SignatureFile>;

/** Signatures of several people over one request, in one file. */
export const SignatureBundle = z
  .strictObject({
    kind: z.literal('waymark-signatures'),
    format: z.literal(1),
    role: SignedRole,
    version: z.int().positive(),
    digest: ContentHash,
    signatures: z.array(SignatureFile).min(1).max(50),
  })
  .meta({ id: 'SignatureBundle' });
export type SignatureBundle = z.infer<typeof SignatureBundle>;

/** What people hand in: a signature, or several that were put into one file. */
export const HandedIn = z.union([SignatureFile, SignatureBundle]);
export type HandedIn = z.infer<typeof HandedIn>;

/** A request for this payload. @throws TypeError when the payload cannot be signed */
export function signingRequest(
  facts: Pick<SigningRequest, 'role' | 'version' | 'createdAt' | 'signed' | 'previous'>,
): SigningRequest {
  return { kind: 'waymark-request', format: 1, ...facts, digest: signedDigest(facts.signed) };
}

/**
 * Six words that stand for a digest, to compare by voice: 66 of its bits, by the word list of BIP 39. Whoever wanted another
 * payload with the same words would have to try 2^66 of them.
 * @param digest hex SHA-256
 */
export function digestWords(digest: string): string[] {
  let bits = BigInt(`0x${digest}`) >> 190n;
  const words: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    words.unshift(wordlist[Number(bits & 2047n)] ?? '');
    bits >>= 11n;
  }
  return words;
}
