// Metadata as a thief writes it: whatever it likes to say, signed with whatever keys it has.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalBytes, sha256, type Signer } from '@waymark/tuf';

export type Signed = { _type: string; version: number } & Record<string, unknown>;
type Signature = { keyid: string; sig: string };

/** What all metadata says; it lives for a week. */
export function fields(type: string, version: number): Signed {
  const expires = new Date(Date.now() + 7 * 86_400_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return { _type: type, spec_version: '1.0.31', version, expires };
}

/** A signature by a key, which may be passed off as another's. */
export async function signatureOf(signed: Signed, signer: Signer, keyid = signer.keyid): Promise<Signature> {
  return { keyid, sig: (await signer.sign(canonicalBytes(signed))).toString('hex') };
}

/** The bytes of a metadata file. */
export function metadataBytes(signed: Signed, signatures: Signature[]): Buffer {
  return Buffer.from(JSON.stringify({ signed, signatures }));
}

/** Version, length and hash, for the metadata that points at these bytes. */
export function metaOf(version: number, bytes: Buffer) {
  return { version, length: bytes.length, hashes: { sha256: sha256(bytes) } };
}

/** Writes into a tree, as somebody may who owns the machine. */
export async function overwrite(dir: string, path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), bytes);
}
