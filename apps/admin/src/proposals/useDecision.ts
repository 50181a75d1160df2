import type { Decision } from '@waymark/domain';
import { useNotify } from 'ra-core';
import { useNavigate } from 'react-router-dom';
import { api, type ProblemBody } from '../api.ts';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { proposalHref } from '../records/useRecord.ts';

type Wish = {
  decision: Decision;
  comment?: string;
  /** A remark on one place that goes with it. */ on?: { path: string; text: string };
};

export type Deciding = {
  run: (wish: Wish) => Promise<unknown>;
  busy: boolean;
  problem: ProblemBody | null;
  clear: () => void;
};

/** Decides on the content that is on the screen, by its hash; after the server's answer the next of the queue opens by itself. */
export function useDecision(view: ProposalView): Deciding {
  const { t } = useWords();
  const notify = useNotify();
  const navigate = useNavigate();
  return useVerb(
    async ({ decision, comment, on }: Wish) => {
      // The remark first: if the decision is refused, it still stands at its field.
      if (on) await api.post(`/proposals/${view.id}/comments`, on);
      return api.post<ProposalView>(`/proposals/${view.id}/review`, {
        decision,
        contentHash: view.contentHash,
        ...(comment === undefined ? {} : { comment }),
      });
    },
    {
      refresh: ['proposals', 'entries', 'organisations', 'countries', 'audit'],
      onDone: (after) => {
        notify(said(after, t), { type: 'success' });
        const next = view.neighbours.next ?? after.neighbours.next;
        void navigate(next !== null && next !== view.id ? proposalHref(next) : '/');
      },
    },
  );
}

function said(after: ProposalView, t: (key: string, options?: Record<string, unknown>) => string): string {
  if (after.state === 'in-review')
    return t('proposals.done.approvedOneOf', {
      given: after.approvals,
      required: after.requiredApprovals,
      name: after.recordName,
    });
  return t(`proposals.done.${after.state}`, { name: after.recordName, _: t('common.saved') });
}
