import { useNavigate } from 'react-router-dom';
import { Box } from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView, RecordResource } from '../contract.ts';
import { useMay } from '../session/current.ts';
import { useWords } from './words.ts';
import { proposalHref } from './useRecord.ts';

/** Proposes to go back to an earlier revision: a draft like any other, to be looked at and sent. */
export function RevertButton({ resource, id, revision }: { resource: RecordResource; id: string; revision: number }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay('proposal.write');
  const revert = useVerb(() => api.post<ProposalView>(`/${resource}/${id}/revert`, { revision }), {
    refresh: ['proposals', resource],
    onDone: (view) => void navigate(proposalHref(view.id)),
  });
  if (!mayWrite) return null;
  return (
    <Box component="span">
      <ActionButton
        size="small"
        variant="text"
        busy={revert.busy}
        onClick={() => void revert.run(undefined)}
        aria-label={t('records.history.revertTo', { revision })}
      >
        {t('records.history.revert')}
      </ActionButton>
      <ProblemNote problem={revert.problem} />
    </Box>
  );
}
