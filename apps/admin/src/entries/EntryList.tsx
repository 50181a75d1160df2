import { Box, Button, Chip } from '@mui/material';
import Add from '@mui/icons-material/Add';
import { ListBase } from 'ra-core';
import { Link } from 'react-router-dom';
import { isCountry, languageName } from '@waymark/domain';
import { ActionBar } from '../bulk/ActionBar.tsx';
import { useWhole } from '../bulk/useWhole.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { Page } from '../common/Page.tsx';
import { RecordTable, type Column } from '../common/RecordTable.tsx';
import { When } from '../common/When.tsx';
import type { RecordRow } from '../contract.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { areaText } from '../records/areaText.ts';
import { networkName, useWords, type Words } from '../records/words.ts';
import { RecordFilters } from '../records/RecordFilters.tsx';
import { StateChip } from '../records/StateChip.tsx';
import { recordHref } from '../records/useRecord.ts';
import { useMay } from '../session/current.ts';

const FACETS = ['kind', 'country', 'language', 'network', 'state'] as const;

/** All entries of the directory: found by anything that is in them, narrowed by facets. */
export default function EntryList() {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  return (
    <ListBase resource="entries" sort={{ field: 'name', order: 'ASC' }} perPage={25} disableSyncWithLocation={false}>
      <Page
        title={t('entries.title')}
        width="wide"
        actions={
          <>
            <ExportMenu />
            {mayWrite && (
              <Button variant="contained" component={Link} to="/entries/create" startIcon={<Add />}>
                {t('entries.create.button')}
              </Button>
            )}
          </>
        }
      >
        <RecordFilters resource="entries" facets={FACETS}>
          <EntryTable />
        </RecordFilters>
      </Page>
    </ListBase>
  );
}

/** Rows can be ticked, or all that match be meant: what is done to them is looked at first. */
function EntryTable() {
  const words = useWords();
  const { t } = words;
  const whole = useWhole();
  return (
    <RecordTable<RecordRow>
      columns={columnsFor(words)}
      label={t('entries.title')}
      nameOf={({ name }) => name}
      hrefOf={({ id }) => recordHref('entry', id)}
      columnsKey="entries"
      bulkActions={<ActionBar whole={whole} />}
      whole={whole}
      empty={
        <EmptyState art="fork" title={t('entries.list.none')}>
          {t('entries.list.noneText')}
        </EmptyState>
      }
    />
  );
}

function columnsFor(words: Words): Column<RecordRow>[] {
  const { t, locale } = words;
  return [
    { key: 'name', label: t('fields.names'), sort: 'name', cell: (row) => <NameAndOrganisation row={row} /> },
    { key: 'address', label: t('entries.list.address'), cell: ({ address }) => address && <Address text={address} /> },
    {
      key: 'countries',
      label: t('entries.list.countries'),
      cell: ({ countries }) => <Names list={countries} nameOf={(code) => countryOf(code, words)} />,
    },
    {
      key: 'kind',
      label: t('fields.kind'),
      sort: 'kind',
      cell: ({ kind }) => t(`vocabulary.kind.${kind}`, { _: kind }),
    },
    {
      key: 'languages',
      label: t('fields.channels_languages'),
      offByDefault: true,
      cell: ({ languages }) => <Names list={languages} nameOf={(tag) => languageName(tag, locale)} />,
    },
    {
      key: 'networks',
      label: t('entries.list.networks'),
      offByDefault: true,
      cell: ({ networks }) => <Names list={networks} nameOf={networkName} />,
    },
    {
      key: 'state',
      label: t('entries.list.state'),
      cell: ({ state, openProposals }) => (
        <State state={state} open={openProposals} label={t('records.list.open', { smart_count: openProposals })} />
      ),
    },
    { key: 'slug', label: t('fields.slug'), offByDefault: true, cell: ({ slug }) => <code>{slug}</code> },
    {
      key: 'revision',
      label: t('records.revision'),
      offByDefault: true,
      numeric: true,
      cell: ({ revision }) => revision,
    },
    {
      key: 'updatedAt',
      label: t('records.updatedAt'),
      sort: 'updatedAt',
      cell: ({ updatedAt }) => <When at={updatedAt} mode="relative" />,
    },
  ];
}

const countryOf = (code: string, words: Words): string =>
  code === '001' || isCountry(code) ? areaText(code, words) : code;

/** Who runs it stands under the name: one looks for either. */
function NameAndOrganisation({ row }: { row: RecordRow }) {
  return (
    <>
      {row.name}
      {row.organisationName !== null && row.organisationName !== row.name && (
        <Box component="span" sx={{ display: 'block', fontWeight: 400, typography: 'body2', color: 'text.secondary' }}>
          <bdi>{row.organisationName}</bdi>
        </Box>
      )}
    </>
  );
}

/** Two names, and how many more there are. */
function Names({ list, nameOf }: { list: readonly string[]; nameOf: (code: string) => string }) {
  if (list.length === 0) return <>–</>;
  const shown = list.slice(0, 2).map(nameOf).join(', ');
  const rest = list.length - 2;
  return (
    <span title={list.map(nameOf).join(', ')}>
      {shown}
      {rest > 0 && ` +${list.includes('…') ? '…' : rest}`}
    </span>
  );
}

/** The first number or address: numbers to read, addresses by their host. */
export function Address({ text }: { text: string }) {
  return (
    <Box
      component="bdi"
      dir="ltr"
      sx={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere', display: 'inline-block', maxWidth: '28ch' }}
    >
      {text.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '')}
    </Box>
  );
}

function State({ state, open, label }: { state: RecordRow['state']; open: number; label: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.5, flexWrap: 'wrap' }}>
      <StateChip state={state} />
      {open > 0 && <Chip component="span" size="small" variant="outlined" color="secondary" label={label} />}
    </Box>
  );
}
