import { useState } from 'react';
import { Alert, Box, Button, Chip, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'ra-core';
import { ListBase } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { CopyButton } from '../common/Copy.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Hash } from '../common/Hash.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { RecordTable, type Column } from '../common/RecordTable.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { SnapshotRow, SnapshotStatus } from '../contract.ts';
import { useMay } from '../session/current.ts';
import { KeyStatus } from './KeyStatus.tsx';
import { PublishingWarnings } from './PublishingWarnings.tsx';
import { SnapshotKindChip, SnapshotStateChip } from './SnapshotState.tsx';
import { useCountFacts } from './useCountFacts.ts';
import { useNewestSnapshots, useSnapshotStatus } from './useSnapshots.ts';

type Row = SnapshotRow & { id: number };

/** What is published, what waits, how long the signatures last, and all that came before. */
export function SnapshotList() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const mayPublish = useMay('snapshot.publish');
  const status = useSnapshotStatus();
  const newest = useNewestSnapshots();
  const prepare = useVerb(() => api.post<SnapshotRow>('/snapshots'), {
    refresh: ['snapshots'],
    onDone: (snapshot) => void navigate(`/snapshots/${snapshot.sequence}/show`),
  });
  const rows = newest.data?.data ?? [];
  const waiting = rows.find((row) => row.state === 'prepared' || row.state === 'publishing');
  const current = rows.find((row) => row.state === 'published');
  return (
    <Page
      title={translate('snapshots.title')}
      width="wide"
      actions={
        waiting ? (
          <Button component={Link} to={`/snapshots/${waiting.sequence}/show`} variant="contained">
            {translate('snapshots.openWaiting', { n: waiting.sequence })}
          </Button>
        ) : (
          <ActionButton
            refusal={mayPublish ? null : { code: 'not-permitted' }}
            busy={prepare.busy}
            onClick={() => void prepare.run(undefined)}
          >
            {translate('snapshots.prepare')}
          </ActionButton>
        )
      }
    >
      <ProblemNote problem={prepare.problem} onReload={() => window.location.reload()} />
      {newest.isError ? (
        <ErrorState error={newest.error} onRetry={() => void newest.refetch()} />
      ) : (
        <Stack spacing={2}>
          {status.data && <PublishingWarnings warnings={status.data.warnings} />}
          {waiting && (
            <Alert severity="warning">
              {translate('snapshots.waiting', { n: waiting.sequence, name: waiting.preparedByName })}{' '}
              <When at={waiting.preparedAt} mode="relative" />
            </Alert>
          )}
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 5fr) minmax(0, 7fr)' },
            }}
          >
            <Panel title={translate('snapshots.current')}>
              {current ? (
                <Published snapshot={current} status={status.data} />
              ) : (
                <Typography color="text.secondary">
                  {newest.data ? translate('snapshots.nothingPublished') : translate('common.loading')}
                </Typography>
              )}
            </Panel>
            <Stack spacing={2} sx={{ minWidth: 0 }}>
              <Panel title={translate('snapshots.keys.title')}>
                {status.data && !status.data.publishing && (
                  <Alert severity="info" sx={{ mb: 1.5 }}>
                    {translate('snapshots.off')} {status.data.off}
                  </Alert>
                )}
                {status.isError ? (
                  <ErrorState error={status.error} onRetry={() => void status.refetch()} />
                ) : (
                  <KeyStatus roles={status.data?.roles ?? []} />
                )}
              </Panel>
              <Compare rows={rows} />
            </Stack>
          </Box>
          <Box component="section" aria-labelledby="snapshot-history">
            <Typography id="snapshot-history" component="h2" variant="h2" sx={{ mb: 1 }}>
              {translate('snapshots.history')}
            </Typography>
            <ListBase<Row>
              resource="snapshots"
              sort={{ field: 'sequence', order: 'DESC' }}
              perPage={25}
              disableSyncWithLocation
            >
              <History />
            </ListBase>
          </Box>
        </Stack>
      )}
    </Page>
  );
}

function Published({ snapshot, status }: { snapshot: SnapshotRow; status: SnapshotStatus | undefined }) {
  const translate = useTranslate();
  const countFacts = useCountFacts();
  // The server may name its tree relative to itself.
  const repoUrl = status && new URL(status.repoUrl, window.location.origin).href;
  return (
    <>
      <Typography sx={{ fontSize: '1.75rem', fontWeight: 700, lineHeight: 1.2, letterSpacing: '-0.01em' }}>
        {translate('snapshots.name', { n: snapshot.sequence })}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, my: 1 }}>
        <SnapshotStateChip snapshot={snapshot} />
        <SnapshotKindChip kind={snapshot.kind} />
        <Assurance assurance={snapshot.assurance} />
      </Box>
      <Facts
        facts={[
          [translate('snapshots.fact.publishedAt'), <When key="at" at={snapshot.publishedAt} mode="datetime" />],
          [translate('snapshots.fact.publishedBy'), <PersonName key="by" name={snapshot.publishedByName} />],
          [
            translate('snapshots.fact.validUntil'),
            <When
              key="until"
              at={status?.current?.sequence === snapshot.sequence ? status.current.validUntil : null}
            />,
          ],
          ...countFacts(snapshot.counts),
          ...(repoUrl
            ? [
                [
                  translate('snapshots.fact.repo'),
                  <Box
                    key="repo"
                    component="span"
                    sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
                  >
                    <code dir="ltr">{repoUrl}</code>
                    <CopyButton text={repoUrl} />
                  </Box>,
                ] as const,
              ]
            : []),
        ]}
      />
    </>
  );
}

export function Assurance({ assurance }: { assurance: string }) {
  const translate = useTranslate();
  return (
    <Chip
      size="small"
      variant="outlined"
      color={assurance === 'demo' ? 'warning' : 'default'}
      label={translate(`snapshots.assurance.${assurance}`, { _: assurance })}
    />
  );
}

/** Two snapshots to lay side by side. */
function Compare({ rows }: { rows: readonly SnapshotRow[] }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const published = rows.filter((row) => row.state === 'published').map((row) => row.sequence);
  const [from, setFrom] = useState<number>();
  const [to, setTo] = useState<number>();
  if (published.length < 2) return null;
  const newer = to ?? published[0] ?? 0;
  const older = from ?? published[1] ?? 0;
  const choice = (label: string, value: number, onChange: (value: number) => void) => (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      sx={{ minWidth: 150 }}
      margin="none"
    >
      {published.map((sequence) => (
        <MenuItem key={sequence} value={sequence}>
          {translate('snapshots.name', { n: sequence })}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <Panel title={translate('snapshots.compare.title')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        {choice(translate('snapshots.compare.from'), older, setFrom)}
        {choice(translate('snapshots.compare.to'), newer, setTo)}
        <Button variant="outlined" onClick={() => void navigate(`/snapshots/compare?from=${older}&to=${newer}`)}>
          {translate('snapshots.compare.show')}
        </Button>
      </Box>
    </Panel>
  );
}

function History() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const columns: Column<Row>[] = [
    {
      key: 'sequence',
      label: translate('snapshots.column.snapshot'),
      cell: (row) => translate('snapshots.name', { n: row.sequence }),
    },
    {
      key: 'state',
      label: translate('snapshots.column.state'),
      cell: (row) => (
        <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', gap: 0.5 }}>
          <SnapshotStateChip snapshot={row} />
          <SnapshotKindChip kind={row.kind} />
        </Box>
      ),
    },
    {
      key: 'published',
      label: translate('snapshots.column.when'),
      cell: (row) => <When at={row.publishedAt ?? row.preparedAt} mode="datetime" />,
    },
    { key: 'by', label: translate('snapshots.column.by'), cell: (row) => row.publishedByName ?? row.preparedByName },
    {
      key: 'difference',
      label: translate('snapshots.column.difference'),
      cell: ({ difference }) =>
        [difference.totals.added, -difference.totals.removed]
          .filter((count) => count !== 0)
          .map((count) => number.format(count))
          .concat(
            difference.totals.changed > 0
              ? [translate('snapshots.column.changed', { smart_count: difference.totals.changed })]
              : [],
          )
          .join(' · ') || '–',
    },
    {
      key: 'digest',
      label: translate('snapshots.fact.digest'),
      cell: (row) => <Hash value={row.contentDigest} short />,
      wideOnly: true,
    },
  ];
  return (
    <RecordTable<Row>
      columns={columns}
      label={translate('snapshots.history')}
      nameOf={(row) => translate('snapshots.name', { n: row.sequence })}
      hrefOf={(row) => `/snapshots/${row.sequence}/show`}
      empty={<EmptyState title={translate('snapshots.empty.title')}>{translate('snapshots.empty.text')}</EmptyState>}
    />
  );
}
