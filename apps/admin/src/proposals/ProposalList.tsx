import { useQueries } from '@tanstack/react-query';
import { Box, Chip, MenuItem, Tab, Tabs, TextField, ToggleButton } from '@mui/material';
import Check from '@mui/icons-material/Check';
import { ProposalKind, ProposalState, RecordType, Risk } from '@waymark/domain';
import { ListBase, useListContext } from 'ra-core';
import { api } from '../api.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { Page } from '../common/Page.tsx';
import { RecordTable, type Column } from '../common/RecordTable.tsx';
import { RiskChip } from '../common/RiskChip.tsx';
import { When } from '../common/When.tsx';
import type { Page as ApiPage, ProposalRow } from '../contract.ts';
import { useWords, type Words } from '../records/words.ts';
import { SearchInput } from '../records/RecordFilters.tsx';
import { proposalHref } from '../records/useRecord.ts';
import { BulkActions } from './BulkActions.tsx';
import { Approvals } from './ProposalSummary.tsx';
import { proposalName } from './proposalName.ts';
import { ProposalStateChip } from './ProposalStateChip.tsx';

const STATES = ProposalState.options;

/** All proposals by state. Several can be sent, approved or declined at once; each answers for itself. */
export default function ProposalList() {
  const words = useWords();
  const { t } = words;
  return (
    <ListBase
      resource="proposals"
      sort={{ field: 'updatedAt', order: 'DESC' }}
      perPage={25}
      filterDefaultValues={{ state: 'in-review' }}
    >
      <Page title={t('proposals.title')} width="wide">
        <StateTabs />
        <Filters />
        <RecordTable<ProposalRow>
          columns={columnsFor(words)}
          label={t('proposals.title')}
          nameOf={(row) => proposalName(row, words)}
          hrefOf={({ id }) => proposalHref(id)}
          columnsKey="proposals"
          bulkActions={<BulkActions />}
          empty={
            <EmptyState art="clear" title={t('proposals.list.none')}>
              {t('proposals.list.noneText')}
            </EmptyState>
          }
        />
      </Page>
    </ListBase>
  );
}

/** One tab per state with how many there are under the other filters. */
function StateTabs() {
  const { t, locale } = useWords();
  const { filterValues, setFilters, onUnselectItems } = useListContext();
  const { state, ...rest } = filterValues as { state?: string };
  const counts = useQueries({
    queries: STATES.map((each) => ({
      queryKey: ['proposals', 'count', each, rest],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<ApiPage<ProposalRow>>('/proposals', { query: { ...rest, state: each, perPage: 1 }, signal }),
      select: ({ total }: ApiPage<ProposalRow>) => total,
    })),
  });
  const number = new Intl.NumberFormat(locale);
  return (
    <Tabs
      value={state ?? false}
      onChange={(_, next: string) => {
        onUnselectItems();
        setFilters({ ...rest, state: next });
      }}
      variant="scrollable"
      scrollButtons="auto"
      allowScrollButtonsMobile
      aria-label={t('proposals.list.states')}
      sx={{ mb: 1.5, borderBottom: 1, borderColor: 'divider' }}
    >
      {STATES.map((each, i) => {
        const count = counts[i]?.data;
        return (
          <Tab
            key={each}
            value={each}
            label={
              <span>
                {t(`vocabulary.proposalState.${each}`)}
                {count !== undefined && (
                  <Box
                    component="span"
                    sx={{
                      color: 'text.secondary',
                      fontWeight: 500,
                      marginInlineStart: 0.75,
                      fontVariantNumeric: 'tabular-nums',
                    }}
                  >
                    {number.format(count)}
                  </Box>
                )}
              </span>
            }
          />
        );
      })}
    </Tabs>
  );
}

function Filters() {
  const { t } = useWords();
  const { filterValues, setFilters } = useListContext();
  const set = (name: string, value: unknown) => {
    const { [name]: _old, ...rest } = filterValues;
    setFilters(value === undefined || value === '' ? rest : { ...rest, [name]: value });
  };
  const choice = (name: string, label: string, codes: readonly string[], words: string) => (
    <TextField
      select
      label={label}
      value={filterValues[name] ?? ''}
      onChange={(event) => set(name, event.target.value)}
      margin="none"
      sx={{ minWidth: 140, flex: { xs: '1 1 40%', md: '0 1 auto' } }}
    >
      <MenuItem value="">{t('proposals.list.any')}</MenuItem>
      {codes.map((code) => (
        <MenuItem key={code} value={code}>
          {t(`${words}.${code}`)}
        </MenuItem>
      ))}
    </TextField>
  );
  const toggle = (name: string, label: string) => (
    <ToggleButton
      value={name}
      size="small"
      selected={filterValues[name] === true}
      onChange={() => set(name, filterValues[name] === true ? undefined : true)}
      sx={{ color: 'text.primary', minHeight: 40, px: 1.5 }}
    >
      {filterValues[name] === true && <Check aria-hidden sx={{ fontSize: 16, marginInlineEnd: 0.5 }} />}
      {label}
    </ToggleButton>
  );
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1.5, alignItems: 'center' }}>
      <SearchInput label={t('proposals.list.search')} />
      {choice('kind', t('proposals.list.kind'), ProposalKind.options, 'vocabulary.proposalKind')}
      {choice('risk', t('proposals.list.risk'), Risk.options, 'common.risk')}
      {choice('recordType', t('proposals.list.about'), RecordType.options, 'vocabulary.recordType')}
      {toggle('reviewable', t('proposals.list.reviewable'))}
      {toggle('mine', t('proposals.list.mine'))}
      {filterValues['batch'] !== undefined && (
        <Chip label={t('proposals.list.ofBatch')} onDelete={() => set('batch', undefined)} />
      )}
    </Box>
  );
}

function columnsFor(words: Words): Column<ProposalRow>[] {
  const { t } = words;
  return [
    { key: 'name', label: t('proposals.list.record'), cell: (row) => proposalName(row, words) },
    { key: 'kind', label: t('proposals.list.kind'), cell: ({ kind }) => t(`vocabulary.proposalKind.${kind}`) },
    {
      key: 'recordType',
      label: t('proposals.list.about'),
      cell: ({ recordType }) => t(`vocabulary.recordType.${recordType}`),
      offByDefault: true,
    },
    {
      key: 'summary',
      label: t('proposals.list.summary'),
      cell: ({ summary }) =>
        summary === '' ? (
          '–'
        ) : (
          <Box
            component="span"
            dir="auto"
            sx={{
              display: '-webkit-box',
              WebkitLineClamp: 2,
              WebkitBoxOrient: 'vertical',
              overflow: 'hidden',
              maxWidth: '40ch',
            }}
          >
            {summary}
          </Box>
        ),
    },
    { key: 'risk', label: t('proposals.list.risk'), sort: 'risk', cell: ({ risk }) => <RiskChip risk={risk} /> },
    {
      key: 'approvals',
      label: t('proposals.list.approvals'),
      cell: ({ approvals, requiredApprovals, state }) => (
        <Approvals given={approvals} required={requiredApprovals} isClosed={state === 'applied'} isShort />
      ),
    },
    { key: 'author', label: t('proposals.list.author'), cell: ({ authorName }) => <bdi>{authorName}</bdi> },
    {
      key: 'submittedAt',
      label: t('proposals.list.submitted'),
      sort: 'submittedAt',
      cell: ({ submittedAt }) => <When at={submittedAt} mode="relative" />,
    },
    {
      key: 'updatedAt',
      label: t('records.updatedAt'),
      sort: 'updatedAt',
      cell: ({ updatedAt }) => <When at={updatedAt} mode="relative" />,
      offByDefault: true,
    },
    {
      key: 'openComments',
      label: t('proposals.list.comments'),
      numeric: true,
      offByDefault: true,
      cell: ({ openComments }) => openComments || '–',
    },
    {
      key: 'state',
      label: t('proposals.list.state'),
      cell: ({ state }) => <ProposalStateChip state={state} />,
      offByDefault: true,
    },
  ];
}
