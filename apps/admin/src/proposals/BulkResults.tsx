import { Box, Link as MuiLink, Typography } from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import { Link } from 'react-router-dom';
import type { BulkResult, ProposalRow } from '../contract.ts';
import { proposalName } from './proposalName.ts';
import { useWords } from '../records/words.ts';
import { proposalHref } from '../records/useRecord.ts';

/** What became of each row, refused ones first, with the reason. */
export function BulkResults({ results, rows }: { results: readonly BulkResult[]; rows: readonly ProposalRow[] }) {
  const words = useWords();
  const { t } = words;
  const refused = results.filter(({ ok }) => !ok);
  const done = results.filter(({ ok }) => ok);
  const nameOf = (id: string) => {
    const row = rows.find((each) => each.id === id);
    return row ? proposalName(row, words) : id;
  };
  return (
    <Box role="status">
      <Typography sx={{ mb: 1.5, fontWeight: 600 }}>
        {t('proposals.bulk.result', { done: done.length, refused: refused.length })}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {[...refused, ...done].map(({ id, ok, state, code, title }) => (
          <Box component="li" key={id} sx={{ display: 'flex', gap: 1 }}>
            {ok ? <CheckCircleOutline aria-hidden color="success" /> : <ErrorOutline aria-hidden color="error" />}
            <Box sx={{ minWidth: 0 }}>
              <MuiLink component={Link} to={proposalHref(id)}>
                <bdi>{nameOf(id)}</bdi>
              </MuiLink>
              <Typography variant="body2" color={ok ? 'text.secondary' : 'error'}>
                {ok
                  ? state === undefined
                    ? t('common.saved')
                    : t(`vocabulary.proposalState.${state}`)
                  : code === undefined
                    ? title
                    : t(`refusals.${code}`, { _: title ?? code })}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
