import { useState } from 'react';
import {
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  TextField,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { CourtesyView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';

/** What was agreed with an organisation about being contacted. */
export function CourtesyAgreement({ organisationId }: { organisationId: string }) {
  const { t } = useWords();
  const mayWrite = useMay('outreach.write');
  const [isOpen, setIsOpen] = useState(false);
  const courtesy = useQuery({
    queryKey: ['organisations', 'courtesy', organisationId],
    queryFn: ({ signal }) => api.get<CourtesyView>(`/organisations/${organisationId}/courtesy`, { signal }),
    retry: false,
  });
  if (!courtesy.data) return null;
  const { agreedWay, agreedHours, testsArranged, minDaysBetween, version } = courtesy.data;
  return (
    <Box sx={{ mt: 2 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography component="h3" variant="subtitle2" sx={{ flex: 1 }}>
          {t('outreach.courtesy.title')}
        </Typography>
        {mayWrite && (
          <Button size="small" onClick={() => setIsOpen(true)}>
            {t('outreach.courtesy.edit')}
          </Button>
        )}
      </Box>
      {version === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {t('outreach.courtesy.none', { days: minDaysBetween })}
        </Typography>
      ) : (
        <>
          <Facts
            facts={[
              ...(agreedWay === null ? [] : [[t('outreach.courtesy.agreedWay'), agreedWay] as const]),
              ...(agreedHours === null ? [] : [[t('outreach.courtesy.agreedHours'), agreedHours] as const]),
            ]}
          />
          <Typography variant="body2" color="text.secondary">
            {t('outreach.courtesy.daysIs', { days: minDaysBetween })} ·{' '}
            {t(testsArranged ? 'outreach.courtesy.testsArranged' : 'outreach.courtesy.testsNot')}
          </Typography>
        </>
      )}
      {isOpen && (
        <AgreementDialog organisationId={organisationId} agreed={courtesy.data} onClose={() => setIsOpen(false)} />
      )}
    </Box>
  );
}

function AgreementDialog({
  organisationId,
  agreed,
  onClose,
}: {
  organisationId: string;
  agreed: CourtesyView;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [way, setWay] = useState(agreed.agreedWay ?? '');
  const [hours, setHours] = useState(agreed.agreedHours ?? '');
  const [tests, setTests] = useState(agreed.testsArranged);
  const [days, setDays] = useState(String(agreed.minDaysBetween));
  const save = useVerb(
    () =>
      api.put<CourtesyView>(
        `/organisations/${organisationId}/courtesy`,
        {
          agreedWay: way.trim() || null,
          agreedHours: hours.trim() || null,
          testsArranged: tests,
          minDaysBetween: Number(days),
        },
        { ifMatch: agreed.version },
      ),
    { done: 'outreach.courtesy.done', refresh: ['organisations', 'outreach', 'audit'], onDone: onClose },
  );
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="courtesy-title">
      <DialogTitle id="courtesy-title">{t('outreach.courtesy.title')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <TextField
            autoFocus
            label={t('outreach.courtesy.agreedWay')}
            value={way}
            onChange={(event) => setWay(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
          />
          <TextField
            label={t('outreach.courtesy.agreedHours')}
            value={hours}
            onChange={(event) => setHours(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
          />
          <TextField
            type="number"
            label={t('outreach.courtesy.days')}
            value={days}
            onChange={(event) => setDays(event.target.value)}
            slotProps={{ htmlInput: { min: 0, max: 365, step: 1 } }}
          />
          <FormControlLabel
            control={<Checkbox checked={tests} onChange={(event) => setTests(event.target.checked)} />}
            label={t('outreach.courtesy.testsArranged')}
          />
        </Stack>
        <ProblemNote problem={save.problem} onReload={() => window.location.reload()} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button variant="contained" disabled={save.busy} aria-busy={save.busy} onClick={() => void save.run(undefined)}>
          {t('outreach.courtesy.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
