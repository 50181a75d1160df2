import { unzipSync } from 'fflate';
import {
  NO_CONFIRMATIONS,
  openBundle,
  reviewSnapshot,
  SigningRequest,
  type Confirmations,
  type SigningView,
  type SnapshotReview,
} from '@waymark/domain';
import { api } from '../api.ts';
import { catchUp } from './catchUp.ts';
import { signWithBrowserKey, type BrowserKey } from './browserKey.ts';
import { refusedToSign } from './refusedToSign.ts';
import { openMemory, remember } from './signersMemory.ts';
import { gunzip } from './streams.ts';

/** The bundle as it came, what this browser made of it, and why it could not follow what was published meanwhile. */
export type Reviewed = { unpacked: ReadonlyMap<string, Uint8Array>; review: SnapshotReview; behind: string | null };

/**
 * Fetches everything a signer takes along, and looks at it as `waymark review` does: same function, same refusals.
 * @throws ApiError when the server has nothing to sign; Error when the bundle is none
 */
export async function reviewInBrowser(sequence: number, signal: AbortSignal): Promise<Reviewed> {
  const zip = await api.bytes(`/snapshots/${sequence}/bundle`, { signal });
  const unpacked = new Map(Object.entries(unzipSync(zip)));
  // Where the tree cannot be followed the review says what is missing; this says why.
  const behind = await catchUp(`${window.location.origin}/repo`, new Date()).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { unpacked, review: await review(unpacked, NO_CONFIRMATIONS), behind };
}

/**
 * Looks at it once more, with what the person answered for, signs what was read here, remembers it, and hands in the signature.
 * @throws HttpError `signing-refused` while anything speaks against it; ApiError when the server does not take the signature
 */
export async function signReviewed(
  unpacked: Reviewed['unpacked'],
  { sequence, key, confirmations }: { sequence: number; key: BrowserKey; confirmations: Confirmations },
): Promise<SigningView> {
  const reviewed = await review(unpacked, confirmations);
  if (reviewed.refusals.length > 0 || !reviewed.signed || !reviewed.memory) throw refusedToSign(reviewed.refusals);
  const { request, files } = openBundle(unpacked);
  const file = await signWithBrowserKey(key, { ...SigningRequest.parse(request), signed: reviewed.signed });
  // Before it leaves: whatever becomes of the signature, the log head and the numbers under it were seen here.
  await remember(reviewed.memory, files);
  return api.post<SigningView>(`/snapshots/${sequence}/signatures`, file);
}

async function review(unpacked: Reviewed['unpacked'], confirmations: Confirmations): Promise<SnapshotReview> {
  const memory = await openMemory();
  return reviewSnapshot({ ...openBundle(unpacked), memory, now: new Date(), confirmations, gunzip });
}
