import { useEffect, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Autocomplete, Box, CircularProgress, TextField } from '@mui/material';
import { api } from '../../api.ts';
import type { Page, RecordResource, RecordRow } from '../../contract.ts';
import { useWords } from '../words.ts';
import { useDocumentForm, useField } from './DocumentForm.tsx';

export type Picked = { id: string; name: string; slug: string };

export type RecordFieldProps = {
  resource: RecordResource;
  label: string;
  value: Picked | null;
  onChange: (picked: Picked | null) => void;
  /** Not offered, e.g. the record itself. */
  except?: string | undefined;
  /** Only records in use can be chosen unless said otherwise. */
  state?: 'active' | undefined;
  error?: string | undefined;
  help?: string | undefined;
  required?: boolean;
  autoFocus?: boolean;
  pointer?: string;
  onBlur?: () => void;
};

/** Finds a record while one types, by name, host or number. */
export function RecordField({
  resource,
  label,
  value,
  onChange,
  except,
  state = 'active',
  error,
  help,
  required,
  autoFocus,
  pointer,
  onBlur,
}: RecordFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const q = useSettled(text === value?.name ? '' : text);
  const { data, isFetching } = useQuery({
    queryKey: [resource, 'pick', q, state],
    queryFn: ({ signal }) =>
      api.get<Page<RecordRow>>(`/${resource}`, { query: { q, state, perPage: 12, sort: 'name' }, signal }),
    placeholderData: keepPreviousData,
  });
  const options: Picked[] = (data?.data ?? []).filter(({ id }) => id !== except);
  return (
    <Autocomplete
      options={options}
      value={value}
      onChange={(_, picked) => onChange(picked)}
      onInputChange={(_, next) => setText(next)}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      // The server has searched; filtering again by name would hide what it found by host or number.
      filterOptions={(all) => all}
      autoHighlight
      size="small"
      loading={isFetching}
      loadingText={t('common.loading')}
      noOptionsText={t('records.form.noMatch')}
      onBlur={onBlur}
      renderOption={(props, { id, name, slug }) => (
        <li {...props} key={id}>
          <Box sx={{ minWidth: 0 }}>
            <bdi>{name}</bdi>
            <Box component="code" dir="ltr" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.8125rem' }}>
              {slug}
            </Box>
          </Box>
        </li>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          error={error !== undefined}
          helperText={error ?? help}
          required={required ?? false}
          autoFocus={autoFocus ?? false}
          slotProps={{
            htmlInput: { ...params.inputProps, 'data-pointer': pointer },
            input: {
              ...params.InputProps,
              endAdornment: (
                <>
                  {isFetching && <CircularProgress size={16} aria-hidden />}
                  {params.InputProps.endAdornment}
                </>
              ),
            },
          }}
        />
      )}
    />
  );
}

/** A reference to a record at a place of the document. */
export function RecordInput({
  pointer,
  ...rest
}: Pick<RecordFieldProps, 'resource' | 'label' | 'help' | 'required'> & { pointer: string }) {
  const { store } = useDocumentForm();
  const { value, set, touch, error } = useField<string>(pointer);
  const picked = usePicked(rest.resource, value);
  return (
    <RecordField
      {...rest}
      pointer={pointer}
      value={picked}
      except={typeof store.at('/id') === 'string' ? (store.at('/id') as string) : undefined}
      onChange={(next) => set(next?.id)}
      onBlur={touch}
      error={error}
    />
  );
}

/** References to several records at a place of the document. */
export function RecordsInput({
  pointer,
  label,
  resource,
  help,
}: Pick<RecordFieldProps, 'resource' | 'label' | 'help'> & { pointer: string }) {
  const { store } = useDocumentForm();
  const { value = [], set, error } = useField<string[]>(pointer);
  return (
    <Box role="group" aria-label={label}>
      {value.map((id, i) => (
        <PickedRow
          key={id}
          id={id}
          resource={resource}
          label={`${label} ${i + 1}`}
          onChange={(next) => {
            const rest = value.filter((other) => other !== id);
            const list = next === undefined ? rest : [...new Set([...rest, next])];
            set(list.length === 0 ? undefined : list);
          }}
        />
      ))}
      <RecordField
        resource={resource}
        label={label}
        value={null}
        except={typeof store.at('/id') === 'string' ? (store.at('/id') as string) : undefined}
        // Emptied after each choice, so that the next can be made.
        key={value.length}
        onChange={(next) => next && set([...new Set([...value, next.id])])}
        error={error}
        help={help}
        pointer={pointer}
      />
    </Box>
  );
}

function PickedRow({
  id,
  resource,
  label,
  onChange,
}: {
  id: string;
  resource: RecordResource;
  label: string;
  onChange: (id: string | undefined) => void;
}) {
  const picked = usePicked(resource, id);
  return <RecordField resource={resource} label={label} value={picked} onChange={(next) => onChange(next?.id)} />;
}

/** Name of a referenced record: from what came with the document, else asked for. */
function usePicked(resource: RecordResource, id: string | undefined): Picked | null {
  const { references } = useDocumentForm();
  const known = id === undefined ? undefined : references[id];
  const { data } = useQuery({
    queryKey: [resource, 'name', id],
    enabled: id !== undefined && known === undefined,
    queryFn: ({ signal }) => api.get<Page<RecordRow>>(`/${resource}`, { query: { ids: id, perPage: 1 }, signal }),
    staleTime: 60_000,
  });
  if (id === undefined) return null;
  const row = known ?? data?.data[0];
  return { id, name: row?.name ?? id, slug: row?.slug ?? '' };
}

/** The value once it has stood still for a moment. */
export function useSettled<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
