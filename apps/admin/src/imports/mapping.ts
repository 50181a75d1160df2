import { FIELDS, type Field, type Guess, type Mapping } from './contract.ts';

/** Another meaning for a column, and the column that had it before: only some fields may come from several. */
export function withField(mapping: Mapping, at: number, field: Field | null): { mapping: Mapping; freed?: string } {
  const isAlone = field !== null && !FIELDS[field].many;
  const freed = isAlone ? mapping.columns.find((column, i) => i !== at && column.field === field)?.header : undefined;
  const columns = mapping.columns.map((column, i) =>
    i === at ? { ...column, field } : isAlone && column.field === field ? { ...column, field: null } : column,
  );
  return { mapping: { ...mapping, columns }, ...(freed === undefined ? {} : { freed }) };
}

/** The language of the texts of a column, or none said. */
export function withLanguage(mapping: Mapping, at: number, language: string | undefined): Mapping {
  const columns = mapping.columns.map((column, i) => {
    if (i !== at) return column;
    const { language: _old, ...rest } = column;
    return language === undefined ? rest : { ...rest, language };
  });
  return { ...mapping, columns };
}

/** What stands for a column the file does not have, or nothing. */
export function withConstant(mapping: Mapping, field: Field, value: string | undefined): Mapping {
  const { [field]: _old, ...rest } = mapping.constants;
  return { ...mapping, constants: value === undefined || value === '' ? rest : { ...rest, [field]: value } };
}

/** How doubtful values are to be read, or nothing said. */
export function withOption<K extends keyof Mapping['options']>(
  mapping: Mapping,
  key: K,
  value: Mapping['options'][K] | undefined,
): Mapping {
  const { [key]: _old, ...rest } = mapping.options;
  return { ...mapping, options: value === undefined ? rest : { ...rest, [key]: value } };
}

const WAYS_IN: readonly Field[] = ['website', 'reportLink', 'chat', 'phone', 'sms', 'whatsapp', 'email'];

/** What every row needs and nothing says so far: rows without it are rejected one by one. */
export function missingOf({ columns, constants, options }: Mapping): ('name' | 'country' | 'kind' | 'contact')[] {
  if (columns.length === 0 || options.ownTable) return [];
  const isSaid = (field: Field) => columns.some((column) => column.field === field) || constants[field] !== undefined;
  return [
    ...(isSaid('name') ? [] : (['name'] as const)),
    ...(isSaid('country') || options.country !== undefined ? [] : (['country'] as const)),
    ...(isSaid('kind') ? [] : (['kind'] as const)),
    ...(WAYS_IN.some(isSaid) ? [] : (['contact'] as const)),
  ];
}

/** Whether a person chose another meaning than was guessed. */
export function isChosen(mapping: Mapping, guess: Guess | undefined, at: number): boolean {
  return guess !== undefined && (mapping.columns[at]?.field ?? null) !== guess.field;
}
