import { useState } from 'react';
import { Box, Button, Chip, Link as TextLink, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useWords, type Words } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import type { ImportRow, ImportState } from './contract.ts';
import { UploadArea } from './UploadArea.tsx';
import { useImports } from './useImports.ts';

/** Files that people sent: what is open comes first, to go on with. */
export function ImportList() {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const [page, setPage] = useState(1);
  const imports = useImports(page);
  const rows = imports.data?.data ?? [];
  const open = rows.filter(({ state }) => state === 'open');
  const closed = rows.filter(({ state }) => state !== 'open');
  const rest = (imports.data?.total ?? 0) - rows.length;
  return (
    <Page title={t('imports.title')} subtitle={t('imports.subtitle')} width="reading">
      <Box sx={{ display: 'grid', gap: 3.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {mayWrite && <UploadArea />}
        {imports.error && !imports.data ? (
          <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />
        ) : !imports.data ? (
          <Loading />
        ) : rows.length === 0 ? (
          <EmptyState title={t('imports.none')}>{t('imports.noneText')}</EmptyState>
        ) : (
          <>
            <Files title={t('imports.open')} rows={open} />
            <Files title={t('imports.closed')} rows={closed} />
            {(rest > 0 || page > 1) && (
              <Box sx={{ display: 'flex', gap: 1.5, justifyContent: 'center' }}>
                <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
                  {t('ra.navigation.previous')}
                </Button>
                <Button disabled={page * imports.data.perPage >= imports.data.total} onClick={() => setPage(page + 1)}>
                  {t('ra.navigation.next')}
                </Button>
              </Box>
            )}
          </>
        )}
      </Box>
    </Page>
  );
}

function Files({ title, rows }: { title: string; rows: readonly ImportRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Box component="section" aria-label={title}>
      <Typography variant="h2" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Stack component="ul" spacing={1.25} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {rows.map((row) => (
          <File key={row.id} row={row} />
        ))}
      </Stack>
    </Box>
  );
}

function File({ row }: { row: ImportRow }) {
  const words = useWords();
  const { t } = words;
  const isOpen = row.state === 'open';
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{ p: 2, display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, rowGap: 1 }}
    >
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}>
          <Typography component="h3" variant="h3" sx={{ overflowWrap: 'anywhere' }}>
            <TextLink component={Link} to={`/imports/${row.id}`}>
              <bdi>{row.name}</bdi>
            </TextLink>
          </Typography>
          {!isOpen && <StateChip state={row.state} />}
        </Box>
        <Typography variant="body2" color="text.secondary" component="div">
          {row.profile && (
            <>
              <bdi>{row.profile.name}</bdi>
              {' · '}
            </>
          )}
          {bytesText(row.size, words)}
          {' · '}
          <PersonName name={row.authorName} />
          {' · '}
          <When at={row.updatedAt} mode="relative" />
        </Typography>
      </Box>
      {isOpen ? (
        <Button
          component={Link}
          to={`/imports/${row.id}`}
          variant="outlined"
          aria-label={t('imports.continueWith', { name: row.name })}
        >
          {t('imports.continue')}
        </Button>
      ) : (
        row.batchId !== null && (
          <TextLink component={Link} to={`/batches/${row.batchId}`}>
            {t('imports.toBatch')}
          </TextLink>
        )
      )}
    </Paper>
  );
}

/** How a file ended. */
export function StateChip({ state }: { state: ImportState }) {
  const { t } = useWords();
  return (
    <Chip
      size="small"
      variant="outlined"
      color={state === 'committed' ? 'success' : 'default'}
      label={t(`imports.state.${state}`)}
    />
  );
}

/** `8.3 kB`, in the words of a locale. */
export function bytesText(size: number, { locale }: Pick<Words, 'locale'>): string {
  const { unit, by } =
    size < 1000
      ? { unit: 'byte', by: 1 }
      : size < 1_000_000
        ? { unit: 'kilobyte', by: 1000 }
        : { unit: 'megabyte', by: 1_000_000 };
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: size < 1000 ? 0 : 1,
  }).format(size / by);
}
