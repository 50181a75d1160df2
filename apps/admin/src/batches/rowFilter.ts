import { BatchRowResult, ProposalState, Risk } from '@waymark/domain';
import type { Query } from '../api.ts';

/** Which rows of a batch are looked at. */
export type RowFilter = {
  state?: ProposalState | undefined;
  result?: BatchRowResult | undefined;
  risk?: Risk | undefined;
  q?: string | undefined;
};

/** The filter an address asks for; what it says beyond our words is left out. */
export function filterFrom(params: URLSearchParams): RowFilter {
  const q = params.get('q') ?? '';
  return {
    state: ProposalState.safeParse(params.get('state')).data,
    result: BatchRowResult.safeParse(params.get('result')).data,
    risk: Risk.safeParse(params.get('risk')).data,
    q: q === '' ? undefined : q,
  };
}

/** As the API is asked for it. */
export function queryOf({ state, result, risk, q }: RowFilter): Query {
  return { state, result, risk, q };
}
