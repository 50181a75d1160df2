import { useState } from 'react';
import {
  Alert,
  AlertTitle,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  TextField,
  Typography,
} from '@mui/material';
import Download from '@mui/icons-material/FileDownloadOutlined';
import Verified from '@mui/icons-material/VerifiedOutlined';
import { useQuery } from '@tanstack/react-query';
import { AuditAction } from '@waymark/domain';
import { useListContext, useLocaleState, useTranslate } from 'ra-core';
import { ListBase } from 'react-admin';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Hash } from '../common/Hash.tsx';
import { Page } from '../common/Page.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { RecordTable, type Column } from '../common/RecordTable.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { AuditHead, AuditRow, AuditVerification } from '../contract.ts';
import { PublishedHead } from './PublishedHead.tsx';
import { Subject } from './Subject.tsx';

type Row = AuditRow & { id: string | number };

/** Who did what to which thing, when: to search, to take away, and to prove. */
export function AuditList() {
  const translate = useTranslate();
  return (
    <Page title={translate('audit.title')} subtitle={translate('audit.subtitle')} width="wide">
      <Head />
      <PublishedHead />
      <ListBase<Row> resource="audit" sort={{ field: 'seq', order: 'DESC' }} perPage={25}>
        <Filters />
        <Events />
      </ListBase>
    </Page>
  );
}

/** Where the log stands, and the check of all of it. */
function Head() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  const head = useQuery({
    queryKey: ['audit', 'head'],
    queryFn: ({ signal }) => api.get<AuditHead>('/audit/head', { signal }),
  });
  const [result, setResult] = useState<AuditVerification>();
  const verify = useVerb(() => api.post<AuditVerification>('/audit/verify'), { onDone: setResult });
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper', p: 2, mb: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
        <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
          {head.data && (
            <>
              <Typography sx={{ fontWeight: 650 }}>
                {translate('audit.head', { size: number.format(head.data.size) })}
              </Typography>
              <Typography variant="body2" color="text.secondary">
                {translate('audit.root')} <Hash value={head.data.root} />
              </Typography>
            </>
          )}
        </Box>
        <ActionButton
          variant="outlined"
          startIcon={<Verified />}
          busy={verify.busy}
          onClick={() => void verify.run(undefined)}
        >
          {translate('audit.verify')}
        </ActionButton>
      </Box>
      <Box role="status">
        {result && !verify.busy && (
          <Alert severity={result.ok ? 'success' : 'error'} sx={{ mt: 1.5 }}>
            <AlertTitle>{translate(result.ok ? 'audit.verified' : 'audit.broken')}</AlertTitle>
            {result.firstProblem !== undefined && <Box component="bdi">{result.firstProblem}</Box>}
            {Object.entries(result.checked)
              .map(([what, count]) => `${translate(`audit.checked.${what}`, { _: what })}: ${number.format(count)}`)
              .join(' · ')}
          </Alert>
        )}
      </Box>
      <ProblemNote problem={verify.problem} />
    </Box>
  );
}

type Filter = { actor?: string; action?: string; subject?: string; from?: string; to?: string };

function Filters() {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext<Row>();
  const filter = filterValues as Filter; // Ours alone writes it, below.
  const set = (change: Partial<Filter>) => {
    const next = { ...filter, ...change };
    setFilters(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== '')));
  };
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Box
      role="search"
      aria-label={translate('audit.filters')}
      sx={{
        display: 'grid',
        gap: 1.25,
        mt: 2,
        mb: 1.5,
        gridTemplateColumns: { xs: '1fr 1fr', md: '1fr 1fr 1fr 164px 164px auto' },
        alignItems: 'center',
      }}
    >
      <TextField
        select
        margin="none"
        label={translate('audit.column.action')}
        value={filter.action ?? ''}
        onChange={(event) => set({ action: event.target.value })}
        sx={{ gridColumn: { xs: '1 / -1', md: 'auto' }, minWidth: 0 }}
      >
        <MenuItem value="">{translate('audit.any')}</MenuItem>
        {AuditAction.options.map((action) => (
          <MenuItem key={action} value={action}>
            {translate(`audit.action.${action}`)}
          </MenuItem>
        ))}
      </TextField>
      <SlowField
        label={translate('audit.column.actor')}
        help={translate('audit.actorHelp')}
        value={filter.actor ?? ''}
        onChange={(actor) => set({ actor })}
      />
      <SlowField
        label={translate('audit.column.subject')}
        help={translate('audit.subjectHelp')}
        value={filter.subject ?? ''}
        onChange={(subject) => set({ subject })}
      />
      <DateField
        label={translate('audit.from')}
        value={filter.from?.slice(0, 10) ?? ''}
        onChange={(day) => set({ from: day && `${day}T00:00:00.000Z` })}
      />
      <DateField
        label={translate('audit.to')}
        value={filter.to?.slice(0, 10) ?? ''}
        onChange={(day) => set({ to: day && `${day}T23:59:59.999Z` })}
      />
      <Box sx={{ display: 'flex', gap: 1, gridColumn: { xs: '1 / -1', md: 'auto' } }}>
        {isFiltered && (
          <Button size="small" onClick={() => setFilters({})}>
            {translate('common.action.clear')}
          </Button>
        )}
        <Button
          size="small"
          component="a"
          href={api.href('/audit.ndjson', filter)}
          download="waymark-audit.ndjson"
          startIcon={<Download />}
        >
          {translate('audit.export')}
        </Button>
      </Box>
    </Box>
  );
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <TextField
      type="date"
      margin="none"
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      sx={{ minWidth: 0 }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}

/** A text that is applied when it is finished (Enter, or leaving the field): half an id is no filter. */
function SlowField({
  label,
  help,
  value,
  onChange,
}: {
  label: string;
  help: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  const apply = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <TextField
      margin="none"
      label={label}
      placeholder={help}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
      }}
      sx={{ minWidth: 0 }}
      slotProps={{ htmlInput: { dir: 'auto' } }}
    />
  );
}

function Events() {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext<Row>();
  const [open, setOpen] = useState<Row>();
  const columns: Column<Row>[] = [
    {
      key: 'seq',
      label: translate('audit.column.seq'),
      sort: 'seq',
      cell: (row) => <span style={{ fontVariantNumeric: 'tabular-nums' }}>{row.seq}</span>,
    },
    { key: 'at', label: translate('audit.column.at'), cell: (row) => <When at={row.at} mode="datetime" /> },
    {
      key: 'actor',
      label: translate('audit.column.actor'),
      cell: (row) => (
        <Button
          size="small"
          color="inherit"
          sx={{ textAlign: 'start', minHeight: 24, py: 0, px: 0.5, mx: -0.5, fontWeight: 500 }}
          title={translate('audit.onlyThis')}
          onClick={() => setFilters({ ...filterValues, actor: row.actor })}
        >
          <PersonName name={row.actorName ?? row.actor} />
        </Button>
      ),
    },
    {
      key: 'action',
      label: translate('audit.column.action'),
      cell: (row) => translate(`audit.action.${row.action}`, { _: row.action }),
    },
    { key: 'subject', label: translate('audit.column.subject'), cell: (row) => <Subject subject={row.subject} /> },
    {
      key: 'leaf',
      label: translate('audit.column.leaf'),
      cell: (row) => <Hash value={row.leafHash} short />,
      wideOnly: true,
    },
  ];
  return (
    <>
      <RecordTable<Row>
        columns={columns}
        label={translate('audit.title')}
        nameOf={(row) => `${row.seq}`}
        hrefOf={(row) => `/audit/${row.seq}`}
        rowActions={(row) => (
          <Button
            size="small"
            aria-haspopup="dialog"
            aria-label={translate('audit.detailsOf', { seq: row.seq })}
            onClick={() => setOpen(row)}
          >
            {translate('audit.details')}
          </Button>
        )}
      />
      {open && <Details event={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Everything the log holds about one event. */
function Details({ event, onClose }: { event: Row; onClose: () => void }) {
  const translate = useTranslate();
  const isErased = event.payload === null || event.payload === undefined;
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="event-title">
      <DialogTitle id="event-title">{translate('audit.event', { seq: event.seq })}</DialogTitle>
      <DialogContent>
        <Facts
          facts={[
            [translate('audit.column.action'), translate(`audit.action.${event.action}`, { _: event.action })],
            [translate('audit.column.at'), <When key="at" at={event.at} mode="datetime" />],
            [translate('audit.column.actor'), <PersonName key="actor" name={event.actorName ?? event.actor} />],
            [translate('audit.column.subject'), <code key="subject">{event.subject}</code>],
            [translate('audit.commitment'), <Hash key="commitment" value={event.commitment} />],
            [translate('audit.column.leaf'), <Hash key="leaf" value={event.leafHash} />],
          ]}
        />
        <Typography component="h3" variant="h3" sx={{ mt: 2, mb: 0.5 }}>
          {translate('audit.payload')}
        </Typography>
        {isErased ? (
          <Typography color="text.secondary">{translate('audit.erased')}</Typography>
        ) : (
          <Box
            component="pre"
            dir="ltr"
            tabIndex={0}
            aria-label={translate('audit.payload')}
            sx={{
              m: 0,
              p: 1.5,
              borderRadius: 1,
              bgcolor: 'background.default',
              border: 1,
              borderColor: 'divider',
              fontSize: '0.8125rem',
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
              maxHeight: 360,
              overflowY: 'auto',
            }}
          >
            {JSON.stringify(event.payload, null, 2)}
          </Box>
        )}
      </DialogContent>
      <DialogActions>
        <Button component={Link} to={`/audit/${event.seq}`}>
          {translate('audit.prove')}
        </Button>
        <Button variant="contained" onClick={onClose}>
          {translate('common.action.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
