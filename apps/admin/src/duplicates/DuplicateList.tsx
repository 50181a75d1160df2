import { useRef } from 'react';
import { Box, Button, Stack, Tab, Tabs, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import type { UnitableType } from '@waymark/domain';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords } from '../records/words.ts';
import type { DuplicateList as Found } from './contract.ts';
import { PairCard } from './PairCard.tsx';
import { PER_PAGE, useDuplicates } from './useDuplicates.ts';

const TYPES: readonly UnitableType[] = ['entry', 'organisation'];

/** Records that may be one, the likeliest first; and those that people called two. */
export function DuplicateList() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const type = TYPES.find((known) => known === search.get('type')) ?? 'entry';
  const dismissed = search.get('dismissed') === 'true';
  const page = Number(search.get('page') ?? 1) || 1;
  const list = useRef<HTMLDivElement>(null);
  const duplicates = useDuplicates({ type, dismissed, page });
  const show = (next: { type?: UnitableType; dismissed?: boolean; page?: number }) => {
    const wanted = { type, dismissed, page: 1, ...next };
    setSearch({
      type: wanted.type,
      ...(wanted.dismissed && { dismissed: 'true' }),
      ...(wanted.page > 1 && { page: String(wanted.page) }),
    });
  };
  return (
    <Page title={t('duplicates.title')} subtitle={t('duplicates.subtitle')}>
      <Tabs
        value={type}
        onChange={(_, next: UnitableType) => show({ type: next })}
        aria-label={t('duplicates.title')}
        sx={{ mb: 2, borderBottom: 1, borderColor: 'divider' }}
      >
        {TYPES.map((each) => (
          <Tab
            key={each}
            value={each}
            id={`duplicates-${each}`}
            aria-controls="duplicates"
            label={t(`duplicates.type.${each}`)}
          />
        ))}
      </Tabs>
      <Box id="duplicates" ref={list} role="tabpanel" aria-labelledby={`duplicates-${type}`} tabIndex={-1}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={dismissed}
          onChange={(_, next: boolean | null) => next !== null && show({ dismissed: next })}
          aria-label={t('duplicates.which')}
          sx={{ mb: 2 }}
        >
          <ToggleButton value={false}>{t('duplicates.waiting')}</ToggleButton>
          <ToggleButton value>{t('duplicates.distinct')}</ToggleButton>
        </ToggleButtonGroup>
        {duplicates.isError ? (
          <ErrorState error={duplicates.error} onRetry={() => void duplicates.refetch()} />
        ) : !duplicates.data ? (
          <Loading />
        ) : (
          <>
            <AsOf found={duplicates.data} />
            {duplicates.data.data.length === 0 ? (
              <Nothing found={duplicates.data} dismissed={dismissed} />
            ) : (
              <Stack component="ul" spacing={2} sx={{ listStyle: 'none', m: 0, p: 0 }}>
                {duplicates.data.data.map((row) => (
                  // The card goes with what was decided, so the focus goes to the list.
                  <PairCard
                    key={`${row.first.id} ${row.second.id}`}
                    type={type}
                    row={row}
                    onGone={() => list.current?.focus()}
                  />
                ))}
              </Stack>
            )}
            <Pages total={duplicates.data.total} page={page} onGo={(next) => show({ page: next })} />
          </>
        )}
      </Box>
    </Page>
  );
}

/** When the server looked through the directory, and whether it is at it again. */
function AsOf({ found: { state, asOf } }: { found: Found }) {
  const { t } = useWords();
  return (
    <Typography role="status" variant="body2" color="text.secondary" sx={{ mb: 1.5, minHeight: 20 }}>
      {asOf !== null && (
        <>
          {t('duplicates.asOf')} <When at={asOf} mode="datetime" />
        </>
      )}
      {asOf !== null && state !== 'ready' && ' · '}
      {state !== 'ready' && t(`duplicates.state.${state}`)}
    </Typography>
  );
}

function Nothing({ found, dismissed }: { found: Found; dismissed: boolean }) {
  const { t } = useWords();
  if (found.state === 'working' && found.asOf === null) return <Loading />;
  return (
    <EmptyState title={t(dismissed ? 'duplicates.noneDistinct' : 'duplicates.none')}>
      {dismissed ? undefined : t('duplicates.noneText')}
    </EmptyState>
  );
}

function Pages({ total, page, onGo }: { total: number; page: number; onGo: (page: number) => void }) {
  const { t, locale } = useWords();
  const last = Math.max(1, Math.ceil(total / PER_PAGE));
  const number = new Intl.NumberFormat(locale);
  if (last === 1) return null;
  return (
    <Box component="nav" sx={{ display: 'flex', gap: 1, alignItems: 'center', justifyContent: 'flex-end', mt: 1.5 }}>
      <Typography variant="body2" color="text.secondary">
        {number.format(page)} / {number.format(last)}
      </Typography>
      <Button size="small" disabled={page <= 1} onClick={() => onGo(page - 1)}>
        {t('ra.navigation.previous')}
      </Button>
      <Button size="small" disabled={page >= last} onClick={() => onGo(page + 1)}>
        {t('ra.navigation.next')}
      </Button>
    </Box>
  );
}
