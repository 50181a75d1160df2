import { hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { auditLeafHash, AuditLeaf, commitmentTo } from './auditEvent.ts';
import { ContentHash } from './identity.ts';
import { verifyInclusion } from './merkle.ts';

/**
 * Proof that the audit log holds the digest of a content (SNAPSHOTS §4.10, "bind both ways"): the leaf, what it commits to, and
 * the way from it to the head that the manifest names. So nobody can have a snapshot signed that has no place in the log.
 */
export const AuditProof = z
  .strictObject({
    leaf: AuditLeaf.extend({ action: z.literal('snapshot.freeze') }),
    payload: z
      .strictObject({ sequence: z.int().positive(), contentDigest: ContentHash })
      .meta({ description: 'What the leaf commits to' }),
    salt: z.string().meta({ description: 'Opens the commitment: SHA-256 over canonical JSON of {payload, salt}' }),
    index: z.int().min(0).meta({ description: 'Place of the leaf in the log' }),
    proof: z.array(ContentHash).meta({ description: 'Inclusion proof, leaf to root (RFC 9162 §2.1.3)' }),
  })
  .meta({ id: 'AuditProof', description: 'Proof that the audit log holds the digest of this content' });
export type AuditProof = z.infer<typeof AuditProof>;

/**
 * Checks the proof against the head and the content it stands for.
 * @returns what is wrong, for a person; undefined when all of it holds
 */
export function auditProofDefect(
  { leaf, payload, salt, index, proof }: AuditProof,
  snapshot: { sequence: number; contentDigest: string; audit: { size: number; root: string } },
): string | undefined {
  const { sequence, contentDigest, audit } = snapshot;
  if (payload.contentDigest !== contentDigest) return 'the audit log holds another content digest';
  if (payload.sequence !== sequence || leaf.subject !== `snapshot:${sequence}`)
    return 'the proof of the audit log is of another snapshot';
  if (leaf.commitment !== commitmentTo(salt, payload))
    return 'the leaf of the audit log does not commit to the content';
  if (leaf.seq !== index) return 'the leaf of the audit log stands at another place';
  const path = proof.map((hash) => hexToBytes(hash));
  return verifyInclusion(auditLeafHash(leaf), index, audit.size, path, hexToBytes(audit.root))
    ? undefined
    : 'the proof does not lead to the head of the audit log';
}
