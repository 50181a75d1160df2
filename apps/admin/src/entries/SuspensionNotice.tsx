import { useEffect, useState } from 'react';
import { Alert, AlertTitle, Box } from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { RecordView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { StartProposalButton } from '../records/StartProposalButton.tsx';
import { useMe } from '../session/current.ts';

/** That an entry is out of sight, by whom and why; the second person confirms here, or somebody proposes to show it again. */
export function SuspensionNotice({ view }: { view: RecordView<'entry'> }) {
  const { t } = useWords();
  const me = useMe();
  const { suspension } = view;
  const confirm = useVerb(() => api.post<RecordView>(`/entries/${view.id}/confirm-suspension`), {
    refresh: ['entries', 'audit'],
    done: 'entries.suspended.confirmed',
  });
  const [code, note] = splitReason(suspension?.reason ?? '');
  return (
    <Alert severity="error" sx={{ mb: 2 }}>
      <AlertTitle>{t('entries.suspended.title')}</AlertTitle>
      {suspension && (
        <>
          <div>
            {t(`vocabulary.suspendReason.${code}`, { _: code })}
            {note !== undefined && (
              <>
                {' – '}
                <span dir="auto">{note}</span>
              </>
            )}
          </div>
          <div>
            {t('entries.suspended.by', { name: suspension.byName })} <When at={suspension.at} mode="datetime" />.{' '}
            {suspension.confirmedBy === null ? (
              <>
                {t('entries.suspended.confirmBy')} <When at={suspension.confirmBy} mode="datetime" />{' '}
                <TimeLeft until={suspension.confirmBy} />
              </>
            ) : (
              t('entries.suspended.confirmedBy', { name: suspension.confirmedByName ?? '' })
            )}
          </div>
          {suspension.confirmedBy === null && (
            <div>{t(code === 'unsafe' ? 'entries.suspended.toldUnsafe' : 'entries.suspended.told')}</div>
          )}
        </>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mt: 1.25 }}>
        {suspension && suspension.confirmedBy === null && (
          <ActionButton
            color="error"
            refusal={me && suspension.by === me.id ? { code: 'second-person-needed' } : null}
            busy={confirm.busy}
            onClick={() => void confirm.run(undefined)}
          >
            {t('entries.suspended.confirm')}
          </ActionButton>
        )}
        <StartProposalButton
          kind="lift"
          recordType="entry"
          recordId={view.id}
          label={t('entries.suspended.lift')}
          variant="outlined"
        />
      </Box>
      <ProblemNote problem={confirm.problem} />
    </Alert>
  );
}

/** How long the second person still has; counts down by itself. */
function TimeLeft({ until }: { until: string }) {
  const { t } = useWords();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.ceil((Date.parse(until) - now) / 60_000);
  return (
    <strong>
      {minutes <= 0
        ? t('entries.suspended.late')
        : t('entries.suspended.left', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
    </strong>
  );
}

/** The server keeps code and note in one text: `unsafe: the domain was sold`. */
function splitReason(reason: string): [code: string, note?: string] {
  const at = reason.indexOf(': ');
  return at === -1 ? [reason] : [reason.slice(0, at), reason.slice(at + 2)];
}
