import { Box, Typography } from '@mui/material';
import type { References } from '../contract.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { ValueLines } from '../records/ValueLines.tsx';
import { useWords } from '../records/words.ts';
import type { Outcome } from './contract.ts';

const NOBODY: References = {};

/** Where the partner and the curators both changed something: what each says, and what the last list said. */
export function Disagreements({ row }: { row: Outcome }) {
  const words = useWords();
  const { t } = words;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {row.disagreements.map(({ path, base, current, proposed }) => (
        <Box key={path} component="section" aria-label={fieldLabel(path, words)}>
          <Typography variant="h3" sx={{ mb: 0.5 }}>
            {fieldLabel(path, words)}
          </Typography>
          <Box
            component="dl"
            sx={{
              m: 0,
              display: 'grid',
              gap: 1,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(3, minmax(0, 1fr))' },
              '& dt': { color: 'text.secondary', typography: 'body2' },
              '& dd': { m: 0, overflowWrap: 'anywhere' },
            }}
          >
            {(
              [
                ['lastList', base],
                ['thisList', proposed],
                ['directory', current],
              ] as const
            ).map(([who, value]) => (
              <div key={who}>
                <dt>{t(`imports.since.${who}`)}</dt>
                <dd>{value === undefined ? '–' : <ValueLines path={path} value={value} references={NOBODY} />}</dd>
              </div>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
