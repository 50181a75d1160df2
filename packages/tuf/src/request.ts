import type { Root, Targets } from '@tufjs/models';
import { SignatureFile, signedDigest, SigningRequest, signingRequest } from '@waymark/domain';
import { canonicalBytes, sha256 } from './canonical.ts';
import { assemble, parseMetadata, requireThreshold, roleKeysOf, type Delegator, type SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { checkSignature, requireOwnDigest } from './signRequest.ts';

/** What people sign of each role, unsigned. */
type SignedOf = { root: Root; targets: Targets; urgent: Targets };
export type RequestedRole = keyof SignedOf;

/** Metadata to be signed elsewhere, as the file that travels. @throws TufProblem `not-canonical` */
export function toRequest<R extends RequestedRole>(
  role: R,
  signed: SignedOf[R],
  previous: SignedFile<SignedOf[R]> | undefined,
  now: Date,
): SigningRequest {
  // As text and back: plain JSON, as it will be in the file.
  const payload = JSON.parse(canonicalBytes(signed.toJSON()).toString('utf8')) as Record<string, unknown>;
  return signingRequest({
    role,
    version: signed.version,
    createdAt: now.toISOString(),
    signed: payload,
    previous: previous ? { version: previous.metadata.signed.version, sha256: sha256(previous.bytes) } : null,
  });
}

/**
 * The metadata that a request asks for, read as a client would.
 * @throws TufProblem `request-refused`: another role, a digest or a number that is not that of the content, a field that
 *   would be lost on the way
 */
export function readRequest<R extends RequestedRole>(role: R, request: SigningRequest): SignedOf[R] {
  const parsed = SigningRequest.safeParse(request);
  if (!parsed.success || parsed.data.role !== role) throw malformed(`it is not a request for the role ${role}`);
  requireOwnDigest(request);
  const signed = parseSigned(role, request);
  if (signedDigest(signed.toJSON()) !== request.digest) throw malformed('it holds something that would be lost');
  return signed;
}

/**
 * Metadata with these signatures, all of which must count and be enough.
 * @param delegators all of them must be satisfied; a signature counts that is by a key of any
 * @throws TufProblem `signature-of-other-request`, `signature-key-unknown`, `signature-wrong`, `signature-twice`,
 *   `threshold-not-met`
 */
export function withSignatures<T extends Root | Targets>(
  request: SigningRequest,
  signed: T,
  signatures: SignatureFile[],
  delegators: Delegator[],
): SignedFile<T> {
  const { role } = request;
  const keys = delegators.flatMap((delegator) => roleKeysOf(delegator, role).keys);
  for (const signature of signatures) {
    const parsed = SignatureFile.safeParse(signature);
    const refusal = parsed.success ? checkSignature(request, parsed.data, keys) : 'signature-wrong';
    if (refusal) throw new TufProblem(refusal, `a signature by ${signature.keyid} is refused: ${refusal}`);
  }
  // In the order of the keys, so that the same signatures make the same bytes however they came in.
  const sorted = [...signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
  const twice = sorted.find(({ keyid }, index) => keyid === sorted[index + 1]?.keyid);
  if (twice) throw new TufProblem('signature-twice', `there are two signatures by ${twice.keyid}`);
  const file = assemble(signed, sorted);
  requireThreshold(delegators, role, file);
  return file;
}

function parseSigned<R extends RequestedRole>(role: R, { signed }: SigningRequest): SignedOf[R] {
  try {
    const bytes = Buffer.from(JSON.stringify({ signed, signatures: [] }));
    // Each parser gives the type of its own role.
    return parseMetadata[role](bytes).signed as SignedOf[R];
  } catch (cause) {
    throw malformed(`it is no metadata: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function malformed(why: string): TufProblem {
  return new TufProblem('request-refused', `the request cannot be used: ${why}`);
}
