import { useState } from 'react';
import { Box, Button, Popover, Typography } from '@mui/material';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import type { Evidence } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { EvidenceItem } from './EvidenceItem.tsx';

export type EvidencePopoverProps = {
  evidence: readonly Evidence[];
  /** Text of the button. */
  label: string;
  /** What the sources speak for, for the heading. */
  about?: string;
  /** E.g. since which revision the value stands. */
  footer?: React.ReactNode;
  compact?: boolean;
};

/** "Who says so, since when": one click shows the sources of a value. */
export function EvidencePopover({ evidence, label, about, footer, compact }: EvidencePopoverProps) {
  const t = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<FactCheckOutlined />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        aria-label={compact && about ? `${label}: ${about}` : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ color: evidence.length === 0 ? 'warning.main' : 'text.secondary', minHeight: 28, fontWeight: 500 }}
      >
        {label}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': about ?? label,
            sx: { width: 420, maxWidth: 'calc(100vw - 32px)', p: 2 },
          },
        }}
      >
        {about && (
          <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
            {about}
          </Typography>
        )}
        {evidence.length === 0 ? (
          <Typography color="text.secondary">{t('records.evidence.none')}</Typography>
        ) : (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
            {evidence.map((e) => (
              <li key={e.id}>
                <EvidenceItem evidence={e} />
              </li>
            ))}
          </Box>
        )}
        {footer && (
          <Typography
            variant="body2"
            component="div"
            color="text.secondary"
            sx={{ mt: 1.5, pt: 1.5, borderTop: 1, borderColor: 'divider' }}
          >
            {footer}
          </Typography>
        )}
      </Popover>
    </>
  );
}
