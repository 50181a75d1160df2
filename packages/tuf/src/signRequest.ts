import { signedDigest, type SignatureFile, type SigningRequest } from '@waymark/domain';
import { canonicalBytes } from './canonical.ts';
import { isSignatureBy, keyidOf, type PublicKey, type Signer } from './key.ts';
import { TufProblem } from './problem.ts';

/**
 * Signs a request: the payload as this program parsed and canonicalised it, never bytes from elsewhere (SNAPSHOTS §4.2).
 * Whether the payload deserves it was decided before, by a person who read it.
 * @throws TufProblem `request-refused` when its digest is not that of its payload; `not-canonical`, `key-wrong`
 */
export async function signRequest(request: SigningRequest, signer: Signer): Promise<SignatureFile> {
  requireOwnDigest(request);
  const data = canonicalBytes(request.signed);
  const signature = await signer.sign(data);
  if (!isSignatureBy(signer.publicKey, data, signature)) {
    throw new TufProblem('key-wrong', `key ${signer.keyid} gave a signature that its public key does not verify`);
  }
  const { role, version, digest } = request;
  const about = { kind: 'waymark-signature', format: 1, role, version, digest } as const;
  return { ...about, keyid: signer.keyid, signature: signature.toString('hex') };
}

/**
 * Is this a signature over this request by one of these keys?
 * @throws TufProblem `signature-refused`, saying why
 */
export function requireSignature(request: SigningRequest, file: SignatureFile, keys: PublicKey[]): void {
  const { role, version, digest } = request;
  if (file.role !== role || file.version !== version || file.digest !== digest) {
    throw refused(`it is for ${file.role} ${file.version} with another content; sign this request again`);
  }
  const key = keys.find((candidate) => keyidOf(candidate) === file.keyid);
  if (!key) throw refused(`key ${file.keyid} is not one of the role ${role}`);
  if (!isSignatureBy(key, canonicalBytes(request.signed), Buffer.from(file.signature, 'hex'))) {
    throw refused(`key ${file.keyid} did not make it, or it was changed`);
  }
}

/**
 * A request that says of itself what it holds.
 * @throws TufProblem `request-refused`
 */
export function requireOwnDigest({ signed, digest, role, version }: SigningRequest): void {
  if (signedDigest(signed) !== digest || signed['version'] !== version || signed['_type'] !== wireType(role)) {
    throw new TufProblem(
      'request-refused',
      'the request was changed: digest, version or role are not those of its payload',
    );
  }
}

// The delegated role is targets metadata like any other (TUF 4.5).
function wireType(role: SigningRequest['role']): string {
  return role === 'root' ? 'root' : 'targets';
}

function refused(why: string): TufProblem {
  return new TufProblem('signature-refused', `a signature is refused: ${why}`);
}
