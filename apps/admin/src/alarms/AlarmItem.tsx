import { Box, Button, Chip, Paper, Typography } from '@mui/material';
import Campaign from '@mui/icons-material/CampaignOutlined';
import FactCheck from '@mui/icons-material/FactCheckOutlined';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import ReportProblem from '@mui/icons-material/ReportProblemOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Instant } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { PersonName } from '../common/PersonName.tsx';
import { When } from '../common/When.tsx';
import type { AlarmRow } from '../contract.ts';
import { checkHref } from '../due/dueFilter.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';

/** One alarm: what was seen, of which fact, since when, and what can be done about it. */
export function AlarmItem({
  alarm,
  onClose,
  onSuspend,
}: {
  alarm: AlarmRow;
  onClose: () => void;
  onSuspend: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const mayCheck = useMay('verification.write');
  const maySuspend = useMay('entry.suspend');
  const maySeeList = useMay('snapshot.read');
  const isOpen = alarm.closedAt === null;
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{ p: 2, minWidth: 0, ...(isOpen && alarm.unsafe && { borderColor: 'error.main', borderWidth: 2 }) }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        {alarm.unsafe ? (
          <Chip size="small" color="error" icon={<ReportProblem />} label={t('due.unsafe')} />
        ) : (
          <WarningAmber aria-hidden color="warning" />
        )}
        <Typography variant="h3" component="h2" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {t(`alarms.kind.${alarm.kind}`)}
        </Typography>
        <Typography variant="body2" color="text.secondary" component="span">
          <When at={alarm.raisedAt} mode="relative" />
        </Typography>
      </Box>
      <Typography sx={{ mt: 0.5 }}>
        <Box component={Link} to={recordHref('entry', alarm.recordId)} sx={{ color: 'text.primary', fontWeight: 600 }}>
          <bdi>{alarm.recordName}</bdi>
        </Box>{' '}
        · {fieldLabel(alarm.path, words)} · <PersonName name={alarm.raisedByName} />
      </Typography>
      <Details detail={alarm.detail} />
      {isOpen ? (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.25 }}>
          {mayCheck && (
            <Button
              variant="outlined"
              size="small"
              startIcon={<FactCheck />}
              component={Link}
              to={checkHref(alarm.recordId)}
            >
              {t('checks.now')}
            </Button>
          )}
          {maySuspend && (
            <Button
              variant={alarm.unsafe ? 'contained' : 'outlined'}
              color="error"
              size="small"
              startIcon={<PauseCircleOutline />}
              onClick={onSuspend}
            >
              {t('alarms.suspend')}
            </Button>
          )}
          {alarm.unsafe && maySeeList && (
            <Button size="small" startIcon={<Campaign />} component={Link} to="/urgent">
              {t('signing.urgent.title')}
            </Button>
          )}
          {mayCheck && (
            <Button size="small" onClick={onClose}>
              {t('alarms.close.open')}
            </Button>
          )}
        </Box>
      ) : (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {t('alarms.closed')} <When at={alarm.closedAt} mode="datetime" /> · <PersonName name={alarm.closedByName} />
          {alarm.closeNote !== null && <CloseNote note={alarm.closeNote} />}
        </Typography>
      )}
    </Paper>
  );
}

/** What the check noted: addresses, dates, codes. Shown as text, never as something to click: it may be the attacker's. */
function Details({ detail }: { detail: AlarmRow['detail'] }) {
  const { t } = useWords();
  const facts = Object.entries(detail);
  if (facts.length === 0) return null;
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        mt: 0.75,
        display: 'grid',
        gridTemplateColumns: 'fit-content(40%) minmax(0, 1fr)',
        columnGap: 1.5,
        typography: 'body2',
      }}
    >
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {t(`alarms.detail.${name}`, { _: name })}
          </Box>
          <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
            {typeof value === 'boolean' ? (
              t(`vocabulary.yesNo.${value ? 'yes' : 'no'}`)
            ) : Instant.safeParse(value).success ? (
              <When at={String(value)} mode="datetime" />
            ) : (
              <bdi>{value}</bdi>
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** The server keeps outcome and note in one text: `fixed: the page is back`. */
function CloseNote({ note }: { note: string }) {
  const { t } = useWords();
  const at = note.indexOf(': ');
  const outcome = at === -1 ? '' : note.slice(0, at);
  return (
    <>
      {' · '}
      {outcome !== '' && `${t(`alarms.outcome.${outcome}`, { _: outcome })}: `}
      <span dir="auto">{note.slice(at === -1 ? 0 : at + 2)}</span>
    </>
  );
}
