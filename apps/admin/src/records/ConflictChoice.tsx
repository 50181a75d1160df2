import { useId } from 'react';
import { Box, FormControlLabel, Radio, RadioGroup, Typography } from '@mui/material';
import type { Conflict, Json } from '@waymark/domain';
import type { References } from '../contract.ts';
import { fieldLabel } from './fieldLabel.ts';
import { useWords } from './words.ts';
import { ValueLines } from './ValueLines.tsx';

export type Side = 'mine' | 'theirs';

export type ConflictChoiceProps = {
  conflicts: readonly Conflict[];
  chosen: Readonly<Record<string, Side>>;
  onChoose: (path: string, side: Side) => void;
  labels: { mine: string; theirs: string };
  references: References;
  docs: readonly unknown[];
  /** Level of the headings. */
  heading?: 'h2' | 'h3';
  /** Which side stands first. */
  first?: Side;
};

const THEIRS_FIRST: readonly Side[] = ['theirs', 'mine'];
const MINE_FIRST: readonly Side[] = ['mine', 'theirs'];

/** The same field changed twice: both values side by side, and a person chooses. Nothing is chosen beforehand. */
export function ConflictChoice({
  conflicts,
  chosen,
  onChoose,
  labels,
  references,
  docs,
  heading = 'h3',
  first = 'theirs',
}: ConflictChoiceProps) {
  const words = useWords();
  const { t } = words;
  const prefix = useId();
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {conflicts.map(({ path, base, current, proposed }) => (
        <Box key={path}>
          <Typography id={`${prefix}${path}`} variant="h3" component={heading} sx={{ mb: 0.5 }}>
            {fieldLabel(path, words, docs)}
          </Typography>
          {base !== undefined && (
            <Box
              sx={{ color: 'text.secondary', mb: 1, display: 'flex', gap: 1, flexWrap: 'wrap', typography: 'body2' }}
            >
              <span>{t('records.conflict.before')}</span>
              <ValueLines path={path} value={base} references={references} />
            </Box>
          )}
          <RadioGroup
            aria-labelledby={`${prefix}${path}`}
            value={chosen[path] ?? ''}
            onChange={(event) => onChoose(path, event.target.value as Side)}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'repeat(2, minmax(0,1fr))' },
              gap: 1,
            }}
          >
            {(first === 'mine' ? MINE_FIRST : THEIRS_FIRST).map((side) => (
              <Option
                key={side}
                side={side}
                label={labels[side]}
                path={path}
                value={side === 'mine' ? proposed : current}
                isChosen={chosen[path] === side}
                references={references}
              />
            ))}
          </RadioGroup>
        </Box>
      ))}
    </Box>
  );
}

function Option({
  side,
  label,
  path,
  value,
  isChosen,
  references,
}: {
  side: Side;
  label: string;
  path: string;
  value: Json | undefined;
  isChosen: boolean;
  references: References;
}) {
  const { t } = useWords();
  return (
    <FormControlLabel
      value={side}
      control={<Radio sx={{ alignSelf: 'flex-start' }} />}
      sx={{
        m: 0,
        p: 1,
        border: 1,
        borderRadius: 1,
        borderColor: isChosen ? 'primary.main' : 'divider',
        bgcolor: isChosen ? 'action.selected' : undefined,
        alignItems: 'flex-start',
        minWidth: 0,
      }}
      slotProps={{ typography: { component: 'div', sx: { minWidth: 0, flex: 1 } } }}
      label={
        <>
          <Typography variant="body2" color="text.secondary" sx={{ pt: 1 }}>
            {label}
          </Typography>
          {value === undefined ? (
            <em>{t('records.conflict.nothing')}</em>
          ) : (
            <ValueLines path={path} value={value} references={references} large />
          )}
        </>
      }
    />
  );
}
