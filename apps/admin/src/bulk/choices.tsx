import { useId } from 'react';
import { Box, TextField, ToggleButton, Typography } from '@mui/material';
import Check from '@mui/icons-material/Check';
import { ChannelType } from '@waymark/domain';
import { codeText } from '../records/valueLines.ts';
import { useWords } from '../records/words.ts';

type Codes = {
  label: string;
  /** Name of the list below `vocabulary.`. */
  words: string;
  codes: readonly string[];
};

/** One code of a closed list, by the browser's own list: its first letters choose. */
export function Choice({
  label,
  words,
  codes,
  value,
  onChange,
  autoFocus = false,
  optional,
}: Codes & { value: string; onChange: (code: string) => void; autoFocus?: boolean; optional?: string }) {
  const say = useWords();
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      required={optional === undefined}
      autoFocus={autoFocus}
      sx={{ minWidth: 200 }}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      <option value="">{optional ?? ''}</option>
      {codes.map((code) => (
        <option key={code} value={code}>
          {codeText(words, code, say)}
        </option>
      ))}
    </TextField>
  );
}

/** Any codes of a short closed list, all in sight. */
export function Choices({
  label,
  words,
  codes,
  value,
  onChange,
}: Codes & { value: readonly string[]; onChange: (codes: string[]) => void }) {
  const say = useWords();
  const labelId = useId();
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
      <Typography component="legend" id={labelId} variant="body2" color="text.secondary" sx={{ mb: 0.75, p: 0 }}>
        {label}
      </Typography>
      <Box role="group" aria-labelledby={labelId} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
        {codes.map((code) => {
          const isOn = value.includes(code);
          return (
            <ToggleButton
              key={code}
              value={code}
              selected={isOn}
              onChange={() => onChange(isOn ? value.filter((other) => other !== code) : [...value, code])}
              size="small"
              sx={{ px: 1.25, py: 0.5, color: 'text.primary' }}
            >
              {isOn && <Check aria-hidden sx={{ fontSize: 16, marginInlineEnd: 0.5 }} />}
              {codeText(words, code, say)}
            </ToggleButton>
          );
        })}
      </Box>
    </Box>
  );
}

/** On which channels in use: those of some types, or all. */
export function ChannelTypes({ value, onChange }: { value: readonly string[]; onChange: (types: string[]) => void }) {
  const { t } = useWords();
  return (
    <Choices
      label={t('bulk.onlyTypes')}
      words="channelType"
      codes={ChannelType.options}
      value={value}
      onChange={onChange}
    />
  );
}

/** Types as an action takes them. */
export const typesOf = (types: readonly string[]) => (types.length === 0 ? {} : { channels: types });
