import type { ReactNode } from 'react';
import { Alert, AlertTitle, Box } from '@mui/material';
import type { Refusal } from '@waymark/domain';
import { useWords, type Words } from '../records/words.ts';
import { placeParts } from './placeParts.ts';

/** Why a file cannot be read, where, and what to do about it. */
export function Unreadable({
  code,
  detail,
  errors = [],
  action,
}: Pick<Refusal, 'detail' | 'errors'> & { code: string; action?: ReactNode }) {
  const words = useWords();
  const { t } = words;
  const where = errors.slice(0, 1).map(({ path }) => placeText(path, words));
  return (
    <Alert severity="error" role="alert" action={action} sx={{ maxWidth: 880, textAlign: 'start' }}>
      <AlertTitle>
        {t(`refusals.${code}`, { _: code })}
        {where.map((text) => ` · ${text}`)}
      </AlertTitle>
      <Box component="bdi" lang="en" dir="ltr" sx={{ display: 'block' }}>
        {detail}
      </Box>
    </Alert>
  );
}

function placeText(pointer: string, { t, locale }: Words): string {
  const number = new Intl.NumberFormat(locale);
  return placeParts(pointer)
    .map(({ part, value }) =>
      t(`imports.place.${part}`, { value: part === 'sheet' || part === 'file' ? value : number.format(Number(value)) }),
    )
    .join(' · ');
}
