import { reviewUrgent, SigningRequest, type UrgentReview } from '@waymark/domain';
import { api } from '../api.ts';
import type { UrgentView } from '../contract.ts';
import { signWithBrowserKey, type BrowserKey } from '../signing/browserKey.ts';
import { findUrgentMemory, saveUrgentMemory } from '../signing/browserStore.ts';
import { refusedToSign } from '../signing/refusedToSign.ts';

/** What would be signed, looked at by this browser; null while there is nothing to sign. */
export async function reviewUrgentHere({ request, withdrawals }: UrgentView): Promise<UrgentReview | null> {
  if (!request) return null;
  return reviewUrgent({ request, withdrawals, last: (await findUrgentMemory()) ?? null, now: new Date() });
}

/**
 * Fetches the urgent list as it is now, looks at it, signs it with the duty key and hands the signature in.
 * @throws HttpError `signing-refused` while anything speaks against it; ApiError when the server does not take it
 */
export async function signUrgent(key: BrowserKey): Promise<UrgentView> {
  const view = await api.get<UrgentView>('/urgent/request');
  const review = await reviewUrgentHere(view);
  if (!review) return view;
  if (!review.signed || !review.memory) throw refusedToSign(review.refusals);
  const file = await signWithBrowserKey(key, { ...SigningRequest.parse(view.request), signed: review.signed });
  await saveUrgentMemory(review.memory);
  return api.post<UrgentView>('/urgent/signatures', file);
}
