import {
  Metadata,
  MetadataKind,
  Signature,
  type Key,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models';
import { canonicalBytes, sha256 } from './canonical.ts';
import { isSignatureBy, type PublicKey, type Signer } from './key.ts';
import { toTufDate, wireName, type RoleName } from './lifetime.ts';
import { TufProblem } from './problem.ts';

export type AnySigned = Root | Targets | Snapshot | Timestamp;

/** Metadata with the very bytes that were or will be written: hashes and lengths are taken from these, never remade. */
export type SignedFile<T extends AnySigned> = { metadata: Metadata<T>; bytes: Buffer };

/** What says whose signatures count: root for the top-level roles, targets for the role `urgent`. */
export type Delegator = Metadata<Root> | Metadata<Targets>;

export const specVersion = '1.0.31';

/**
 * Fields common to all roles. `x-signed-at` lets the tree itself tell when it was last signed, `x-both-keys-until` for how
 * long a key that was replaced goes on signing.
 */
export function commonFields(version: number, expires: string, now: Date, until?: string) {
  const unrecognizedFields: Record<string, string> = { 'x-signed-at': toTufDate(now) };
  if (until !== undefined) unrecognizedFields[untilField] = until;
  return { specVersion, version, expires, unrecognizedFields };
}

const untilField = 'x-both-keys-until';

/** The end of a planned rotation of the key that signs this metadata, by its own word. */
export function bothKeysUntil(metadata: Metadata<AnySigned>): string | undefined {
  const text = metadata.signed.unrecognizedFields[untilField];
  return typeof text === 'string' ? text : undefined;
}

/** When this metadata was signed, by its own word; undefined for metadata that another program made. */
export function signedAt(metadata: Metadata<AnySigned>): Date | undefined {
  const text = metadata.signed.unrecognizedFields['x-signed-at'];
  return typeof text === 'string' ? new Date(text) : undefined;
}

// `Metadata.sign` of the library cannot wait for an agent, so signatures are put in by hand (SNAPSHOTS §2.3).
async function signMetadata<T extends AnySigned>(signed: T, signers: Signer[]): Promise<SignedFile<T>> {
  const data = canonicalBytes(signed.toJSON());
  const signatures: SignatureOf[] = [];
  for (const signer of signers) {
    signatures.push({ keyid: signer.keyid, signature: (await signChecked(signer, data)).toString('hex') });
  }
  return assemble(signed, signatures);
}

/**
 * Has a signer sign, and does not believe it.
 * @throws TufProblem `key-wrong` when the signature is not one by the signer's public key
 */
export async function signChecked(signer: Signer, data: Uint8Array): Promise<Buffer> {
  const signature = await signer.sign(data);
  if (isSignatureBy(signer.publicKey, data, signature)) return signature;
  throw new TufProblem('key-wrong', `signer ${signer.keyid} gave a signature that its public key does not verify`);
}

/** A signature in hex, and whose it is. */
export type SignatureOf = { keyid: string; signature: string };

/** Metadata with these signatures, and the bytes to be written. Checks nothing. */
export function assemble<T extends AnySigned>(signed: T, signatures: SignatureOf[]): SignedFile<T> {
  const metadata = new Metadata(signed);
  for (const { keyid, signature } of signatures) {
    metadata.signatures[keyid] = new Signature({ keyID: keyid, sig: signature });
  }
  return { metadata, bytes: Buffer.from(JSON.stringify(metadata.toJSON(), null, 1) + '\n') };
}

/** Metadata as a client would read it from these bytes. Throws whatever the library throws; callers name the file. */
export const parseMetadata = {
  root: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Root, JSON.parse(bytes.toString('utf8'))),
  targets: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Targets, JSON.parse(bytes.toString('utf8'))),
  urgent: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Targets, JSON.parse(bytes.toString('utf8'))),
  snapshotRole: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Snapshot, JSON.parse(bytes.toString('utf8'))),
  timestamp: (bytes: Buffer) => Metadata.fromJSON(MetadataKind.Timestamp, JSON.parse(bytes.toString('utf8'))),
};

/** Has enough of the role's keys signed, by the word of this delegator? */
export function meetsThreshold(delegator: Delegator, role: RoleName, metadata: Metadata<AnySigned>): boolean {
  try {
    delegator.verifyDelegate(wireName[role], metadata);
    return true;
  } catch {
    return false;
  }
}

/**
 * Signs for a role, reads the bytes back as a client would, and checks that every delegator given is satisfied.
 * To be called on everything before anything is written.
 * @param delegators one, or the old and the new root during a rotation; a signer must belong to the role in at least one
 * @throws TufProblem `key-wrong`, `threshold-not-met`, `not-canonical`
 */
export async function signForRole<T extends AnySigned>(
  delegators: Delegator[],
  role: RoleName,
  signed: T,
  signers: Signer[],
): Promise<SignedFile<T>> {
  requireSignersOfRole(delegators, role, signers);
  const file = await signMetadata(signed, signers);
  requireThreshold(delegators, role, file);
  return file;
}

/**
 * Reads metadata back from its bytes, as a client would, and checks that every delegator given is satisfied.
 * @throws TufProblem `threshold-not-met`
 */
export function requireThreshold(delegators: Delegator[], role: RoleName, { metadata, bytes }: SignedFile<AnySigned>) {
  const readBack = parseMetadata[role](bytes);
  const unmet = delegators.find((delegator) => !meetsThreshold(delegator, role, readBack));
  if (!unmet) return;
  const { threshold } = roleKeysOf(unmet, role);
  const says = `${unmet.signed.type} ${unmet.signed.version}`;
  const message = `${role} ${metadata.signed.version} lacks signatures: ${says} asks for ${threshold}`;
  throw new TufProblem('threshold-not-met', message);
}

/**
 * A key that the role does not know would sign in vain, and its owner should hear of it.
 * @throws TufProblem `key-wrong`
 */
export function requireSignersOfRole(delegators: Delegator[], role: RoleName, signers: Signer[]): void {
  const known = new Set(delegators.flatMap((delegator) => roleKeysOf(delegator, role).keyIDs));
  const stranger = signers.find((signer) => !known.has(signer.keyid));
  if (stranger) throw new TufProblem('key-wrong', `key ${stranger.keyid} is not a key of the role ${role}`);
}

/**
 * The keys and the threshold that a delegator gives to a role.
 * @throws TufProblem `tree-broken` when a root lacks the role, `not-delegated` when targets does not delegate to it
 */
export function roleKeysOf(
  delegator: Delegator,
  role: RoleName,
): { keyIDs: string[]; threshold: number; keys: PublicKey[] } {
  const { signed } = delegator;
  const [roles, keys] = isTargets(signed)
    ? [signed.delegations?.roles, signed.delegations?.keys]
    : [signed.roles, signed.keys];
  const found = roles && Object.hasOwn(roles, wireName[role]) ? roles[wireName[role]] : undefined;
  if (found) {
    const { keyIDs, threshold } = found;
    return { keyIDs, threshold, keys: keyIDs.flatMap((id) => toPublicKeyOf(keys?.[id])) };
  }
  if (isTargets(signed)) throw new TufProblem('not-delegated', `targets ${signed.version} names no keys for ${role}`);
  throw new TufProblem('tree-broken', `root ${signed.version} has no role ${role}`);
}

function isTargets(signed: Root | Targets): signed is Targets {
  return signed.type === MetadataKind.Targets;
}

// Every key in our metadata is an Ed25519 key: `rootRefusals` and `delegationRefusals` let no other in.
function toPublicKeyOf(key: Key | undefined): PublicKey[] {
  return key?.keyVal['public']
    ? [{ keytype: 'ed25519', scheme: 'ed25519', keyval: { public: key.keyVal['public'] } }]
    : [];
}

/** Version, length and hash of a metadata file, for the metadata that points at it. */
export function metaOf({ metadata, bytes }: SignedFile<AnySigned>) {
  return { version: metadata.signed.version, length: bytes.length, hashes: { sha256: sha256(bytes) } };
}
