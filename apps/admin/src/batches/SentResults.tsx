import { Box, Link as MuiLink, Typography } from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import { Link } from 'react-router-dom';
import type { BulkResult } from '../contract.ts';
import { proposalName } from '../proposals/proposalName.ts';
import { proposalHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import type { Selected } from './contract.ts';

/** More of the same reason is a number: nobody reads a thousand lines, and the rows say it too. */
const NAMED = 50;

/** What became of what was sent: refused rows first, by reason and by name; the rest by the state they are in now. */
export function SentResults({ results, items }: { results: readonly BulkResult[]; items: readonly Selected[] }) {
  const words = useWords();
  const { t, locale } = words;
  const number = new Intl.NumberFormat(locale);
  const refused = results.filter(({ ok }) => !ok);
  const done = results.filter(({ ok }) => ok);
  const byId = new Map(items.map((item) => [item.id, item]));
  const nameOf = (id: string) => {
    const item = byId.get(id);
    return item ? proposalName(item, words) : id;
  };
  return (
    <Box role="status">
      <Typography sx={{ mb: 1.5, fontWeight: 600 }}>
        {t('proposals.bulk.result', { done: number.format(done.length), refused: number.format(refused.length) })}
      </Typography>
      {grouped(refused, ({ code, title }) => t(`refusals.${code}`, { _: title ?? code })).map(([why, rows]) => (
        <Box key={why} component="section" sx={{ mb: 1.5 }}>
          <Typography component="h3" variant="body1" color="error" sx={{ display: 'flex', gap: 1 }}>
            <ErrorOutline aria-hidden />
            {t('batches.counted', { count: number.format(rows.length), what: why })}
          </Typography>
          <Box component="ul" sx={{ m: 0, paddingInlineStart: 4.5 }}>
            {rows.slice(0, NAMED).map(({ id }) => (
              <li key={id}>
                <MuiLink component={Link} to={proposalHref(id)}>
                  <bdi>{nameOf(id)}</bdi>
                </MuiLink>
              </li>
            ))}
          </Box>
          {rows.length > NAMED && (
            <Typography variant="body2" sx={{ paddingInlineStart: 4.5 }}>
              {t('batches.send.more', { smart_count: rows.length - NAMED })}
            </Typography>
          )}
        </Box>
      ))}
      {grouped(done, ({ state }) => state).map(([state, rows]) => (
        <Typography key={state} sx={{ display: 'flex', gap: 1 }}>
          <CheckCircleOutline aria-hidden color="success" />
          {t('batches.counted', {
            count: number.format(rows.length),
            what: state === undefined ? t('common.saved') : t(`vocabulary.proposalState.${state}`),
          })}
        </Typography>
      ))}
    </Box>
  );
}

function grouped<Key>(results: readonly BulkResult[], keyOf: (result: BulkResult) => Key): [Key, BulkResult[]][] {
  const groups = new Map<Key, BulkResult[]>();
  for (const result of results) {
    const group = groups.get(keyOf(result));
    if (group) group.push(result);
    else groups.set(keyOf(result), [result]);
  }
  return [...groups];
}
