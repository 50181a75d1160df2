import { SIGNING_REFUSALS, type SigningRefusal } from '@waymark/domain';
import { HttpError } from 'ra-core';
import type { ProblemBody } from '../api.ts';

/** Says, as the server says a problem, what this browser found at the last moment. */
export function refusedToSign(refusals: readonly SigningRefusal[]): HttpError {
  const body: ProblemBody = {
    code: 'signing-refused',
    title: 'Something speaks against signing this',
    status: 422,
    detail: refusals.map(({ code, detail }) => `${SIGNING_REFUSALS[code]}: ${detail}`).join('. '),
  };
  return new HttpError(body.title, body.status, body);
}
