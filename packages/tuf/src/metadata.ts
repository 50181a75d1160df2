import {
  Metadata,
  MetadataKind,
  Signature,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models';
import { canonicalBytes, sha256 } from './canonical.ts';
import { isSignatureBy, type Signer } from './key.ts';
import { toTufDate, type RoleName } from './lifetime.ts';
import { TufProblem } from './problem.ts';

export type AnySigned = Root | Targets | Snapshot | Timestamp;

/** Metadata with the very bytes that were or will be written: hashes and lengths are taken from these, never remade. */
export type SignedFile<T extends AnySigned> = { metadata: Metadata<T>; bytes: Buffer };

/** The role's name on the wire and in file names. */
export const wireName = { root: 'root', targets: 'targets', snapshotRole: 'snapshot', timestamp: 'timestamp' } as const;

export const specVersion = '1.0.31';

/** Fields common to all roles. `x-signed-at` lets the tree itself tell when it was last signed. */
export function commonFields(version: number, expires: string, now: Date) {
  return { specVersion, version, expires, unrecognizedFields: { 'x-signed-at': toTufDate(now) } };
}

/** When this metadata was signed, by its own word; undefined for metadata that another program made. */
export function signedAt(metadata: Metadata<AnySigned>): Date | undefined {
  const text = metadata.signed.unrecognizedFields['x-signed-at'];
  return typeof text === 'string' ? new Date(text) : undefined;
}

// `Metadata.sign` of the library cannot wait for an agent, so signatures are put in by hand (SNAPSHOTS §2.3).
async function signMetadata<T extends AnySigned>(signed: T, signers: Signer[]): Promise<SignedFile<T>> {
  const data = canonicalBytes(signed.toJSON());
  const metadata = new Metadata(signed);
  for (const signer of signers) {
    const signature = await signer.sign(data);
    if (!isSignatureBy(signer.publicKey, data, signature)) {
      throw new TufProblem('key-wrong', `signer ${signer.keyid} gave a signature that its public key does not verify`);
    }
    metadata.signatures[signer.keyid] = new Signature({ keyID: signer.keyid, sig: signature.toString('hex') });
  }
  return { metadata, bytes: Buffer.from(JSON.stringify(metadata.toJSON(), null, 1) + '\n') };
}

/** Metadata as a client would read it from these bytes. Throws whatever the library throws; callers name the file. */
export const parseMetadata = {
  root: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Root, JSON.parse(bytes.toString('utf8'))),
  targets: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Targets, JSON.parse(bytes.toString('utf8'))),
  snapshotRole: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Snapshot, JSON.parse(bytes.toString('utf8'))),
  timestamp: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Timestamp, JSON.parse(bytes.toString('utf8'))),
};

/** Has enough of the role's keys signed, by this root? */
export function meetsThreshold(root: Metadata<Root>, role: RoleName, metadata: Metadata<AnySigned>): boolean {
  try {
    root.verifyDelegate(wireName[role], metadata);
    return true;
  } catch {
    return false;
  }
}

/**
 * Signs for a role, reads the bytes back as a client would, and checks that every root given is satisfied.
 * To be called on everything before anything is written.
 * @param roots one, or the old and the new one during a rotation; a signer must belong to the role in at least one
 * @throws TufProblem `key-wrong`, `threshold-not-met`, `not-canonical`
 */
export async function signForRole<T extends AnySigned>(
  roots: Metadata<Root>[],
  role: RoleName,
  signed: T,
  signers: Signer[],
): Promise<SignedFile<T>> {
  requireSignersOfRole(roots, role, signers);
  const file = await signMetadata(signed, signers);
  const readBack = parseMetadata[role](file.bytes);
  const unmet = roots.find((root) => !meetsThreshold(root, role, readBack));
  if (!unmet) return file;
  const { threshold } = roleKeysOf(unmet, role);
  const message = `${role} ${signed.version} lacks signatures: root ${unmet.signed.version} asks for ${threshold}`;
  throw new TufProblem('threshold-not-met', message);
}

// A key that the role does not know would sign in vain, and its owner should hear of it.
function requireSignersOfRole(roots: Metadata<Root>[], role: RoleName, signers: Signer[]): void {
  const known = new Set(roots.flatMap((root) => roleKeysOf(root, role).keyIDs));
  const stranger = signers.find((signer) => !known.has(signer.keyid));
  if (stranger) throw new TufProblem('key-wrong', `key ${stranger.keyid} is not a key of the role ${role}`);
}

/** The key ids and the threshold that a root gives to a role. */
export function roleKeysOf(root: Metadata<Root>, role: RoleName): { keyIDs: string[]; threshold: number } {
  const found = root.signed.roles[wireName[role]];
  if (!found) throw new TufProblem('tree-broken', `root ${root.signed.version} has no role ${role}`);
  return found;
}

/** Version, length and hash of a metadata file, for the metadata that points at it. */
export function metaOf({ metadata, bytes }: SignedFile<AnySigned>) {
  return { version: metadata.signed.version, length: bytes.length, hashes: { sha256: sha256(bytes) } };
}
