import { Box, Button, Checkbox, FormControlLabel, Paper, Typography } from '@mui/material';
import { useShortcut } from '../common/useShortcut.ts';
import { useWords } from '../records/words.ts';
import type { SendAction } from './SendDialog.tsx';

const DECISIONS = ['approve', 'request-changes', 'decline'] as const;
const KEYS = { approve: 'a', 'request-changes': 'r', decline: 'd' } as const;
const LOOKS = { approve: 'primary', 'request-changes': 'secondary', decline: 'error' } as const;

/** Decides on what is ticked. Always in sight, with the number of what it would decide on. */
export function ReviewBar({
  ticked,
  approvable,
  isFiltered,
  onTickAll,
  onAct,
}: {
  ticked: number;
  approvable: number;
  isFiltered: boolean;
  onTickAll: (isOn: boolean) => void;
  onAct: (action: SendAction) => void;
}) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const choose = (action: SendAction) => ticked > 0 && onAct(action);
  const group = 'proposals.keys.group';
  useShortcut('a', 'proposals.keys.approve', () => choose('approve'), { group });
  useShortcut('r', 'proposals.keys.requestChanges', () => choose('request-changes'), { group });
  useShortcut('d', 'proposals.keys.decline', () => choose('decline'), { group });
  return (
    <Paper
      component="section"
      aria-label={t('proposals.decide.title')}
      variant="outlined"
      sx={{ position: 'sticky', bottom: 0, zIndex: 3, p: 1.25, mt: 2, boxShadow: '0 -6px 24px rgba(0,0,0,.10)' }}
    >
      {approvable === 0 ? (
        <Typography color="text.secondary">
          {t(isFiltered ? 'batches.review.noneHere' : 'batches.review.none')}
        </Typography>
      ) : (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <FormControlLabel
            control={
              <Checkbox
                size="small"
                checked={ticked === approvable}
                indeterminate={ticked > 0 && ticked < approvable}
                onChange={() => onTickAll(ticked < approvable)}
              />
            }
            label={t(isFiltered ? 'batches.review.tickedHere' : 'batches.review.ticked', {
              ticked: number.format(ticked),
              total: number.format(approvable),
            })}
          />
          {DECISIONS.map((decision) => (
            <Button
              key={decision}
              color={LOOKS[decision]}
              variant={decision === 'approve' ? 'contained' : 'outlined'}
              disabled={ticked === 0}
              onClick={() => choose(decision)}
            >
              {t(`proposals.decide.${decision}`)}
              <Box
                component="kbd"
                aria-hidden
                sx={{ marginInlineStart: 1, display: { xs: 'none', md: 'inline-block' } }}
              >
                {KEYS[decision]}
              </Box>
            </Button>
          ))}
        </Box>
      )}
    </Paper>
  );
}
