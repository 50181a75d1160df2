import { useState } from 'react';
import {
  Box,
  Button,
  Paper,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import TrendingDown from '@mui/icons-material/TrendingDown';
import TrendingUp from '@mui/icons-material/TrendingUp';
import type { Effect } from '@waymark/domain';
import { areaText } from '../records/areaText.ts';
import { needName, useWords } from '../records/words.ts';

const IN_SIGHT = 8;

/** What changes for people in which country: how many options they have for a need, before and after. Lost last options first. */
export function Effects({ effects, isHeadless = false }: { effects: readonly Effect[]; isHeadless?: boolean }) {
  const words = useWords();
  const { t } = words;
  const [isAll, setAll] = useState(false);
  const lost = effects.filter((effect) => effect.lost);
  const sorted = [...lost, ...effects.filter((effect) => !effect.lost)];
  const shown = isAll ? sorted : sorted.slice(0, IN_SIGHT);
  return (
    <Box component="section" aria-labelledby="effects">
      <Typography id="effects" variant="h2" sx={{ mb: 1 }} className={isHeadless ? 'visually-hidden' : undefined}>
        {t('proposals.effects.title')}
      </Typography>
      {effects.length === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {t('proposals.effects.none')}
        </Typography>
      ) : (
        <>
          {lost.length > 0 && (
            <Typography
              sx={{ display: 'flex', gap: 1, alignItems: 'center', color: 'error.main', fontWeight: 650, mb: 1 }}
            >
              <ErrorOutline aria-hidden />
              {t('proposals.effects.lost', { smart_count: lost.length })}
            </Typography>
          )}
          <TableContainer component={Paper} variant="outlined">
            <Table size="small" aria-labelledby="effects">
              <TableHead>
                <TableRow>
                  <TableCell scope="col">{t('proposals.effects.where')}</TableCell>
                  <TableCell scope="col">{t('proposals.effects.need')}</TableCell>
                  <TableCell scope="col">{t('proposals.effects.options')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {shown.map((effect) => (
                  <EffectRow
                    key={effect.area + effect.need}
                    effect={effect}
                    area={effect.area === '001' ? t('proposals.effects.everywhere') : areaText(effect.area, words)}
                  />
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          {sorted.length > IN_SIGHT && (
            <Button size="small" onClick={() => setAll(!isAll)} sx={{ mt: 0.5 }}>
              {isAll
                ? t('common.action.showLess')
                : t('common.action.showMore', { smart_count: sorted.length - IN_SIGHT })}
            </Button>
          )}
        </>
      )}
    </Box>
  );
}

function EffectRow({ effect, area }: { effect: Effect; area: string }) {
  const { t } = useWords();
  const Trend = effect.after > effect.before ? TrendingUp : TrendingDown;
  return (
    <TableRow sx={effect.lost ? { bgcolor: 'var(--wm-old)' } : undefined}>
      <TableCell component="th" scope="row" sx={{ fontWeight: effect.lost ? 700 : 500 }}>
        {area}
      </TableCell>
      <TableCell>{needName(effect.need, t)}</TableCell>
      <TableCell>
        <Box
          component="span"
          sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center', fontWeight: effect.lost ? 700 : 400 }}
        >
          <Trend
            aria-hidden
            sx={{
              fontSize: 18,
              color: effect.after > effect.before ? 'success.main' : 'error.main',
              '[dir=rtl] &': { transform: 'scaleX(-1)' },
            }}
          />
          <span style={{ whiteSpace: 'nowrap' }}>
            {t('proposals.effects.fromTo', { before: effect.before, after: effect.after })}
          </span>
          {effect.lost && <span>{t('proposals.effects.last')}</span>}
        </Box>
      </TableCell>
    </TableRow>
  );
}
