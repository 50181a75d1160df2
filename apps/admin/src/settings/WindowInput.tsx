import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { PublicationWindow, WEEKDAYS } from '@waymark/domain';
import { useLocaleState, useTranslate } from 'ra-core';
import { TableField } from '../records/form/TableInput.tsx';
import { weekdayName } from '../records/hoursText.ts';

/** When snapshots usually go out: a weekday, from when to when, in whose time. */
export function WindowInput({
  value,
  onChange,
}: {
  value: PublicationWindow;
  onChange: (value: PublicationWindow) => void;
}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const parsed = PublicationWindow.safeParse(value);
  const wrong = parsed.success ? [] : parsed.error.issues;
  const isWrong = (field: 'from' | 'to') => wrong.some(({ path }) => path.length === 0 || path[0] === field);
  const clock = (field: 'from' | 'to') => (
    <TextField
      type="time"
      required
      label={translate(`settings.window.${field}`)}
      value={value[field]}
      onChange={(event) => onChange({ ...value, [field]: event.target.value })}
      error={isWrong(field)}
      helperText={isWrong(field) ? translate('settings.window.wrong') : undefined}
      slotProps={{ htmlInput: { step: 900, dir: 'ltr' }, inputLabel: { shrink: true } }}
    />
  );
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, mt: 2, p: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h3" sx={{ p: 0 }}>
        {translate('settings.window.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {translate('settings.window.help')}
      </Typography>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <TextField
          select
          label={translate('settings.window.day')}
          value={value.day}
          onChange={(event) =>
            // Its options are the schema's own.
            onChange({ ...value, day: event.target.value as PublicationWindow['day'] })
          }
        >
          {WEEKDAYS.map((day) => (
            <MenuItem key={day} value={day}>
              {weekdayName(day, locale, 'long')}
            </MenuItem>
          ))}
        </TextField>
        <TableField
          table="timeZone"
          label={translate('fields.part.tz')}
          value={value.tz}
          onChange={(tz) => onChange({ ...value, tz: tz ?? 'UTC' })}
          required
        />
        {clock('from')}
        {clock('to')}
      </Box>
    </Box>
  );
}
