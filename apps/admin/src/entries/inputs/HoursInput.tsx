import { useEffect, useState } from 'react';
import { Box, Button, IconButton, MenuItem, TextField, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { formatHours, parseHours, timeZonesOf, type Hours } from '@waymark/domain';
import { useField } from '../../records/form/DocumentForm.tsx';
import { useWords } from '../../records/words.ts';
import { weekRows } from '../../records/hoursText.ts';
import { Row } from '../../records/form/Section.tsx';
import { TableField } from '../../records/form/TableInput.tsx';
import { ChoiceInput } from '../../records/form/ChoiceInput.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';
import { todayIn } from '../../records/form/newEvidence.ts';
import { useHomeCountry } from './useHomeCountry.ts';

const KINDS = ['always', 'weekly', 'by-arrangement', 'unknown'] as const;

/** Hours by the shorthand people type (`Mo-Fr 9-17; Sa 10-14`); what was understood is shown as a week under it. */
export function HoursInput({ pointer }: { pointer: string }) {
  const { t, locale } = useWords();
  const home = useHomeCountry();
  const { value, set, touch, error } = useField<Hours>(pointer);
  const zone = value?.tz ?? (home === undefined ? undefined : timeZonesOf(home)[0]);
  const [text, setText] = useState(() => (value?.kind === 'weekly' ? shorthand(value) : ''));
  const [tz, setTz] = useState(zone);
  useEffect(() => setTz((old) => value?.tz ?? old ?? zone), [value?.tz, zone]);

  const understood = tz === undefined ? null : parseHours(text, tz);
  const rest = {
    ...(value?.exceptions ? { exceptions: value.exceptions } : {}),
    ...(value?.sourceText ? { sourceText: value.sourceText } : {}),
  };

  const read = (nextText: string, nextTz: string | undefined) => {
    setText(nextText);
    setTz(nextTz);
    const parsed = nextTz === undefined ? null : parseHours(nextText, nextTz);
    if (parsed) set({ ...(value?.holidays ? { holidays: value.holidays } : {}), ...parsed, ...rest });
  };
  const choose = (kind: string) => {
    if (kind === '') set(undefined);
    // Weekly hours without times are kept too: the schema then says that times are missing.
    else if (kind === 'weekly') set(understood ?? { kind: 'weekly', ...(tz === undefined ? {} : { tz }), ...rest });
    else
      set({
        kind: kind as Hours['kind'],
        ...(value?.holidays && kind === 'always' ? { holidays: value.holidays } : {}),
        ...(rest.exceptions && tz ? { tz } : {}),
        ...rest,
      });
    touch();
  };

  return (
    <Box data-pointer={pointer}>
      <Row>
        <TextField
          select
          label={t('fields.channels_hours')}
          value={value?.kind ?? ''}
          onChange={(event) => choose(event.target.value)}
          error={error !== undefined}
          helperText={error}
        >
          <MenuItem value="">–</MenuItem>
          {KINDS.map((kind) => (
            <MenuItem key={kind} value={kind}>
              {t(`vocabulary.hours.${kind}`)}
            </MenuItem>
          ))}
        </TextField>
        {value?.kind === 'weekly' && (
          <>
            <TextField
              label={t('entries.hours.shorthand')}
              value={text}
              onChange={(event) => read(event.target.value, tz)}
              error={text !== '' && understood === null}
              helperText={
                text !== '' && understood === null ? t('entries.hours.notUnderstood') : t('entries.hours.help')
              }
              placeholder="Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off"
              slotProps={{ htmlInput: { dir: 'ltr', spellCheck: false } }}
            />
            <TableField
              table="timeZone"
              label={t('fields.part.tz')}
              value={tz}
              onChange={(next) => read(text, next)}
              required
            />
          </>
        )}
      </Row>
      {value?.kind === 'weekly' && value.weekly && (
        <Box
          component="dl"
          sx={{ m: 0, mb: 1, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, typography: 'body2' }}
        >
          {weekRows(value, locale).map(({ days, times }) => (
            <Box key={days} sx={{ display: 'contents' }}>
              <dt>{days}</dt>
              <Box component="dd" dir="ltr" sx={{ m: 0, textAlign: 'start' }}>
                {times}
              </Box>
            </Box>
          ))}
        </Box>
      )}
      {(value?.kind === 'weekly' || value?.kind === 'always') && (
        <Row>
          <ChoiceInput
            pointer={`${pointer}/holidays`}
            label={t('fields.part.holidays')}
            words="holidays"
            codes={['open', 'closed', 'reduced', 'unknown']}
            clearable
          />
          <TextInput pointer={`${pointer}/sourceText`} label={t('fields.part.sourceText')} />
        </Row>
      )}
      {value !== undefined && <Exceptions pointer={pointer} tz={tz} />}
    </Box>
  );
}

/** Without "PH off": holidays have a field of their own. */
const shorthand = (hours: Hours): string => formatHours(hours).replace(/; PH off$/, '');

type Exception = NonNullable<Hours['exceptions']>[number];

function Exceptions({ pointer, tz }: { pointer: string; tz: string | undefined }) {
  const { t } = useWords();
  const { value, set } = useField<Hours>(pointer);
  const list = value?.exceptions ?? [];
  const keep = (next: Exception[]) => {
    if (!value) return;
    const { exceptions: _old, ...rest } = value;
    set(
      next.length === 0
        ? rest
        : { ...rest, ...(rest.tz === undefined && tz !== undefined ? { tz } : {}), exceptions: next },
    );
  };
  const today = todayIn(new Date());
  return (
    <Box>
      {list.map((_, i) => (
        <Box
          key={i}
          role="group"
          aria-label={t('entries.hours.exception', { number: i + 1 })}
          sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'center' }}
        >
          <TextInput pointer={`${pointer}/exceptions/${i}/from`} label={t('fields.part.from')} type="date" />
          <TextInput pointer={`${pointer}/exceptions/${i}/to`} label={t('fields.part.until')} type="date" />
          <ExceptionTimes pointer={`${pointer}/exceptions/${i}`} />
          <TextInput pointer={`${pointer}/exceptions/${i}/note`} label={t('fields.part.note')} />
          <IconButton
            aria-label={t('entries.hours.removeException', { number: i + 1 })}
            onClick={() => keep(list.filter((_e, at) => at !== i))}
          >
            <DeleteOutline />
          </IconButton>
        </Box>
      ))}
      <Button
        size="small"
        startIcon={<Add />}
        onClick={() => keep([...list, { from: today, to: today, closed: true }])}
      >
        {t('entries.hours.addException')}
      </Button>
      {list.length > 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('entries.hours.exceptionHelp')}
        </Typography>
      )}
    </Box>
  );
}

/** `closed`, or times such as `10:00-14:00`. */
function ExceptionTimes({ pointer }: { pointer: string }) {
  const { t } = useWords();
  const { value, set, error } = useField<Exception>(pointer);
  const [text, setText] = useState(() => (value?.intervals ?? []).map(({ from, to }) => `${from}-${to}`).join(','));
  return (
    <TextField
      label={t('entries.hours.times')}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (!value) return;
        const { closed: _closed, intervals: _intervals, ...rest } = value;
        const found = [...event.target.value.matchAll(/(\d{2}:\d{2})\s*[-–]\s*(\d{2}:\d{2})/g)].map(
          ([, from = '', to = '']) => ({ from, to }),
        );
        set(found.length === 0 ? { ...rest, closed: true } : { ...rest, intervals: found });
      }}
      error={error !== undefined}
      helperText={error ?? (value?.closed ? t('vocabulary.hours.closed') : undefined)}
      placeholder="10:00-14:00"
      slotProps={{ htmlInput: { dir: 'ltr' } }}
      sx={{ width: 180 }}
    />
  );
}
