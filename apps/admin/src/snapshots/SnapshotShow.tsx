import { useState } from 'react';
import { Alert, Box, Stack, TextField, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useLocaleState, useNotify, useTranslate } from 'ra-core';
import { useParams } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Hash } from '../common/Hash.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { SnapshotRow } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { useMay } from '../session/current.ts';
import { SignaturesPanel } from '../signing/SignaturesPanel.tsx';
import { Deliveries } from './Deliveries.tsx';
import { DifferenceView } from './DifferenceView.tsx';
import { Assurance } from './SnapshotList.tsx';
import { Staging } from './Staging.tsx';
import { SnapshotKindChip, SnapshotStateChip } from './SnapshotState.tsx';
import { useCountFacts } from './useCountFacts.ts';
import { useSnapshot } from './useSnapshots.ts';

/** One snapshot: while it waits, what publishing it would change and who must say yes; afterwards, what it was. */
export function SnapshotShow() {
  const translate = useTranslate();
  const { sequence = '' } = useParams();
  const snapshot = useSnapshot(sequence);
  const mayPublish = useMay('snapshot.publish');
  const title = translate('snapshots.name', { n: sequence });
  const back = { to: '/snapshots', label: translate('snapshots.title') };
  if (snapshot.isError) {
    return (
      <Page title={title} back={back}>
        <ErrorState error={snapshot.error} onRetry={() => void snapshot.refetch()} />
      </Page>
    );
  }
  if (!snapshot.data) {
    return (
      <Page title={title} back={back}>
        <Loading />
      </Page>
    );
  }
  const row = snapshot.data;
  const isWaiting = row.state === 'prepared';
  return (
    <Page title={title} back={back} width="wide">
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
        <SnapshotStateChip snapshot={row} />
        <SnapshotKindChip kind={row.kind} />
        <Assurance assurance={row.assurance} />
      </Box>
      <Stack spacing={2}>
        <SignaturesPanel sequence={row.sequence} />
        {isWaiting && <Decide snapshot={row} />}
        {row.deliveries.length > 0 && <Deliveries snapshot={row} />}
        <DifferenceView difference={row.difference} />
        {isWaiting && mayPublish && <Staging snapshot={row} />}
        <Panel title={translate('snapshots.facts')}>
          <SnapshotFacts snapshot={row} />
        </Panel>
      </Stack>
    </Page>
  );
}

/** Gate and decision of a prepared snapshot. */
function Decide({ snapshot }: { snapshot: SnapshotRow }) {
  const translate = useTranslate();
  const queries = useQueryClient();
  const notify = useNotify();
  const mayPublish = useMay('snapshot.publish');
  const [asks, setAsks] = useState<'nothing' | 'publish' | 'discard'>('nothing');
  const [reason, setReason] = useState('');
  const path = `/snapshots/${snapshot.sequence}`;
  const close = () => setAsks('nothing');
  const confirm = useVerb((why: string) => api.post<SnapshotRow>(`${path}/confirm`, { reason: why }), {
    refresh: ['snapshots'],
    done: 'snapshots.done.confirmed',
  });
  const publish = useVerb(() => api.post<SnapshotRow>(`${path}/publish`), {
    refresh: ['snapshots'],
    onDone: ({ reached }) => {
      close();
      notify(reached ? 'snapshots.done.published' : 'snapshots.done.delivering', { type: 'success' });
    },
  });
  const discard = useVerb(() => api.post<SnapshotRow>(`${path}/discard`), {
    refresh: ['snapshots'],
    done: 'snapshots.done.discarded',
    onDone: close,
  });
  const reload = () => void queries.invalidateQueries({ queryKey: ['snapshots'] });
  const { gate } = snapshot;
  const isHeld = gate.needsSecond && snapshot.confirmedBy === null;
  return (
    <Panel title={translate('snapshots.decide.title')} sx={{ borderColor: isHeld ? 'warning.main' : 'divider' }}>
      <Typography sx={{ mb: 1.5 }}>
        {translate('snapshots.decide.prepared', { name: snapshot.preparedByName })}{' '}
        <When at={snapshot.preparedAt} mode="datetime" />
      </Typography>
      {gate.needsSecond && (
        <Alert
          severity={isHeld ? 'warning' : 'success'}
          sx={{ mb: 1.5 }}
          icon={isHeld ? undefined : <CheckCircle fontSize="inherit" />}
        >
          {isHeld
            ? translate('snapshots.decide.gate')
            : translate('snapshots.decide.confirmed', { name: snapshot.confirmedByName ?? '' })}
          <Box component="ul" sx={{ m: 0, mt: 0.5, paddingInlineStart: 2.5 }}>
            {(isHeld ? gate.reasons : [snapshot.confirmedReason ?? '']).map((why) => (
              <li key={why}>
                <bdi>{why}</bdi>
              </li>
            ))}
          </Box>
        </Alert>
      )}
      {snapshot.outdated && (
        <Alert severity="warning" sx={{ mb: 1.5 }}>
          {translate('snapshots.decide.outdated')}
        </Alert>
      )}
      {isHeld && mayPublish && (
        <Box sx={{ mb: 2, maxWidth: 640 }}>
          {snapshot.can.confirm === null && (
            <TextField
              label={translate('snapshots.decide.reason')}
              helperText={translate('snapshots.decide.reasonHelp')}
              fullWidth
              multiline
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          <Box sx={{ mt: 1 }}>
            <ActionButton
              variant="outlined"
              busy={confirm.busy}
              refusal={snapshot.can.confirm ?? (reason.trim() === '' ? { code: 'comment-required' } : null)}
              onClick={() => void confirm.run(reason.trim())}
            >
              {translate('snapshots.decide.confirm')}
            </ActionButton>
          </Box>
          <ProblemNote problem={confirm.problem} onReload={reload} />
        </Box>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
        <ActionButton size="large" refusal={snapshot.can.publish} onClick={() => setAsks('publish')}>
          {translate('snapshots.decide.publish')}
        </ActionButton>
        {mayPublish && (
          <ActionButton
            size="large"
            variant="outlined"
            color="error"
            refusal={snapshot.can.discard}
            onClick={() => setAsks('discard')}
          >
            {translate('snapshots.decide.discard')}
          </ActionButton>
        )}
      </Box>
      <ConfirmDialog
        open={asks === 'publish'}
        title={translate('snapshots.decide.publishTitle', { n: snapshot.sequence })}
        action={translate('snapshots.decide.publish')}
        verb={publish}
        color="primary"
        autoFocus
        onClose={close}
        onReload={reload}
      >
        <Typography>{translate('snapshots.decide.publishText')}</Typography>
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'discard'}
        title={translate('snapshots.decide.discardTitle', { n: snapshot.sequence })}
        action={translate('snapshots.decide.discard')}
        verb={discard}
        onClose={close}
        onReload={reload}
      >
        <Typography>{translate('snapshots.decide.discardText')}</Typography>
      </ConfirmDialog>
    </Panel>
  );
}

function SnapshotFacts({ snapshot }: { snapshot: SnapshotRow }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  const countFacts = useCountFacts();
  const whoWhen = (name: string | null, at: string | null) =>
    name === null ? (
      '–'
    ) : (
      <>
        <PersonName name={name} />
        {at && (
          <>
            {' · '}
            <When at={at} mode="datetime" />
          </>
        )}
      </>
    );
  return (
    <Facts
      facts={[
        ...countFacts(snapshot.counts),
        [translate('snapshots.fact.preparedBy'), whoWhen(snapshot.preparedByName, snapshot.preparedAt)],
        [translate('snapshots.fact.confirmedBy'), whoWhen(snapshot.confirmedByName, null)],
        ...(snapshot.confirmedReason === null
          ? []
          : [[translate('snapshots.fact.confirmedReason'), <bdi key="why">{snapshot.confirmedReason}</bdi>] as const]),
        [translate('snapshots.fact.publishedBy'), whoWhen(snapshot.publishedByName, snapshot.publishedAt)],
        [translate('snapshots.fact.targetsVersion'), snapshot.targetsVersion ?? '–'],
        [translate('snapshots.fact.digest'), <Hash key="digest" value={snapshot.contentDigest} />],
        [translate('snapshots.fact.auditSize'), number.format(snapshot.auditSize)],
        [translate('snapshots.fact.auditRoot'), <Hash key="root" value={snapshot.auditRoot} />],
      ]}
    />
  );
}
