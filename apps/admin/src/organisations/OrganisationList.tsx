import { Button, Chip } from '@mui/material';
import Add from '@mui/icons-material/Add';
import { countryName, isCountry } from '@waymark/domain';
import { ListBase } from 'ra-core';
import { Link } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { Page } from '../common/Page.tsx';
import { RecordTable, type Column } from '../common/RecordTable.tsx';
import { When } from '../common/When.tsx';
import type { RecordRow } from '../contract.ts';
import { Address } from '../entries/EntryList.tsx';
import { CsvButton } from './CsvButton.tsx';
import { networkName, useWords, type Words } from '../records/words.ts';
import { RecordFilters } from '../records/RecordFilters.tsx';
import { StateChip } from '../records/StateChip.tsx';
import { recordHref } from '../records/useRecord.ts';
import { useMay } from '../session/current.ts';

const FACETS = ['kind', 'country', 'network', 'state'] as const;

/** Who runs entries. */
export default function OrganisationList() {
  const words = useWords();
  const { t } = words;
  const mayWrite = useMay('proposal.write');
  return (
    <ListBase resource="organisations" sort={{ field: 'name', order: 'ASC' }} perPage={25}>
      <Page
        title={t('organisations.title')}
        width="wide"
        actions={
          <>
            <CsvButton />
            {mayWrite && (
              <Button variant="contained" component={Link} to="/organisations/create" startIcon={<Add />}>
                {t('organisations.create.button')}
              </Button>
            )}
          </>
        }
      >
        <RecordFilters resource="organisations" facets={FACETS}>
          <RecordTable<RecordRow>
            columns={columnsFor(words)}
            label={t('organisations.title')}
            nameOf={({ name }) => name}
            hrefOf={({ id }) => recordHref('organisation', id)}
            columnsKey="organisations"
            empty={
              <EmptyState art="fork" title={t('organisations.list.none')}>
                {t('organisations.list.noneText')}
              </EmptyState>
            }
          />
        </RecordFilters>
      </Page>
    </ListBase>
  );
}

function columnsFor({ t, locale }: Words): Column<RecordRow>[] {
  return [
    { key: 'name', label: t('fields.names'), sort: 'name', cell: ({ name }) => name },
    {
      key: 'kind',
      label: t('fields.type'),
      sort: 'kind',
      cell: ({ kind }) => t(`vocabulary.organisationType.${kind}`, { _: kind }),
    },
    { key: 'address', label: t('fields.website'), cell: ({ address }) => address && <Address text={address} /> },
    {
      key: 'country',
      label: t('fields.locatedIn'),
      cell: ({ countries }) =>
        countries.map((code) => (isCountry(code) ? countryName(code, locale) : code)).join(', ') || '–',
    },
    {
      key: 'networks',
      label: t('fields.memberships'),
      cell: ({ networks }) => networks.map(networkName).join(', ') || '–',
    },
    {
      key: 'state',
      label: t('entries.list.state'),
      cell: ({ state, openProposals }) => (
        <>
          <StateChip state={state} />{' '}
          {openProposals > 0 && (
            <Chip
              component="span"
              size="small"
              variant="outlined"
              color="secondary"
              label={t('records.list.open', { smart_count: openProposals })}
            />
          )}
        </>
      ),
    },
    { key: 'slug', label: t('fields.slug'), offByDefault: true, cell: ({ slug }) => <code>{slug}</code> },
    {
      key: 'updatedAt',
      label: t('records.updatedAt'),
      sort: 'updatedAt',
      cell: ({ updatedAt }) => <When at={updatedAt} mode="relative" />,
    },
  ];
}
