import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  Box,
  Button,
  Chip,
  Paper,
  Radio,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import type { Change } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ErrorState } from '../common/ErrorState.tsx';
import { When } from '../common/When.tsx';
import type { RecordResource, References, RevisionRow } from '../contract.ts';
import { ChangeTable } from '../proposals/ChangeTable.tsx';
import { useWords } from './words.ts';
import { RevertButton } from './RevertButton.tsx';
import { StateChip } from './StateChip.tsx';
import { proposalHref } from './useRecord.ts';
import { useRevisions } from './useSince.ts';

export type HistoryProps = {
  resource: RecordResource;
  id: string;
  revision: number;
  doc: unknown;
  references: References;
};

/** Every approved revision with who proposed and approved it; any two can be compared, any earlier one proposed again. */
export function History({ resource, id, revision, doc, references }: HistoryProps) {
  const { t } = useWords();
  const { data, error, refetch } = useRevisions(resource, id);
  const [chosenFrom, setFrom] = useState<number>();
  const [chosenTo, setTo] = useState<number>();
  // Until somebody chooses: the last change.
  const from = chosenFrom ?? Math.max(1, revision - 1);
  const to = chosenTo ?? revision;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={160} />;
  return (
    <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <TableContainer component={Paper} variant="outlined" sx={{ overflowX: 'auto' }}>
        <Table size="small" aria-label={t('records.history.title')}>
          <TableHead>
            <TableRow>
              {data.length > 1 && (
                <>
                  <TableCell scope="col">{t('records.history.from')}</TableCell>
                  <TableCell scope="col">{t('records.history.to')}</TableCell>
                </>
              )}
              <TableCell scope="col">{t('records.revision')}</TableCell>
              <TableCell scope="col">{t('records.history.when')}</TableCell>
              <TableCell scope="col">{t('records.history.people')}</TableCell>
              <TableCell scope="col">{t('records.history.proposal')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {data.map((row) => (
              <RevisionLine
                key={row.revision}
                row={row}
                isPickable={data.length > 1}
                from={from}
                to={to}
                onFrom={setFrom}
                onTo={setTo}
                current={revision}
                resource={resource}
                id={id}
              />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {data.length > 1 && (
        <Comparison resource={resource} id={id} from={from} to={to} doc={doc} references={references} />
      )}
    </Box>
  );
}

type LineProps = {
  row: RevisionRow;
  isPickable: boolean;
  from: number;
  to: number;
  onFrom: (revision: number) => void;
  onTo: (revision: number) => void;
  current: number;
  resource: RecordResource;
  id: string;
};

function RevisionLine({ row, isPickable, from, to, onFrom, onTo, current, resource, id }: LineProps) {
  const { t } = useWords();
  const pick = (name: string, chosen: number, choose: (revision: number) => void, label: string) => (
    <TableCell padding="checkbox">
      <Radio
        size="small"
        name={name}
        checked={chosen === row.revision}
        onChange={() => choose(row.revision)}
        slotProps={{ input: { 'aria-label': t(label, { revision: row.revision }) } }}
      />
    </TableCell>
  );
  return (
    <TableRow>
      {isPickable && (
        <>
          {pick('compare-from', from, onFrom, 'records.history.pickFrom')}
          {pick('compare-to', to, onTo, 'records.history.pickTo')}
        </>
      )}
      <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap' }}>
        {row.revision}{' '}
        {row.revision === current && <Chip component="span" size="small" label={t('records.history.current')} />}{' '}
        {row.state !== 'active' && <StateChip state={row.state} />}
      </TableCell>
      <TableCell>
        <When at={row.at} mode="datetime" />
      </TableCell>
      <TableCell>
        {t('records.history.by', {
          author: row.author.name,
          approvers: row.approvers.map(({ name }) => name).join(', ') || '–',
        })}
        {row.summary !== '' && (
          <Typography variant="body2" color="text.secondary" dir="auto">
            {row.summary}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <Button
          size="small"
          component={Link}
          to={proposalHref(row.proposalId)}
          aria-label={t('records.history.openProposal', { revision: row.revision })}
        >
          {t('common.action.open')}
        </Button>
        {row.revision !== current && row.state === 'active' && (
          <RevertButton resource={resource} id={id} revision={row.revision} />
        )}
      </TableCell>
    </TableRow>
  );
}

function Comparison({
  resource,
  id,
  from,
  to,
  doc,
  references,
}: {
  resource: RecordResource;
  id: string;
  from: number;
  to: number;
  doc: unknown;
  references: References;
}) {
  const { t } = useWords();
  const { data, error, isPending } = useQuery({
    queryKey: [resource, 'compare', id, from, to],
    enabled: from !== to,
    queryFn: ({ signal }) =>
      api.get<{ changes: Change[] }>(`/${resource}/${id}/compare`, { query: { from, to }, signal }),
  });
  return (
    <Box component="section" aria-labelledby="comparison" aria-live="polite">
      <Typography id="comparison" variant="h2" sx={{ mb: 1.5 }}>
        {t('records.history.compare', { from, to })}
      </Typography>
      {from === to ? (
        <Typography color="text.secondary">{t('records.history.pickTwo')}</Typography>
      ) : error ? (
        <ErrorState error={error} />
      ) : isPending ? (
        <Skeleton variant="rounded" height={120} />
      ) : data.changes.length === 0 ? (
        <Typography color="text.secondary">{t('records.history.same')}</Typography>
      ) : (
        <ChangeTable changes={data.changes} references={references} docs={[doc]} />
      )}
    </Box>
  );
}
