import { useQuery } from '@tanstack/react-query';
import { Autocomplete, Box, TextField } from '@mui/material';
import { api } from '../api.ts';
import type { Facets } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

type Draft = { network: string; status: string; since: string };

/** One more network that all of them are in. */
export function NetworkForm({ onChange }: ActionFormProps) {
  const { t } = useWords();
  const [{ network, status, since }, set] = useActionDraft<Draft>(
    { network: '', status: 'member', since: '' },
    (draft) => ({
      action: 'add-network',
      membership: {
        network: draft.network,
        status: draft.status,
        ...(draft.since === '' ? {} : { since: draft.since }),
      },
    }),
    onChange,
  );
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, '& > *': { flex: '1 1 180px' } }}>
      <NetworkField value={network} onChange={(next) => set({ network: next })} required />
      <TextField
        label={t('fields.part.status')}
        value={status}
        onChange={(event) => set({ status: event.target.value })}
        required
        slotProps={{ htmlInput: { maxLength: 60, dir: 'auto' } }}
      />
      <TextField
        label={t('fields.part.since')}
        type="date"
        value={since}
        onChange={(event) => set({ since: event.target.value })}
        slotProps={{ inputLabel: { shrink: true } }}
      />
    </Box>
  );
}

const codeOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** A network by its handle: one that entries are in already, or a new one. */
export function NetworkField({
  value,
  onChange,
  required = false,
}: {
  value: string;
  onChange: (network: string) => void;
  required?: boolean;
}) {
  const { t } = useWords();
  const { data } = useQuery({
    queryKey: ['entries', 'facets', {}],
    queryFn: ({ signal }) => api.get<Facets>('/entries/facets', { signal }),
  });
  return (
    <Autocomplete
      freeSolo
      options={(data?.network ?? []).map((each) => each.value)}
      inputValue={value}
      onInputChange={(_, next) => onChange(codeOf(next))}
      size="small"
      renderInput={(params) => (
        <TextField
          {...params}
          label={t('fields.part.network')}
          required={required}
          autoFocus={required}
          placeholder="inhope"
          slotProps={{ htmlInput: { ...params.inputProps, dir: 'ltr', maxLength: 40 } }}
        />
      )}
    />
  );
}
