import { signedDigest, type SignatureFile, type SigningRequest } from '@waymark/domain';
import { canonicalBytes } from './canonical.ts';
import { isSignatureBy, keyidOf, type PublicKey, type Signer } from './key.ts';
import { signChecked } from './metadata.ts';
import { TufProblem, type TufProblemCode } from './problem.ts';

/**
 * Signs a request: the payload as this program parsed and canonicalised it, never bytes from elsewhere (SNAPSHOTS §4.2).
 * Whether the payload deserves it was decided before, by a person who read it.
 * @throws TufProblem `request-refused` when its digest is not that of its payload; `not-canonical`, `key-wrong`
 */
export async function signRequest(request: SigningRequest, signer: Signer): Promise<SignatureFile> {
  requireOwnDigest(request);
  const data = canonicalBytes(request.signed);
  const signature = await signChecked(signer, data);
  const { role, version, digest } = request;
  const about = { kind: 'waymark-signature', format: 1, role, version, digest } as const;
  return { ...about, keyid: signer.keyid, signature: signature.toString('hex') };
}

/** Why a signature does not count; one of the codes of `TufProblem`. */
export type SignatureRefusal = Extract<
  TufProblemCode,
  'signature-of-other-request' | 'signature-key-unknown' | 'signature-wrong'
>;

/**
 * What this signature lacks to count for this request: to be asked before one is stored. Undefined when it counts.
 * The digest is computed from what is to be signed, so a request that lies about its own is no way around.
 * @param keys of the role the request is for, by the current root, or by the current targets for the role `urgent`
 */
export function checkSignature(
  request: SigningRequest,
  signature: SignatureFile,
  keys: PublicKey[],
): SignatureRefusal | undefined {
  const isOfRequest =
    signature.role === request.role &&
    signature.version === request.version &&
    signature.digest === signedDigest(request.signed);
  if (!isOfRequest) return 'signature-of-other-request';
  const key = keys.find((candidate) => keyidOf(candidate) === signature.keyid);
  if (!key) return 'signature-key-unknown';
  const isGood = isSignatureBy(key, canonicalBytes(request.signed), Buffer.from(signature.signature, 'hex'));
  return isGood ? undefined : 'signature-wrong';
}

/**
 * Is this a signature over this request by one of these keys?
 * @throws TufProblem `signature-refused`, saying why
 */
export function requireSignature(request: SigningRequest, file: SignatureFile, keys: PublicKey[]): void {
  const refusal = checkSignature(request, file, keys);
  if (refusal) throw refused(WHY[refusal](file));
}

const WHY: Record<SignatureRefusal, (file: SignatureFile) => string> = {
  'signature-of-other-request': ({ role, version }) =>
    `it is for ${role} ${version} with another content; sign this request again`,
  'signature-key-unknown': ({ keyid }) => `key ${keyid} is not one of the role`,
  'signature-wrong': ({ keyid }) => `key ${keyid} did not make it, or it was changed`,
};

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
