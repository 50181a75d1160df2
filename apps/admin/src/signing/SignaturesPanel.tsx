import type { ReactNode } from 'react';
import { Alert, Box, Button, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircle';
import Download from '@mui/icons-material/FileDownloadOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import { useLocaleState, useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ErrorState } from '../common/ErrorState.tsx';
import { Hash } from '../common/Hash.tsx';
import { Panel } from '../common/Panel.tsx';
import { RefusalNote } from '../common/RefusalNote.tsx';
import { When } from '../common/When.tsx';
import type { SigningView } from '@waymark/domain';
import { useMay } from '../session/current.ts';
import { SixWords } from './SixWords.tsx';
import { UploadSignatures } from './UploadSignatures.tsx';
import { useBrowserKey } from './useBrowserKeys.ts';
import { useSigning } from './useSigning.ts';

/** Who has signed a snapshot, who is missing, what to compare by voice, and the ways to sign. Nothing where a server signs by itself. */
export function SignaturesPanel({ sequence }: { sequence: number }) {
  const translate = useTranslate();
  const signing = useSigning(sequence);
  if (signing.isError) {
    return (
      <Panel title={translate('signing.panel.title')}>
        <ErrorState error={signing.error} onRetry={() => void signing.refetch()} />
      </Panel>
    );
  }
  const view = signing.data;
  if (!view || view.state === 'server-signs' || (view.state === 'closed' && view.signed.length === 0)) return null;
  return (
    <Panel
      title={translate('signing.panel.title')}
      sx={{
        borderColor: view.state === 'void' ? 'warning.main' : view.state === 'complete' ? 'success.main' : 'divider',
      }}
    >
      {view.state === 'void' ? (
        <Alert severity="warning">
          {translate('signing.panel.void')} <bdi>{view.voidBecause}</bdi>
        </Alert>
      ) : (
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' },
          }}
        >
          <People view={view} />
          {view.request && <Words request={view.request} />}
        </Box>
      )}
      {(view.state === 'open' || view.state === 'complete') && <Ways view={view} />}
    </Panel>
  );
}

function People({ view }: { view: SigningView }) {
  const translate = useTranslate();
  const isWaiting = view.state === 'open' || view.state === 'complete';
  return (
    <div>
      <Typography sx={{ mb: 1.25, fontSize: '1.375rem', fontWeight: 680, lineHeight: 1.25 }}>
        {translate('signing.panel.count', { signed: view.signed.length, threshold: view.threshold })}
      </Typography>
      <Box
        component="ul"
        aria-label={translate('signing.panel.people')}
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}
      >
        {view.signed.map(({ keyid, owner, at, uploadedByName }) => (
          <Person key={keyid} keyid={keyid} owner={owner} isDone>
            {translate('signing.panel.signed', { name: uploadedByName })} <When at={at} mode="datetime" />
          </Person>
        ))}
        {isWaiting &&
          view.missing.map(({ keyid, owner }) => (
            <Person key={keyid} keyid={keyid} owner={owner}>
              {translate(view.state === 'complete' ? 'signing.panel.notNeeded' : 'signing.panel.missing')}
            </Person>
          ))}
      </Box>
    </div>
  );
}

type PersonProps = { keyid: string; owner: string | null; isDone?: boolean; children: ReactNode };

function Person({ keyid, owner, isDone = false, children }: PersonProps) {
  const Icon = isDone ? CheckCircle : RadioButtonUnchecked;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1.25, alignItems: 'flex-start' }}>
      <Icon aria-hidden sx={{ fontSize: 20, mt: '2px', color: isDone ? 'success.main' : 'text.secondary' }} />
      <Box sx={{ minWidth: 0 }}>
        <Typography sx={{ fontWeight: 650 }}>
          {owner === null ? <Hash value={keyid} short /> : <bdi>{owner}</bdi>}
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {children}
        </Typography>
      </Box>
    </Box>
  );
}

function Words({ request }: { request: NonNullable<SigningView['request']> }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  return (
    <div>
      <Typography component="h3" variant="h3" sx={{ mb: 0.75 }}>
        {translate('signing.words.title')}
      </Typography>
      <SixWords digest={request.digest} label={translate('signing.words.title')} />
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1.25 }}>
        {translate('signing.panel.left', { time: days.format(Math.max(0, request.daysLeft)) })}{' '}
        <When at={request.expires} mode="datetime" />
      </Typography>
    </div>
  );
}

/** The window, and how a signature is made or brought. */
function Ways({ view }: { view: SigningView }) {
  const translate = useTranslate();
  const mayPublish = useMay('snapshot.publish');
  const ownKey = useBrowserKey('targets').data;
  const isMine = view.signed.some(({ keyid }) => keyid === ownKey?.keyid);
  const path = `/snapshots/${view.sequence}`;
  return (
    <Box sx={{ mt: 2.5, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Typography variant="body2" color="text.secondary">
        {view.window.isOpen ? (
          <>
            {translate('signing.window.open')} <When at={view.window.closesAt} mode="datetime" />
          </>
        ) : (
          <>
            {translate('signing.window.next')} <When at={view.window.opensAt} mode="datetime" />.{' '}
            {translate('signing.window.other')}
          </>
        )}
      </Typography>
      {mayPublish && (
        <>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
            <Button
              component={Link}
              to={`${path}/sign`}
              variant={view.state === 'open' && !isMine ? 'contained' : 'outlined'}
            >
              {translate('signing.panel.review')}
            </Button>
            <Button
              component="a"
              href={api.href(`${path}/bundle`)}
              download
              startIcon={<Download />}
              variant="outlined"
            >
              {translate('signing.panel.bundle')}
            </Button>
            <Button component="a" href={api.href(`${path}/request`)} download startIcon={<Download />}>
              {translate('signing.panel.request')}
            </Button>
          </Box>
          {view.can.addSignature
            ? view.request && <RefusalNote refusal={view.can.addSignature} />
            : view.request && (
                <UploadSignatures path={`${path}/signatures`} digest={view.request.digest} refresh="snapshots" />
              )}
        </>
      )}
    </Box>
  );
}
