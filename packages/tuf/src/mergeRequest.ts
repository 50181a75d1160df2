import { Metadata, Signature, Targets, type Root } from '@tufjs/models';
import type { SignatureFile, SigningRequest } from '@waymark/domain';
import type { PublicKey } from './key.ts';
import { meetsThreshold, parseMetadata, roleKeysOf, type AnySigned, type SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { findPrevious, rootOf } from './reviewRoot.ts';
import { requireOwnDigest, requireSignature } from './signRequest.ts';

/**
 * Puts signatures that came back to the root that was asked for.
 * @param options.previous the bytes of the root before it
 * @returns the root, signed by enough keys of the root before and of itself (client workflow 5.3.4)
 * @throws TufProblem `request-refused`, `signature-refused`, `threshold-not-met` (its message says who is missing)
 */
export function mergeRoot(options: {
  request: SigningRequest;
  signatures: SignatureFile[];
  previous: Buffer | undefined;
}): SignedFile<Root> {
  const { request, signatures, previous } = options;
  requireOwnDigest(request);
  const before = findPrevious(request, previous);
  const root = rootOf(request);
  return merge(request, root, signatures, [...(before ? [before] : []), new Metadata(root)]);
}

/**
 * Puts signatures that came back to targets that were asked for.
 * @param roots one, or the old and the new one during a rotation: enough keys of each must have signed
 * @throws TufProblem as `mergeRoot`
 */
export function mergeTargets(
  request: SigningRequest,
  signatures: SignatureFile[],
  roots: Metadata<Root>[],
): SignedFile<Targets> {
  requireOwnDigest(request);
  return merge(request, Targets.fromJSON(JSON.parse(JSON.stringify(request.signed))), signatures, roots);
}

function merge<T extends AnySigned>(
  request: SigningRequest,
  signed: T,
  signatures: SignatureFile[],
  roots: Metadata<Root>[],
): SignedFile<T> {
  const role = request.role === 'root' ? 'root' : 'targets';
  const keys = roots.flatMap((root) => keysOf(root, role));
  const metadata = new Metadata(signed);
  for (const file of signatures) {
    requireSignature(request, file, keys);
    metadata.signatures[file.keyid] = new Signature({ keyID: file.keyid, sig: file.signature });
  }
  const bytes = Buffer.from(JSON.stringify(metadata.toJSON(), null, 1) + '\n');
  // Read back as a client would.
  const readBack = parseMetadata[role](bytes);
  const unmet = roots.find((root) => !meetsThreshold(root, role, readBack));
  if (!unmet) return { metadata, bytes };
  throw new TufProblem('threshold-not-met', missing(unmet, role, Object.keys(metadata.signatures), request.version));
}

function keysOf(root: Metadata<Root>, role: 'root' | 'targets'): PublicKey[] {
  return roleKeysOf(root, role).keyIDs.flatMap((keyid) => {
    const key = root.signed.keys[keyid];
    return key ? [key.toJSON() as PublicKey] : [];
  });
}

function missing(root: Metadata<Root>, role: 'root' | 'targets', have: string[], version: number): string {
  const { keyIDs, threshold } = roleKeysOf(root, role);
  const owners = (root.signed.unrecognizedFields['x-keyowners'] ?? {}) as Record<string, unknown>;
  const name = (keyid: string) => (typeof owners[keyid] === 'string' ? owners[keyid] : keyid);
  const signed = keyIDs.filter((keyid) => have.includes(keyid));
  const others = keyIDs.filter((keyid) => !have.includes(keyid));
  const needed = `root ${root.signed.version} asks for ${threshold} signatures under ${role} ${version}`;
  return `${needed}; signed: ${signed.map(name).join(', ') || 'nobody'}; still missing ${threshold - signed.length} of: ${others.map(name).join(', ')}`;
}
