import { useState } from 'react';
import {
  Alert,
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  FormGroup,
  FormLabel,
  TextField,
  Typography,
} from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import { formatWhen } from '../common/When.tsx';
import type { DueSummary, PlanResult } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { planPreview } from './planPreview.ts';

/** Spreads what is due over working days and people: says beforehand what that means for each, and afterwards what was planned. */
export function PlanDialog({ summary, onClose }: { summary: DueSummary; onClose: () => void }) {
  const { t, locale } = useWords();
  const [days, setDays] = useState('90');
  const [perDay, setPerDay] = useState('');
  const [people, setPeople] = useState<readonly string[]>(summary.fairShare.map(({ userId }) => userId));
  const plan = useVerb(
    () =>
      api.post<PlanResult>('/due/plan', {
        days: Number(days),
        people,
        ...(perDay === '' ? {} : { perDay: Number(perDay) }),
      }),
    { refresh: ['due'] },
  );
  const [result, setResult] = useState<PlanResult>();
  const number = new Intl.NumberFormat(locale);
  const isDays = /^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 366;
  const isPerDay = perDay === '' || (/^\d{1,2}$/.test(perDay) && Number(perDay) >= 1);
  const due = summary.due + summary.overdue + summary.expired;
  const preview = planPreview({
    due,
    days: isDays ? Number(days) : 1,
    people: people.length,
    perDay: perDay === '' || !isPerDay ? undefined : Number(perDay),
  });
  const isReady = isDays && isPerDay && people.length > 0;
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="plan-title">
      <DialogTitle id="plan-title">{t('due.plan.title')}</DialogTitle>
      {result ? (
        <>
          <DialogContent>
            <Alert severity="success" sx={{ mb: 2 }}>
              {t('due.plan.done', {
                smart_count: result.planned,
                count: number.format(result.planned),
                until: formatWhen(result.until, 'date', locale),
              })}
              {result.left > 0 && ` ${t('due.plan.left', { left: number.format(result.left) })}`}
            </Alert>
            <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
              {result.perPerson.map(({ userId, name, count }) => (
                <li key={userId}>
                  <bdi>{name}</bdi>: {number.format(count)}
                </li>
              ))}
            </Box>
          </DialogContent>
          <DialogActions>
            <Button variant="contained" onClick={onClose} autoFocus>
              {t('common.action.close')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) void plan.run(undefined).then((done) => done && setResult(done));
          }}
        >
          <DialogContent>
            <Typography sx={{ mb: 1.5 }}>{t('due.plan.text')}</Typography>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
              <TextField
                label={t('due.plan.days')}
                value={days}
                onChange={(event) => setDays(event.target.value.trim())}
                error={!isDays}
                required
                autoFocus
                slotProps={{ htmlInput: { inputMode: 'numeric', dir: 'ltr' } }}
                sx={{ width: 160 }}
              />
              <TextField
                label={t('due.plan.perDay')}
                value={perDay}
                onChange={(event) => setPerDay(event.target.value.trim())}
                error={!isPerDay}
                slotProps={{ htmlInput: { inputMode: 'numeric', dir: 'ltr' } }}
                sx={{ width: 260 }}
              />
            </Box>
            <FormLabel component="legend" id="plan-people" sx={{ mt: 1.5 }}>
              {t('due.plan.people')}
            </FormLabel>
            <FormGroup role="group" aria-labelledby="plan-people">
              {summary.fairShare.map(({ userId, name, open }) => (
                <FormControlLabel
                  key={userId}
                  control={
                    <Checkbox
                      size="small"
                      checked={people.includes(userId)}
                      onChange={(_, on) =>
                        setPeople((old) => (on ? [...old, userId] : old.filter((each) => each !== userId)))
                      }
                    />
                  }
                  label={t('due.personOpen', { name, open: number.format(open) })}
                />
              ))}
            </FormGroup>
            <Box role="status" sx={{ mt: 1.5, p: 1.5, borderRadius: 1, bgcolor: 'action.hover', typography: 'body2' }}>
              {people.length === 0
                ? t('due.plan.nobody')
                : t('due.plan.preview', {
                    due: number.format(due),
                    days: number.format(preview.workingDays),
                    perPerson: number.format(preview.perPerson),
                    perDay: number.format(preview.perDay),
                  })}
              {preview.left > 0 && people.length > 0 && (
                <Box sx={{ color: 'warning.main', fontWeight: 600 }}>
                  {t('due.plan.left', { left: number.format(preview.left) })}
                </Box>
              )}
            </Box>
            <ProblemNote problem={plan.problem} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.action.cancel')}</Button>
            <Button type="submit" variant="contained" disabled={!isReady || plan.busy} aria-busy={plan.busy}>
              {t('due.plan.confirm')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
