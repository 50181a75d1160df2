import { useId } from 'react';
import { Box, FormControl, FormHelperText, MenuItem, TextField, ToggleButton, Typography } from '@mui/material';
import Check from '@mui/icons-material/Check';
import { codeText } from '../valueLines.ts';
import { useWords } from '../words.ts';
import { useField } from './DocumentForm.tsx';

export type ChoiceProps = {
  pointer: string;
  label: string;
  /** Name of the list below `vocabulary.`. */
  words: string;
  codes: readonly string[];
  help?: string;
  required?: boolean;
  /** Lets the choice be taken back. */
  clearable?: boolean;
};

/** One code of a closed list. */
export function ChoiceInput({ pointer, label, words, codes, help, required, clearable }: ChoiceProps) {
  const say = useWords();
  const { value, set, touch, error } = useField<string>(pointer);
  return (
    <TextField
      select
      label={label}
      value={value ?? ''}
      onChange={(event) => set(event.target.value === '' ? undefined : event.target.value)}
      onBlur={touch}
      error={error !== undefined}
      helperText={error ?? help}
      required={required ?? false}
      sx={{ minWidth: 200 }}
      slotProps={{ htmlInput: { 'data-pointer': pointer } }}
    >
      {clearable && <MenuItem value="">–</MenuItem>}
      {codes.map((code) => (
        <MenuItem key={code} value={code}>
          {codeText(words, code, say)}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** Any codes of a short closed list, all in sight. */
export function ChoicesInput({ pointer, label, words, codes, help }: ChoiceProps) {
  const say = useWords();
  const labelId = useId();
  const { value = [], set, touch, error } = useField<string[]>(pointer);
  const toggle = (code: string) => {
    const next = value.includes(code) ? value.filter((other) => other !== code) : [...value, code];
    set(next.length === 0 ? undefined : next);
    touch();
  };
  return (
    <FormControl error={error !== undefined} component="fieldset" sx={{ border: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" id={labelId} variant="body2" color="text.secondary" sx={{ mb: 0.75, p: 0 }}>
        {label}
      </Typography>
      <Box
        role="group"
        aria-labelledby={labelId}
        data-pointer={pointer}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}
      >
        {codes.map((code) => {
          const isOn = value.includes(code);
          return (
            <ToggleButton
              key={code}
              value={code}
              selected={isOn}
              onChange={() => toggle(code)}
              size="small"
              sx={{ px: 1.25, py: 0.5, color: 'text.primary' }}
            >
              {isOn && <Check aria-hidden sx={{ fontSize: 16, marginInlineEnd: 0.5 }} />}
              {codeText(words, code, say)}
            </ToggleButton>
          );
        })}
      </Box>
      {(error ?? help) && <FormHelperText>{error ?? help}</FormHelperText>}
    </FormControl>
  );
}
