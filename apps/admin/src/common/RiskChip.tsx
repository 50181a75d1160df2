import { Box } from '@mui/material';
import { useTranslate } from 'ra-core';
import type { Risk } from '@waymark/domain';

/** Risk of a change: said in words, its weight shown by a filled bar and not by colour alone. */
export function RiskChip({ risk }: { risk: Risk }) {
  const translate = useTranslate();
  const level = Number(risk.slice(1));
  return (
    <Box
      component="span"
      title={translate(`common.risk.${risk}long`)}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        px: 0.875,
        height: 24,
        borderRadius: 0.75,
        border: 1,
        borderColor: level === 3 ? 'warning.main' : 'divider',
        bgcolor: level === 3 ? 'var(--wm-alarm)' : 'transparent',
        fontSize: '0.8125rem',
        fontWeight: 600,
        whiteSpace: 'nowrap',
      }}
    >
      <Box component="span" aria-hidden sx={{ display: 'inline-flex', gap: '2px' }}>
        {[0, 1, 2, 3].map((step) => (
          <Box
            key={step}
            component="span"
            sx={{
              width: 3,
              height: 12,
              borderRadius: 1,
              bgcolor: step <= level ? (level === 3 ? 'warning.main' : 'text.secondary') : 'divider',
            }}
          />
        ))}
      </Box>
      {translate(`common.risk.${risk}`)}
    </Box>
  );
}
