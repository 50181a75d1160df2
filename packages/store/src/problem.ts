import { REFUSALS, type Refusal } from '@waymark/domain';

/** A refusal on its way to the caller; nothing was written. The API speaks it as RFC 9457. */
export class Problem extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail ?? REFUSALS[refusal.code].title);
    this.name = 'Problem';
    this.refusal = refusal;
  }
}

/** Throws the refusal as a Problem when there is one: `orThrow(reviewRefusal(…))`. */
export function orThrow(refusal: Refusal | undefined): void {
  if (refusal) throw new Problem(refusal);
}
