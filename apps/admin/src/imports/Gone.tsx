import { useId } from 'react';
import { Box, Checkbox, FormControlLabel, Link as TextLink, MenuItem, TextField, Typography } from '@mui/material';
import { REASONS_WITH_SUCCESSOR, RetireReason } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import type { ImportView } from './contract.ts';
import { useGone } from './useImports.ts';

/** Reasons that name nobody who takes the place. */
const REASONS = RetireReason.options.filter((reason) => !REASONS_WITH_SUCCESSOR.includes(reason));

/** Which of the entries that are gone a person wants retired, and why. */
export type ToRetire = Readonly<Record<string, RetireReason>>;

/** Entries that only the last list named. None is retired unless somebody ticks it and says why. */
export function Gone({
  view,
  picked,
  onPick,
}: {
  view: ImportView;
  picked: ToRetire;
  onPick: (picked: ToRetire) => void;
}) {
  const { t } = useWords();
  const heading = useId();
  const { since, digest } = view.preview;
  const gone = useGone(view.id, digest, since?.gone ?? 0);
  if (!gone.data || gone.data.data.length === 0) return null;
  const pick = (id: string, reason: RetireReason | undefined) => {
    const { [id]: _, ...others } = picked;
    onPick(reason === undefined ? others : { ...others, [id]: reason });
  };
  return (
    <Box role="group" aria-labelledby={heading}>
      <Typography id={heading} variant="h3">
        {t('imports.gone.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ maxWidth: '72ch', mb: 1 }}>
        {t('imports.gone.text')}
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 360, overflow: 'auto' }}>
        {gone.data.data.map(({ id, name, row }) => (
          <Box
            component="li"
            key={id}
            sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, py: 0.5 }}
          >
            <FormControlLabel
              control={
                <Checkbox
                  checked={picked[id] !== undefined}
                  onChange={(_, isOn) => pick(id, isOn ? 'closed' : undefined)}
                />
              }
              label={<bdi>{t('imports.gone.retire', { name })}</bdi>}
              sx={{ flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' }}
            />
            <TextLink component={Link} to={recordHref('entry', id)} target="_blank" sx={{ typography: 'body2' }}>
              {t('imports.gone.wasRow', { row })}
            </TextLink>
            {picked[id] !== undefined && (
              <TextField
                select
                size="small"
                margin="none"
                label={t('fields.part.reason')}
                value={picked[id]}
                onChange={({ target }) => pick(id, RetireReason.parse(target.value))}
                sx={{ minWidth: 220 }}
              >
                {REASONS.map((reason) => (
                  <MenuItem key={reason} value={reason}>
                    {t(`vocabulary.retireReason.${reason}`)}
                  </MenuItem>
                ))}
              </TextField>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
