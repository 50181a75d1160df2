import { useState } from 'react';
import { Box, Button, Checkbox, FormControlLabel, IconButton, TextField, Tooltip } from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import Translate from '@mui/icons-material/Translate';
import { languageName, type LocalText } from '@waymark/domain';
import { inLanguage } from '../inLanguage.ts';
import { useWords } from '../words.ts';
import { useField } from './DocumentForm.tsx';
import { TableField } from './TableInput.tsx';
import { WasNote } from './WasNote.tsx';

export type LocalTextProps = {
  pointer: string;
  label: string;
  help?: string;
  multiline?: boolean;
  required?: boolean;
  max?: number;
  /** Names carry which of them is the official one. */
  withOfficial?: boolean;
  /** Language of the first version. */
  first?: string;
};

/** A text in as many languages as there are; each is written in its own direction. */
export function LocalTextInput({
  pointer,
  label,
  help,
  multiline,
  required,
  max,
  withOfficial,
  first = 'en',
}: LocalTextProps) {
  const words = useWords();
  const { t, locale } = words;
  const { value, set, error, touch } = useField<LocalText>(pointer);
  const [isAdding, setAdding] = useState(false);
  const tags = Object.keys(value ?? {});
  const shown = tags.length > 0 ? tags : [first];
  return (
    <Box data-pointer={pointer} role="group" aria-label={label}>
      {shown.map((tag, i) => (
        <Version
          key={tag}
          pointer={`${pointer}/${tag}`}
          label={tags.length > 1 || tag !== 'en' ? `${label} (${languageName(tag, locale)})` : label}
          tag={tag}
          multiline={multiline ?? false}
          required={(required ?? false) && i === 0}
          max={max}
          help={i === 0 ? (error ?? help) : undefined}
          isWrong={i === 0 && error !== undefined}
          withOfficial={withOfficial ?? false}
          canRemove={tags.length > 1}
          onEmpty={tags.length <= 1 ? () => set(undefined) : undefined}
          onBlur={touch}
        />
      ))}
      {isAdding ? (
        <Box sx={{ maxWidth: 320, mt: 0.5 }}>
          <TableField
            table="language"
            label={t('records.form.language')}
            value={undefined}
            autoFocus
            onBlur={() => setAdding(false)}
            onChange={(tag) => {
              setAdding(false);
              if (tag !== undefined && value?.[tag] === undefined) set({ ...value, [tag]: { text: '' } });
            }}
          />
        </Box>
      ) : (
        tags.length > 0 && (
          <Button size="small" startIcon={<Translate />} onClick={() => setAdding(true)}>
            {t('records.form.addLanguage')}
          </Button>
        )
      )}
    </Box>
  );
}

type VersionProps = {
  pointer: string;
  label: string;
  tag: string;
  multiline: boolean;
  required: boolean;
  max: number | undefined;
  help: string | undefined;
  isWrong: boolean;
  withOfficial: boolean;
  canRemove: boolean;
  onEmpty: (() => void) | undefined;
  onBlur: () => void;
};

function Version({
  pointer,
  label,
  tag,
  multiline,
  required,
  max,
  help,
  isWrong,
  withOfficial,
  canRemove,
  onEmpty,
  onBlur,
}: VersionProps) {
  const { t } = useWords();
  const { value, set, isChanged, was } = useField<LocalText[string]>(pointer);
  const length = [...(value?.text ?? '')].length;
  const counter = max !== undefined && length > max * 0.8 ? ` ${length}/${max}` : '';
  const before = (was as { text?: string } | undefined)?.text;
  return (
    <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'flex-start' }}>
      <TextField
        label={label}
        value={value?.text ?? ''}
        onChange={(event) => {
          if (event.target.value === '' && onEmpty) onEmpty();
          else set({ ...value, text: event.target.value });
        }}
        onBlur={onBlur}
        error={isWrong}
        required={required}
        helperText={
          <>
            {isChanged && before !== undefined && before !== value?.text ? <WasNote value={before} /> : help}
            {counter}
          </>
        }
        multiline={multiline}
        minRows={multiline ? 2 : undefined}
        fullWidth
        slotProps={{ htmlInput: { ...inLanguage(tag), 'data-pointer': pointer } }}
      />
      {withOfficial && value !== undefined && (
        <FormControlLabel
          sx={{ mt: 1, marginInlineEnd: 0, whiteSpace: 'nowrap' }}
          control={
            <Checkbox
              size="small"
              checked={value.origin === 'official'}
              onChange={(_, checked) => {
                const { origin: _origin, ...rest } = value;
                set(checked ? { ...rest, origin: 'official' } : rest);
              }}
            />
          }
          label={t('records.form.official')}
        />
      )}
      {canRemove && (
        <Tooltip title={t('records.form.removeLanguage', { name: label })}>
          <IconButton
            size="small"
            sx={{ mt: 1.25 }}
            aria-label={t('records.form.removeLanguage', { name: label })}
            onClick={() => set(undefined)}
          >
            <DeleteOutline fontSize="small" />
          </IconButton>
        </Tooltip>
      )}
    </Box>
  );
}
