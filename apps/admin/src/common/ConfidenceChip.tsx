import { Box } from '@mui/material';
import type { Confidence } from '@waymark/domain';
import { useTranslate } from 'ra-core';

const LEVEL: Record<Confidence, number> = { high: 3, medium: 2, low: 1, none: 0, contradicted: 0 };

/** How sure we are, in words; how full the dots are says it a second time. Never in colour alone. */
export function ConfidenceChip({ confidence }: { confidence: Confidence }) {
  const translate = useTranslate();
  const isAgainst = confidence === 'contradicted';
  return (
    <Box
      component="span"
      title={translate(`checks.confidenceLong.${confidence}`)}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        px: 0.875,
        height: 24,
        borderRadius: 0.75,
        border: 1,
        borderColor: isAgainst ? 'error.main' : 'divider',
        color: isAgainst ? 'error.main' : 'text.primary',
        fontSize: '0.8125rem',
        fontWeight: 600,
        whiteSpace: 'nowrap',
      }}
    >
      <Box component="span" aria-hidden sx={{ display: 'inline-flex', gap: '3px' }}>
        {isAgainst
          ? '✕'
          : [1, 2, 3].map((step) => (
              <Box
                key={step}
                component="span"
                sx={{
                  width: 7,
                  height: 7,
                  borderRadius: '50%',
                  border: '1.5px solid',
                  borderColor: LEVEL[confidence] === 3 ? 'success.main' : 'text.secondary',
                  bgcolor:
                    step > LEVEL[confidence]
                      ? 'transparent'
                      : LEVEL[confidence] === 3
                        ? 'success.main'
                        : 'text.secondary',
                }}
              />
            ))}
      </Box>
      {translate(`checks.confidence.${confidence}`)}
    </Box>
  );
}
