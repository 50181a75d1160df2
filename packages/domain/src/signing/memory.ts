import { z } from 'zod';
import { ContentHash, Instant } from '../identity.ts';
import { Manifest } from '../manifest.ts';
import { Policy } from '../policy.ts';

/** What a signer's machine keeps of a snapshot that it verified itself, beside the directory and the tombstones. */
export const SignerMemory = z
  .strictObject({
    format: z.literal(1),
    verifiedAt: Instant,
    published: z.boolean().meta({
      description: 'Downloaded as clients get it; otherwise accepted here to be signed, and perhaps never out',
    }),
    targets: z.strictObject({
      version: z.int().positive(),
      digest: ContentHash.meta({ description: 'Of `targets` in the metadata: which files, with which hashes' }),
    }),
    delegations: z.unknown().meta({ description: 'As they stand in the metadata; null when there are none' }),
    manifest: Manifest,
    policies: z.record(z.string(), Policy).meta({ description: 'By version' }),
  })
  .meta({ id: 'SignerMemory' });
export type SignerMemory = z.infer<typeof SignerMemory>;

/** The memory of one machine: snapshots by number, newest last. Empty on the first day. */
export type SignersMemory = {
  snapshots: readonly SignerMemory[];
  /** Lines of `v1/directory.ndjson` of a remembered snapshot. */
  directory(sequence: number): AsyncIterable<string>;
  /** Lines of `v1/tombstones.ndjson` of a remembered snapshot. */
  tombstones(sequence: number): AsyncIterable<string>;
};

/** The memory of a machine that has verified nothing yet. */
export const NO_MEMORY: SignersMemory = {
  snapshots: [],
  async *directory() {},
  async *tombstones() {},
};
