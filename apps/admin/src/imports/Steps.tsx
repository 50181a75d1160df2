import { Box } from '@mui/material';
import Check from '@mui/icons-material/Check';
import { useWords } from '../records/words.ts';

export const STEPS = ['columns', 'rows', 'commit'] as const;
export type Step = (typeof STEPS)[number];

/** The way through a file, and where one is. Every step that has been reached can be gone back to. */
export function Steps({
  current,
  reached,
  notes,
  onGo,
}: {
  current: Step;
  /** How many steps can be opened now. */
  reached: number;
  /** What stands below the name of a step. */
  notes: Partial<Record<Step, string>>;
  onGo: (step: Step) => void;
}) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const here = STEPS.indexOf(current);
  return (
    <Box component="nav" aria-label={t('imports.step.label')} sx={{ mb: 2.5 }}>
      <Box
        component="ol"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'grid',
          gap: 1,
          gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
          maxWidth: 880,
        }}
      >
        {STEPS.map((step, at) => {
          const isHere = step === current;
          const isOpen = at < reached;
          return (
            <li key={step}>
              <Box
                component="button"
                type="button"
                aria-current={isHere ? 'step' : undefined}
                disabled={!isOpen}
                onClick={() => onGo(step)}
                sx={{
                  font: 'inherit',
                  color: isOpen ? 'inherit' : 'text.secondary',
                  textAlign: 'start',
                  width: '100%',
                  height: '100%',
                  minHeight: 48,
                  px: { xs: 0.5, sm: 1 },
                  py: 0.75,
                  display: 'flex',
                  flexDirection: { xs: 'column', sm: 'row' },
                  alignItems: { xs: 'flex-start', sm: 'center' },
                  columnGap: 1.25,
                  rowGap: 0.5,
                  border: 0,
                  borderTop: '4px solid',
                  borderColor: isHere ? 'var(--wm-blaze)' : at < here ? 'primary.main' : 'divider',
                  bgcolor: 'transparent',
                  cursor: isOpen ? 'pointer' : 'default',
                  '&:hover:enabled': { bgcolor: 'action.hover' },
                }}
              >
                <Box
                  component="span"
                  aria-hidden
                  sx={{
                    flex: 'none',
                    width: 28,
                    height: 28,
                    borderRadius: '50%',
                    display: { xs: 'none', sm: 'grid' },
                    placeItems: 'center',
                    border: 1,
                    borderColor: isHere || at < here ? 'primary.main' : 'divider',
                    bgcolor: isHere ? 'primary.main' : 'transparent',
                    color: isHere ? 'primary.contrastText' : at < here ? 'primary.main' : 'text.secondary',
                    fontWeight: 700,
                    fontSize: '0.875rem',
                  }}
                >
                  {at < here ? <Check sx={{ fontSize: 18 }} /> : number.format(at + 1)}
                </Box>
                <Box component="span" sx={{ minWidth: 0 }}>
                  <Box component="span" sx={{ display: 'block', fontWeight: isHere ? 650 : 500 }}>
                    {t(`imports.step.${step}`)}
                  </Box>
                  {notes[step] !== undefined && (
                    <Box component="span" sx={{ display: 'block', typography: 'body2', color: 'text.secondary' }}>
                      {notes[step]}
                    </Box>
                  )}
                </Box>
              </Box>
            </li>
          );
        })}
      </Box>
    </Box>
  );
}
