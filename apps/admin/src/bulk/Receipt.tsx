import { useEffect, useRef } from 'react';
import { Alert, Box, Button, Link as MuiLink, Typography } from '@mui/material';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import { BatchRowResult } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { batchHref } from '../batches/useBatches.ts';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import type { BulkReceipt } from './contract.ts';

/** More of the same is a number: nobody reads a thousand lines. */
const NAMED = 100;

/** What became of it: the batch to go on with, or how many rows were done and why others were not. */
export function Receipt({ receipt }: { receipt: BulkReceipt }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const { batchId, results, refused } = receipt;
  // The button that was pressed is gone, and links take no `autoFocus`.
  const next = useRef<HTMLAnchorElement>(null);
  useEffect(() => next.current?.focus(), []);
  if (batchId !== null) {
    return (
      <Alert severity="success" role="status">
        <Typography sx={{ fontWeight: 600 }}>{t('bulk.batchMade')}</Typography>
        <Box component="ul" sx={{ m: 0, mb: 1, p: 0, listStyle: 'none' }}>
          {BatchRowResult.options.flatMap((result) => {
            const count = results[result];
            if (count === undefined) return [];
            const what = t(`batches.result.${result}`);
            return [<li key={result}>{t('batches.counted', { count: number.format(count), what })}</li>];
          })}
        </Box>
        <Button variant="contained" component={Link} to={batchHref(batchId)} ref={next}>
          {t('bulk.openBatch')}
        </Button>
      </Alert>
    );
  }
  return (
    <Box role="status">
      <Alert severity={refused.length === 0 ? 'success' : 'warning'}>
        {t('proposals.bulk.result', {
          done: number.format(results['done'] ?? 0),
          refused: number.format(refused.length),
        })}
      </Alert>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, display: 'grid', gap: 0.5 }}>
        {refused.slice(0, NAMED).map(({ recordId, name, refusal }, i) => (
          <Box component="li" key={`${recordId} ${i}`} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
            <ErrorOutline color="error" aria-hidden />
            <Typography variant="body2" component="span">
              <MuiLink component={Link} to={recordHref('entry', recordId)}>
                <bdi>{name}</bdi>
              </MuiLink>{' '}
              {t(`refusals.${refusal.code}`, { _: refusal.code })}
            </Typography>
          </Box>
        ))}
      </Box>
      {refused.length > NAMED && (
        <Typography variant="body2">{t('batches.send.more', { smart_count: refused.length - NAMED })}</Typography>
      )}
    </Box>
  );
}
