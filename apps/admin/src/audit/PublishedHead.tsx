import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'ra-core';
import { CopyButton } from '../common/Copy.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Hash } from '../common/Hash.tsx';
import { Panel } from '../common/Panel.tsx';
import type { PublicLog } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { UncheckedHead, type CheckedHead } from './checkHead.ts';
import { useCheckedHead, usePublicLog } from './usePublishedHead.ts';
import { CosignedBy } from './CosignedBy.tsx';

/** The head that the log signed for everybody, checked here against the one this browser saw last. */
export function PublishedHead() {
  const translate = useTranslate();
  const log = usePublicLog();
  return (
    <Panel title={translate('audit.public.title')}>
      {log.isError ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : log.data ? (
        <Head log={log.data} />
      ) : (
        <Loading />
      )}
    </Panel>
  );
}

function Head({ log }: { log: PublicLog }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  const { published, key, off, waiting } = log;
  return (
    <>
      {off !== null && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          <AlertTitle>{translate('audit.public.off')}</AlertTitle>
          <bdi>{off}</bdi>
        </Alert>
      )}
      {published === null ? (
        off === null && <Typography color="text.secondary">{translate('audit.public.soon')}</Typography>
      ) : (
        <>
          <Finding log={log} />
          <Facts
            facts={[
              [translate('audit.public.size'), number.format(published.size)],
              [translate('audit.root'), <Hash key="root" value={published.root} />],
              [translate('audit.public.waiting'), number.format(waiting)],
              [translate('audit.public.key'), <Hash key="key" value={key ?? ''} />],
              ...(log.witnesses.length > 0
                ? [[translate('audit.public.witnesses'), <CosignedBy key="witnesses" log={log} />] as const]
                : []),
            ]}
          />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
            <CopyButton text={key ?? ''} label={translate('audit.public.copyKey')} />
            <CopyButton text={published.checkpoint} label={translate('audit.public.copyHead')} />
          </Box>
          <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
            {translate('audit.public.witness')}
          </Typography>
        </>
      )}
    </>
  );
}

const GOOD: readonly CheckedHead['relation'][] = ['first', 'same', 'grown'];

/** What this browser found, in words. */
function Finding({ log }: { log: PublicLog }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  const checked = useCheckedHead(log);
  if (checked.isPending) return <Loading />;
  if (checked.isError) {
    const problem = checked.error instanceof UncheckedHead ? checked.error.problem : 'tiles';
    return (
      <Alert severity={problem === 'signature' ? 'error' : 'warning'} role="status" sx={{ mb: 2 }}>
        <AlertTitle>{translate(`audit.public.problem.${problem}`)}</AlertTitle>
        {translate(`audit.public.problemText.${problem}`)}
      </Alert>
    );
  }
  if (!checked.data) return null;
  const { relation, known, size, proof } = checked.data;
  const numbers = { size: number.format(size), known: number.format(known ?? 0) };
  return (
    <Alert
      severity={GOOD.includes(relation) ? 'success' : relation === 'shrunk' ? 'warning' : 'error'}
      role="status"
      sx={{ mb: 2 }}
    >
      <AlertTitle>{translate(`audit.public.relation.${relation}`)}</AlertTitle>
      {translate(`audit.public.relationText.${relation}`, numbers)}
      {proof && (
        <Box sx={{ mt: 1 }}>
          <CopyButton
            color="inherit"
            text={JSON.stringify(proof, null, 2)}
            label={translate('audit.public.copyProof')}
          />
        </Box>
      )}
    </Alert>
  );
}
