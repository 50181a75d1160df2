import { useEffect, useState } from 'react';
import { MenuItem, TextField, Typography } from '@mui/material';
import { formatPhone, type PhoneNumber } from '@waymark/domain';
import { useDocumentForm, useField } from '../../records/form/DocumentForm.tsx';
import { useWords } from '../../records/words.ts';
import { Row } from '../../records/form/Section.tsx';
import { TableField } from '../../records/form/TableInput.tsx';
import { WasNote } from '../../records/form/WasNote.tsx';
import { phoneFromText } from './phoneFromText.ts';
import { useHomeCountry } from './useHomeCountry.ts';

const shown = (phone: Partial<PhoneNumber> | undefined): string =>
  phone?.digits === undefined
    ? ''
    : phone.letters !== undefined
      ? phone.letters
      : formatPhone({ kind: 'national', ...phone, digits: phone.digits });

/**
 * A number as it is printed on the page it comes from. What will be dialled is spelled out under it, so that the two can be compared.
 * @param reachPointer where the countries it can be dialled from are kept; filled with its own country when that is all there is
 */
export function PhoneInput({ pointer, label, reachPointer }: { pointer: string; label: string; reachPointer: string }) {
  const { t, locale: _locale } = useWords();
  const { store } = useDocumentForm();
  const home = useHomeCountry();
  const { value, set, touch, error, was } = useField<Partial<PhoneNumber>>(pointer);
  const [text, setText] = useState(() => shown(value));
  const digits = value?.digits;

  // The text follows the document when it was changed elsewhere (a conflict, another tab), not while it is being typed.
  useEffect(() => {
    setText((old) => (phoneFromText(old, value, home)?.digits === digits ? old : shown(value)));
  }, [digits]); // eslint-disable-line react-hooks/exhaustive-deps -- only the digits say that it is another number

  const keep = (next: Partial<PhoneNumber> | undefined) => {
    set(next);
    if (
      next?.kind !== 'e164' &&
      next?.country !== undefined &&
      store.at(`${reachPointer}/dialableFrom`) === undefined
    ) {
      store.set(`${reachPointer}/dialableFrom`, [next.country]);
    }
  };
  const before = was as Partial<PhoneNumber> | undefined;
  const isOther = before?.digits !== undefined && before.digits !== digits;

  return (
    <>
      <Row>
        <TextField
          label={label}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            keep(phoneFromText(event.target.value, value, home));
          }}
          onBlur={touch}
          error={error !== undefined}
          helperText={error ?? (isOther ? <WasNote value={shown(before)} /> : t('entries.phone.help'))}
          required
          slotProps={{
            htmlInput: {
              dir: 'ltr',
              inputMode: 'tel',
              autoComplete: 'off',
              'data-pointer': pointer,
              style: { fontSize: '1.125rem', fontVariantNumeric: 'tabular-nums' },
            },
          }}
        />
        <TextField
          select
          label={t('entries.phone.kind')}
          value={value?.kind ?? ''}
          onChange={(event) =>
            keep({
              ...value,
              kind: event.target.value as PhoneNumber['kind'],
              ...(event.target.value !== 'e164' && value?.country === undefined && home !== undefined
                ? { country: home }
                : {}),
            })
          }
          helperText={value?.kind === undefined ? undefined : t(`vocabulary.phoneKindLong.${value.kind}`)}
        >
          {(['e164', 'short', 'national'] as const).map((kind) => (
            <MenuItem key={kind} value={kind}>
              {t(`vocabulary.phoneKind.${kind}`)}
            </MenuItem>
          ))}
        </TextField>
        {value?.kind !== undefined && value.kind !== 'e164' && (
          <TableField
            table="country"
            label={t('entries.phone.country')}
            value={value.country}
            onChange={(country) => {
              const { country: _old, ...rest } = value;
              keep(country === undefined ? rest : { ...rest, country });
            }}
            required
          />
        )}
      </Row>
      {digits !== undefined && (
        <Typography variant="body2" color="text.secondary" aria-live="polite">
          {t('entries.phone.dialled')}{' '}
          <bdi dir="ltr" style={{ fontVariantNumeric: 'tabular-nums', fontWeight: 650 }}>
            {value?.kind === 'e164' ? `+${digits}` : digits}
          </bdi>
        </Typography>
      )}
    </>
  );
}
