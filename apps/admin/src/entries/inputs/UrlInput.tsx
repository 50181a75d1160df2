import { TextField } from '@mui/material';
import { parseOnionUrl, parseWebUrl } from '@waymark/domain';
import { useField } from '../../records/form/DocumentForm.tsx';
import { WasNote } from '../../records/form/WasNote.tsx';

/** A web address. Leaving the field puts it into its one canonical form, and adds the https:// people leave out. */
export function UrlInput({
  pointer,
  label,
  help,
  required,
  onion,
}: {
  pointer: string;
  label: string;
  help?: string;
  required?: boolean;
  onion?: boolean;
}) {
  const { value, set, touch, error, isChanged, was } = useField<string>(pointer);
  return (
    <TextField
      label={label}
      value={value ?? ''}
      onChange={(event) => set(event.target.value === '' ? undefined : event.target.value)}
      onBlur={() => {
        touch();
        if (value === undefined) return;
        const text = value.trim();
        const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
        const parsed = onion ? parseOnionUrl(whole) : parseWebUrl(whole);
        if (parsed.ok) set(parsed.href);
      }}
      error={error !== undefined}
      helperText={error ?? (isChanged && was !== undefined ? <WasNote value={was} /> : help)}
      fullWidth
      required={required ?? false}
      placeholder="https://"
      type="text"
      slotProps={{
        htmlInput: { dir: 'ltr', inputMode: 'url', spellCheck: false, autoCapitalize: 'off', 'data-pointer': pointer },
      }}
    />
  );
}
