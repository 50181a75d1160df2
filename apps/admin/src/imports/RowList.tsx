import { useEffect, useRef, type ReactNode } from 'react';
import { Box, Paper, Typography } from '@mui/material';
import { useWords } from '../records/words.ts';
import { CertaintySign } from './Code.tsx';
import type { Decision, ImportView, Outcome } from './contract.ts';
import { OutcomeChip } from './OutcomeChip.tsx';
import { rowName } from './outcome.ts';

/** The rows in their order, one of them open. On a narrow page what belongs to it stands below it. */
export function RowList({
  view,
  rows,
  active,
  said,
  onChoose,
  detail,
}: {
  view: ImportView;
  rows: readonly Outcome[];
  active: number;
  said: ReadonlyMap<string, Decision | null>;
  onChoose: (at: number) => void;
  detail: ReactNode;
}) {
  const { t } = useWords();
  const list = useRef<HTMLOListElement>(null);
  const seen = useRef(active);
  useEffect(() => {
    // A page that opens begins at its top.
    if (seen.current !== active) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
    seen.current = active;
  }, [active]);
  return (
    <Paper
      component="ol"
      ref={list}
      variant="outlined"
      aria-label={t('imports.rows.title')}
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        overflowY: { lg: 'auto' },
        maxHeight: { lg: 'calc(100vh - 190px)' },
        '& > li + li': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      {rows.map((row, at) => {
        const isActive = at === active;
        const decision = said.get(row.fingerprint);
        return (
          <Box component="li" key={row.row} sx={{ scrollMarginBlock: 88 }}>
            <Box
              component="button"
              type="button"
              aria-current={isActive || undefined}
              // One stop of the Tab key for the whole list: j and k go through it.
              tabIndex={isActive ? 0 : -1}
              onClick={() => onChoose(at)}
              sx={{
                font: 'inherit',
                color: 'inherit',
                textAlign: 'start',
                width: '100%',
                border: 0,
                cursor: 'pointer',
                display: 'grid',
                gridTemplateColumns: 'auto minmax(0, 1fr) auto',
                columnGap: 1.25,
                rowGap: 0.25,
                px: 1.5,
                py: 1,
                bgcolor: isActive ? 'action.selected' : 'transparent',
                boxShadow: isActive ? 'inset 3px 0 0 var(--wm-blaze)' : 'none',
                '[dir=rtl] &': { boxShadow: isActive ? 'inset -3px 0 0 var(--wm-blaze)' : 'none' },
                '&:hover': { bgcolor: isActive ? 'action.selected' : 'action.hover' },
                '&:focus-visible': { outlineOffset: -3 },
              }}
            >
              <Typography
                component="span"
                variant="body2"
                color="text.secondary"
                sx={{ fontVariantNumeric: 'tabular-nums', minWidth: '3ch', textAlign: 'end' }}
              >
                <span className="visually-hidden">{`${t('imports.rows.row')} `}</span>
                {row.row}
              </Typography>
              <Box
                component="span"
                sx={{
                  fontWeight: 600,
                  overflow: 'hidden',
                  textOverflow: 'ellipsis',
                  whiteSpace: { lg: 'nowrap' },
                  overflowWrap: 'anywhere',
                }}
              >
                <bdi>{rowName(row, view.mapping) || t('imports.rows.unnamed')}</bdi>
              </Box>
              {row.certainty === 'certain' ? <span /> : <CertaintySign certainty={row.certainty} isQuiet />}
              <span />
              <Box component="span" sx={{ gridColumn: '2 / -1', display: 'flex', flexWrap: 'wrap', gap: 1 }}>
                <OutcomeChip action={row.action} />
                {(decision || (row.overruled && decision !== null)) && (
                  <Typography component="span" variant="body2" color="text.secondary">
                    {decision ? t(`imports.decision.${decision.action}`) : t('imports.decision.remembered')}
                  </Typography>
                )}
              </Box>
            </Box>
            {isActive && detail !== undefined && <Box sx={{ px: { xs: 1, sm: 1.5 }, pb: 1.5 }}>{detail}</Box>}
          </Box>
        );
      })}
    </Paper>
  );
}
