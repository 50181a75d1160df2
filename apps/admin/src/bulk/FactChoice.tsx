import type { ReactNode } from 'react';
import { Box, Button, Typography } from '@mui/material';
import { ListFact } from '@waymark/domain';
import { useWords } from '../records/words.ts';

/** What an official list shows of each entry on it. */
export function FactChoice({
  value,
  onChange,
  children,
}: {
  value: readonly ListFact[];
  onChange: (facts: readonly ListFact[]) => void;
  /** What else must be said of the list. */
  children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <Box role="group" aria-label={t('due.bulk.confirms')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <Typography variant="body2" color="text.secondary" sx={{ alignSelf: 'center' }}>
        {t('due.bulk.confirms')}
      </Typography>
      {ListFact.options.map((fact) => {
        const isOn = value.includes(fact);
        return (
          <Button
            key={fact}
            size="small"
            variant={isOn ? 'contained' : 'outlined'}
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? value.filter((each) => each !== fact) : [...value, fact])}
          >
            {t(`due.bulk.fact.${fact}`)}
          </Button>
        );
      })}
      {children}
    </Box>
  );
}
