import { useEffect, useState, type ReactNode } from 'react';
import { Accordion, AccordionDetails, AccordionSummary, Box, Chip, Typography } from '@mui/material';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { useTranslate } from 'ra-core';
import { useDocumentForm, useProblemCount } from './DocumentForm.tsx';

export type SectionProps = {
  id: string;
  title: string;
  /** What is in it, for when it is closed. */
  summary?: ReactNode;
  /** Places of the document below it: its problems are counted, and a focus on one of them opens it. */
  pointers: readonly string[];
  open?: boolean;
  children: ReactNode;
};

/** One part of a long form. Closed it says what it holds; with problems inside it opens by itself. */
export function Section({ id, title, summary, pointers, open = false, children }: SectionProps) {
  const t = useTranslate();
  const [isOpen, setOpen] = useState(open);
  const problems = useProblemCount(pointers);
  const { revealed } = useDocumentForm();
  const isWanted = revealed !== undefined && pointers.some((p) => revealed === p || revealed.startsWith(`${p}/`));
  useEffect(() => {
    if (problems > 0 || isWanted) setOpen(true);
  }, [problems, isWanted]);
  return (
    <Accordion
      id={id}
      expanded={isOpen}
      onChange={(_, next) => setOpen(next)}
      disableGutters
      variant="outlined"
      slotProps={{ heading: { component: 'h2' }, transition: { unmountOnExit: true, timeout: 120 } }}
      sx={{ borderRadius: 1, mb: 1.25, '&::before': { display: 'none' }, overflow: 'clip' }}
    >
      <AccordionSummary
        expandIcon={<ExpandMore />}
        id={`${id}-header`}
        aria-controls={`${id}-content`}
        sx={{ minHeight: 52 }}
      >
        <Box
          component="span"
          sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.25, alignItems: 'baseline', minWidth: 0 }}
        >
          <Typography component="span" variant="h3">
            {title}
          </Typography>
          {!isOpen && summary && (
            <Typography
              component="span"
              variant="body2"
              color="text.secondary"
              sx={{ minWidth: 0, overflowWrap: 'anywhere' }}
            >
              {summary}
            </Typography>
          )}
          {problems > 0 && (
            <Chip
              component="span"
              size="small"
              color="error"
              variant="outlined"
              label={t('records.form.problems', { smart_count: problems })}
            />
          )}
        </Box>
      </AccordionSummary>
      <AccordionDetails
        id={`${id}-content`}
        sx={{ display: 'grid', gap: 1, pt: 0, gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        {children}
      </AccordionDetails>
    </Accordion>
  );
}

/** Fields beside each other where there is room. */
export function Row({ children }: { children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, '& > *': { flex: '1 1 220px', minWidth: 0 } }}>
      {children}
    </Box>
  );
}
