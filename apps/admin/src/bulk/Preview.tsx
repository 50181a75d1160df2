import { Box, Chip, Paper, ToggleButton, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { Pages } from '../common/Pager.tsx';
import { RefusalNote } from '../common/RefusalNote.tsx';
import { ChangeRow, inOrder } from '../proposals/ChangeTable.tsx';
import { Effects } from '../proposals/Effects.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { recordHref } from '../records/useRecord.ts';
import { listText } from '../records/valueLines.ts';
import { useWords } from '../records/words.ts';
import { OUTCOMES, type BulkPreview, type BulkRow, type Outcome } from './contract.ts';

/** What an action would do: how many of each outcome, what people of each country would lose, and the rows themselves. */
export function Preview({
  preview,
  outcome,
  onOutcome,
  onPage,
}: {
  preview: BulkPreview;
  /** The only one in sight. */
  outcome: Outcome | undefined;
  onOutcome: (outcome: Outcome | undefined) => void;
  onPage: (page: number) => void;
}) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const { counts, reasons, effects, effectCount, rows, page, perPage, total } = preview;
  // Of what is so already the outcome says all there is to say.
  const why = reasons.filter(({ code }) => code !== 'nothing-changed');
  return (
    <Box component="section" aria-labelledby="bulk-preview" sx={{ minWidth: 0 }}>
      <Typography id="bulk-preview" variant="h2" sx={{ mb: 1 }}>
        {t('bulk.preview')}
      </Typography>
      <Box
        role="group"
        aria-label={t('bulk.preview')}
        aria-live="polite"
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mb: 1 }}
      >
        {OUTCOMES.filter((each) => counts[each] > 0).map((each) => (
          <ToggleButton
            key={each}
            value={each}
            size="small"
            selected={outcome === each}
            onChange={() => onOutcome(outcome === each ? undefined : each)}
            sx={{ px: 1.25, py: 0.5, color: 'text.primary' }}
          >
            {t('batches.counted', { count: number.format(counts[each]), what: t(`bulk.outcome.${each}`) })}
          </ToggleButton>
        ))}
      </Box>
      {why.length > 0 && (
        <Box component="ul" aria-label={t('bulk.reasons')} sx={{ m: 0, mb: 1.5, p: 0, listStyle: 'none' }}>
          {why.map(({ code, count }) => (
            <Typography key={code} component="li" variant="body2">
              {t('batches.counted', { count: number.format(count), what: t(`refusals.${code}`, { _: code }) })}
            </Typography>
          ))}
        </Box>
      )}
      {effects.length > 0 && (
        <Box sx={{ mb: 1.5 }}>
          <Effects effects={effects} />
          {effectCount > effects.length && (
            <Typography variant="body2">
              {t('bulk.moreEffects', { smart_count: effectCount - effects.length })}
            </Typography>
          )}
        </Box>
      )}
      <Paper component="ul" variant="outlined" aria-label={t('bulk.rows')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {rows.map((row) => (
          <PreviewRow key={`${row.recordId} ${row.proposalId}`} row={row} />
        ))}
      </Paper>
      {total > perPage && <Pages page={page} perPage={perPage} total={total} onPage={onPage} />}
    </Box>
  );
}

function PreviewRow({ row }: { row: BulkRow }) {
  const words = useWords();
  const { t, locale } = words;
  const { recordId, name, slug, state, outcome, refusal, changes, outline, paths } = row;
  const { first, others } = inOrder(changes);
  return (
    <Box component="li" sx={{ p: 1.25, '&:not(:last-child)': { borderBottom: 1, borderColor: 'divider' } }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Typography component="h3" variant="h3" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {slug === null ? (
            <bdi>{name}</bdi>
          ) : (
            <Box
              component={Link}
              to={recordHref('entry', recordId)}
              target="_blank"
              rel="noopener"
              sx={{ color: 'primary.main' }}
            >
              <bdi>{name}</bdi>
            </Box>
          )}
        </Typography>
        <Chip
          size="small"
          variant="outlined"
          color={outcome === 'refused' ? 'error' : 'default'}
          label={t(`bulk.outcome.${outcome}`)}
        />
        {state !== null && state !== 'active' && <Chip size="small" label={t(`vocabulary.recordState.${state}`)} />}
      </Box>
      {refusal && (outcome !== 'unchanged' || refusal.detail !== undefined) && (
        <Box sx={{ mt: 0.5 }}>
          <RefusalNote refusal={refusal} />
        </Box>
      )}
      {paths.length > 0 && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {listText([...new Set(paths.map((path) => fieldLabel(path, words, [outline])))], locale)}
        </Typography>
      )}
      {[...first, ...others].map((change) => (
        <Box key={change.path} sx={{ mx: { xs: -1.5, sm: -1 } }}>
          <ChangeRow change={change} references={{}} docs={[outline]} />
        </Box>
      ))}
    </Box>
  );
}
