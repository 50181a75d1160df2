import { Paper } from '@mui/material';
import SendOutlined from '@mui/icons-material/SendOutlined';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';

/** For those who write, while a proposal is not in review: sends it there, or says what is missing. */
export function SendBar({ view }: { view: ProposalView }) {
  const { t } = useWords();
  const submit = useVerb(() => api.post<ProposalView>(`/proposals/${view.id}/submit`, {}), {
    refresh: ['proposals', 'entries', 'organisations', 'countries'],
    done: 'records.draft.sent',
  });
  return (
    <Paper
      component="section"
      aria-label={t('records.draft.bar')}
      variant="outlined"
      sx={{ position: 'sticky', bottom: 0, zIndex: 3, p: 1.25, mt: 2.5, boxShadow: '0 -6px 24px rgba(0,0,0,.10)' }}
    >
      <ProblemNote problem={submit.problem} onReload={() => window.location.reload()} />
      <ActionButton
        refusal={view.can.submit}
        busy={submit.busy}
        startIcon={<SendOutlined sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }} />}
        onClick={() => void submit.run(undefined)}
      >
        {t('records.draft.send')}
      </ActionButton>
    </Paper>
  );
}
