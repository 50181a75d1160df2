import { useMemo } from 'react';
import { Autocomplete, TextField, createFilterOptions } from '@mui/material';
import { COUNTRIES, countryName, LANGUAGES, languageName, LanguageTag, Need, TIME_ZONES } from '@waymark/domain';
import { areaText } from '../areaText.ts';
import { needName, useWords, type Words } from '../words.ts';
import { useField } from './DocumentForm.tsx';

/** Choosing from the long pinned tables: countries, areas, languages, needs, time zones. Found by name or code. */

export type TableName = 'country' | 'area' | 'language' | 'need' | 'timeZone';

type Option = { code: string; name: string };

/** Regions beside the countries that areas are often given in: the world, the EU, the continents of UN M49. */
const REGIONS = ['001', 'group:EU', '002', '019', '142', '150', '009', '419', '030', '035', '034', '145', '202', '015'];
/** Regional forms common enough to be offered before anybody types a code. */
const REGIONAL = ['pt-BR', 'zh-Hans', 'zh-Hant', 'es-419', 'en-GB', 'en-US', 'fr-CA', 'sr-Latn'];

function optionsOf(table: TableName, words: Words): Option[] {
  const { t, locale } = words;
  const named = (codes: readonly string[], name: (code: string) => string) => {
    const order = new Intl.Collator(locale);
    return codes.map((code) => ({ code, name: name(code) })).sort((a, b) => order.compare(a.name, b.name));
  };
  switch (table) {
    case 'country':
      return named(COUNTRIES, (code) => countryName(code, locale));
    case 'area':
      return [
        ...REGIONS.map((code) => ({ code, name: areaText(code, words) })),
        ...named(COUNTRIES, (code) => countryName(code, locale)),
      ];
    case 'language':
      return named([...LANGUAGES, ...REGIONAL], (code) => languageName(code, locale));
    case 'need':
      return Need.options.map((code) => ({ code, name: needName(code, t) }));
    case 'timeZone':
      return TIME_ZONES.map((code) => ({ code, name: code.replaceAll('_', ' ') }));
  }
}

// The tables are long and the names slow to make: once per table and language is enough.
const made = new Map<string, Option[]>();

export function useTableOptions(table: TableName): Option[] {
  const words = useWords();
  return useMemo(() => {
    const key = `${table} ${words.locale}`;
    const options = made.get(key) ?? optionsOf(table, words);
    // Words of our own may still be on their way while a language loads.
    if (table !== 'need' && table !== 'area') made.set(key, options);
    return options;
  }, [table, words.locale, words.t]); // eslint-disable-line react-hooks/exhaustive-deps -- `words` is made anew on each render
}

const filterOptions = createFilterOptions<Option>({ limit: 80, stringify: ({ code, name }) => `${name} ${code}` });

export type TableFieldProps = {
  table: TableName;
  label: string;
  value: string | undefined;
  onChange: (code: string | undefined) => void;
  error?: string | undefined;
  help?: string | undefined;
  required?: boolean;
  onBlur?: () => void;
  pointer?: string;
  autoFocus?: boolean;
};

/** One row of a table, outside the document: for pickers. */
export function TableField({
  table,
  label,
  value,
  onChange,
  error,
  help,
  required,
  onBlur,
  pointer,
  autoFocus,
}: TableFieldProps) {
  const options = useTableOptions(table);
  const { t } = useWords();
  return (
    <Autocomplete
      options={options}
      value={value === undefined ? null : (options.find(({ code }) => code === value) ?? { code: value, name: value })}
      onChange={(_, option) => onChange(option?.code)}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ code }) => code}
      isOptionEqualToValue={(a, b) => a.code === b.code}
      filterOptions={filterOptions}
      autoHighlight
      openOnFocus
      size="small"
      noOptionsText={t('records.form.noMatch')}
      onBlur={onBlur}
      sx={{ minWidth: 200 }}
      renderOption={(props, { code, name }) => (
        <li {...props} key={code}>
          <span>{name}</span>
          <code style={{ marginInlineStart: 'auto', paddingInlineStart: 12, opacity: 0.75 }}>
            {code === name ? '' : code}
          </code>
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
          slotProps={{ htmlInput: { ...params.inputProps, 'data-pointer': pointer } }}
        />
      )}
    />
  );
}

/** One row of a table at a place of the document. */
export function TableInput({
  pointer,
  ...rest
}: Pick<TableFieldProps, 'table' | 'label' | 'help' | 'required'> & { pointer: string }) {
  const { value, set, touch, error } = useField<string>(pointer);
  return <TableField {...rest} pointer={pointer} value={value} onChange={set} onBlur={touch} error={error} />;
}

/** Many rows of a table, outside the document. */
export function TablesField({
  table,
  label,
  value,
  onChange,
  error,
  help,
  onBlur,
  pointer,
}: Omit<TableFieldProps, 'value' | 'onChange'> & { value: readonly string[]; onChange: (codes: string[]) => void }) {
  const options = useTableOptions(table);
  const { t } = useWords();
  const chosen = value.map((code) => options.find((option) => option.code === code) ?? { code, name: code });
  return (
    <Autocomplete
      multiple
      options={options}
      value={chosen}
      onChange={(_, next) => onChange(next.map((option) => (typeof option === 'string' ? tagOf(option) : option.code)))}
      getOptionLabel={(option) => (typeof option === 'string' ? option : option.name)}
      getOptionKey={(option) => (typeof option === 'string' ? option : option.code)}
      isOptionEqualToValue={(a, b) => a.code === b.code}
      filterOptions={filterOptions}
      filterSelectedOptions
      disableCloseOnSelect
      autoHighlight
      // A language may be written as its tag, since not every regional form is in the list.
      freeSolo={table === 'language'}
      size="small"
      noOptionsText={t('records.form.noMatch')}
      onBlur={onBlur}
      sx={{ minWidth: 220 }}
      slotProps={{ chip: { size: 'small' } }}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          error={error !== undefined}
          helperText={error ?? help}
          slotProps={{ htmlInput: { ...params.inputProps, 'data-pointer': pointer } }}
        />
      )}
    />
  );
}

/** Many rows of a table at a place of the document. */
export function TablesInput({
  pointer,
  ...rest
}: Pick<TableFieldProps, 'table' | 'label' | 'help'> & { pointer: string }) {
  const { value = [], set, touch, error } = useField<string[]>(pointer);
  return (
    <TablesField
      {...rest}
      pointer={pointer}
      value={value}
      onChange={(next) => set(next.length === 0 ? undefined : next)}
      onBlur={touch}
      error={error}
    />
  );
}

/** Canonical form of a typed tag, or what was typed, so that the schema can say what is wrong with it. */
function tagOf(text: string): string {
  const parsed = LanguageTag.safeParse(text);
  return parsed.success ? parsed.data : text;
}
