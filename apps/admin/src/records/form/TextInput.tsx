import { TextField } from '@mui/material';
import { useField } from './DocumentForm.tsx';
import { WasNote } from './WasNote.tsx';

export type PlainInputProps = {
  pointer: string;
  label: string;
  help?: string;
  multiline?: boolean;
  /** Addresses, codes and numbers are written left to right in every language. */
  code?: boolean;
  type?: 'text' | 'url' | 'email' | 'date';
  placeholder?: string;
  required?: boolean;
  /** Shapes what was typed before it is stored, e.g. trims. */
  parse?: (text: string) => string | undefined;
};

/** One line or paragraph of plain text. An emptied field leaves the document. */
export function TextInput({
  pointer,
  label,
  help,
  multiline,
  code,
  type = 'text',
  placeholder,
  required,
  parse,
}: PlainInputProps) {
  const { value, set, touch, error, isChanged, was } = useField<string>(pointer);
  return (
    <TextField
      label={label}
      value={value ?? ''}
      onChange={(event) =>
        set(parse ? parse(event.target.value) : event.target.value === '' ? undefined : event.target.value)
      }
      onBlur={touch}
      error={error !== undefined}
      helperText={error ?? (isChanged && was !== undefined ? <WasNote value={was} /> : help)}
      multiline={multiline ?? false}
      minRows={multiline ? 2 : undefined}
      type={type}
      fullWidth
      required={required ?? false}
      placeholder={placeholder}
      slotProps={{
        htmlInput: {
          'data-pointer': pointer,
          ...(code || type !== 'text' ? { dir: 'ltr', spellCheck: false, autoCapitalize: 'off' } : { dir: 'auto' }),
        },
        ...(type === 'date' ? { inputLabel: { shrink: true } } : {}),
      }}
    />
  );
}

/** A whole number; anything else is left out. */
export function NumberInput({ pointer, label, help }: { pointer: string; label: string; help?: string }) {
  const { value, set, touch, error, isChanged, was } = useField<number>(pointer);
  return (
    <TextField
      label={label}
      value={value ?? ''}
      onChange={(event) => set(/^\d{1,4}$/.test(event.target.value) ? Number(event.target.value) : undefined)}
      onBlur={touch}
      error={error !== undefined}
      helperText={error ?? (isChanged && was !== undefined ? <WasNote value={was} /> : help)}
      slotProps={{ htmlInput: { inputMode: 'numeric', 'data-pointer': pointer, dir: 'ltr' } }}
      sx={{ width: 140 }}
    />
  );
}
