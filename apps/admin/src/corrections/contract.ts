import type { CorrectedValue, CorrectionSubject } from '@waymark/domain';

/** A correction from outside, as the API answers it. */
export type CorrectionRow = {
  id: string;
  recordId: string;
  entry: { name: string; slug: string; state: string } | null;
  channel: { id: string; address: string | null } | null;
  what: CorrectionSubject;
  value: CorrectedValue | null;
  note: string | null;
  contact: string | null;
  times: number;
  receivedAt: string;
  state: CorrectionState;
  decidedAt: string | null;
  decidedByName: string | null;
  proposalId: string | null;
  purgeAt: string;
};

export const STATES = ['open', 'accepted', 'dismissed'] as const;
export type CorrectionState = (typeof STATES)[number];

/** Why one leads to nothing; the server takes no others. */
export const DISMISSALS = ['already-right', 'not-confirmed', 'unclear', 'nonsense'] as const;
