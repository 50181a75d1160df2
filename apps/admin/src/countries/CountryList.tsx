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
import { useWords, type Words } from '../records/words.ts';
import { SearchInput } from '../records/RecordFilters.tsx';
import { StateChip } from '../records/StateChip.tsx';
import { recordHref } from '../records/useRecord.ts';
import { useMay } from '../session/current.ts';

/** What we know about countries. */
export default function CountryList() {
  const words = useWords();
  const { t } = words;
  const mayWrite = useMay('proposal.write');
  const create = mayWrite && (
    <Button variant="contained" component={Link} to="/countries/create" startIcon={<Add />}>
      {t('countries.create.button')}
    </Button>
  );
  return (
    <ListBase resource="countries" sort={{ field: 'name', order: 'ASC' }} perPage={50}>
      <Page title={t('countries.title')} subtitle={t('countries.subtitle')} width="normal" actions={create}>
        <SearchInput />
        <RecordTable<RecordRow>
          columns={columnsFor(words)}
          label={t('countries.title')}
          nameOf={(row) => nameOf(row, words.locale)}
          hrefOf={({ id }) => recordHref('country', id)}
          columnsKey="countries"
          empty={
            <EmptyState art="fork" title={t('countries.list.none')} action={create}>
              {t('countries.list.noneText')}
            </EmptyState>
          }
        />
      </Page>
    </ListBase>
  );
}

/** The handle of a profile is its country in small letters; the name is shown in the reader's language. */
function nameOf({ slug, name }: RecordRow, locale: string): string {
  const code = slug.slice(0, 2).toUpperCase();
  return slug.length === 2 && isCountry(code) ? countryName(code, locale) : name;
}

function columnsFor({ t, locale }: Words): Column<RecordRow>[] {
  return [
    { key: 'name', label: t('fields.country'), sort: 'name', cell: (row) => nameOf(row, locale) },
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
    { key: 'slug', label: t('fields.slug'), cell: ({ slug }) => <code>{slug}</code> },
    { key: 'revision', label: t('records.revision'), numeric: true, cell: ({ revision }) => revision },
    {
      key: 'updatedAt',
      label: t('records.updatedAt'),
      sort: 'updatedAt',
      cell: ({ updatedAt }) => <When at={updatedAt} mode="relative" />,
    },
  ];
}
