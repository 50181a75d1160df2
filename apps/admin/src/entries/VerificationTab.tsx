import {
  Box,
  Button,
  Paper,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import FactCheck from '@mui/icons-material/FactCheckOutlined';
import { liveChannels, type Entry } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { Alarms } from '../alarms/Alarms.tsx';
import { useAlarms } from '../alarms/useAlarms.ts';
import { useStanding, useVerifications } from '../checks/useCheck.ts';
import { ConfidenceChip } from '../common/ConfidenceChip.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { SafeLink } from '../common/SafeLink.tsx';
import { When } from '../common/When.tsx';
import type { RecordView, VerificationRow } from '../contract.ts';
import { checkHref } from '../due/dueFilter.ts';
import { AlarmMark, DueText, SoleOption } from '../due/DueState.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { proposalHref } from '../records/useRecord.ts';
import { listText } from '../records/valueLines.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';

/** How sure we are of an entry, in short: beside its card. */
export function VerificationSummary({ view }: { view: RecordView<'entry'> }) {
  const { t } = useWords();
  const mayCheck = useMay('verification.write');
  const { data, error, refetch } = useStanding(view.id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={96} />;
  return (
    <>
      <Facts
        facts={[
          [t('checks.sure'), <ConfidenceChip key="confidence" confidence={data.confidence} />],
          [t('checks.due'), <DueText key="due" row={data} />],
          ...(data.expiresAt === null
            ? []
            : ([[t('checks.expires'), <When key="expires" at={data.expiresAt} />]] as const)),
          [t('checks.risk'), t(`checks.riskClass.${data.riskClass}`)],
          ...(data.work?.assigneeName == null
            ? []
            : ([[t('checks.assignee'), <bdi key="assignee">{data.work.assigneeName}</bdi>]] as const)),
        ]}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5, alignItems: 'center' }}>
        {mayCheck && view.state === 'active' && (
          <Button size="small" variant="outlined" startIcon={<FactCheck />} component={Link} to={checkHref(view.id)}>
            {t('checks.now')}
          </Button>
        )}
        {data.openAlarms > 0 && (
          <Link to="/alarms" style={{ color: 'inherit' }}>
            <AlarmMark openAlarms={data.openAlarms} unsafe={data.unsafe} />
          </Link>
        )}
        {data.isSoleOption && <SoleOption />}
      </Box>
    </>
  );
}

/** How each channel stands, and every look at the entry: who, when, how, with what outcome and where it was seen. */
export function VerificationTab({ view }: { view: RecordView<'entry'> }) {
  const { t } = useWords();
  const standing = useStanding(view.id);
  const events = useVerifications(view.id);
  const alarms = useAlarms('open', 1, view.id);
  const error = standing.error ?? events.error ?? alarms.error;
  if (error)
    return <ErrorState error={error} onRetry={() => void Promise.all([standing.refetch(), events.refetch()])} />;
  if (!standing.data || !events.data) return <Skeleton variant="rounded" height={160} />;
  const { channels, channelConfidence } = standing.data;
  const open = alarms.data?.data ?? [];
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {open.length > 0 && <Alarms alarms={open} />}
      <TableContainer component={Paper} variant="outlined" sx={{ overflowX: 'auto' }}>
        <Table size="small" aria-label={t('checks.byChannel')}>
          <TableHead>
            <TableRow>
              {['checks.channel', 'checks.sure', 'checks.last', 'checks.due', 'checks.expires'].map((key) => (
                <TableCell key={key} scope="col">
                  {t(key)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {liveChannels(view.doc).map(({ id, type }) => {
              const own = channels[id];
              return (
                <TableRow key={id}>
                  <TableCell component="th" scope="row">
                    {t(`vocabulary.channelType.${type}`)} <code>{id}</code>
                  </TableCell>
                  <TableCell>
                    <ConfidenceChip confidence={channelConfidence[id] ?? 'none'} />
                  </TableCell>
                  <TableCell>{own?.lastConfirmedAt ? <When at={own.lastConfirmedAt} /> : t('due.never')}</TableCell>
                  <TableCell>
                    <When at={own?.dueAt} />
                  </TableCell>
                  <TableCell>
                    <When at={own?.expiresAt} />
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </TableContainer>
      <Box component="section" aria-labelledby="looks">
        <Typography id="looks" variant="h2" sx={{ mb: 1 }}>
          {t('checks.events')}
        </Typography>
        {events.data.length === 0 ? (
          <Typography color="text.secondary">{t('checks.noEvents')}</Typography>
        ) : (
          <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {events.data.map((event) => (
              <EventLine key={event.id} event={event} doc={view.doc} revision={view.revision} />
            ))}
          </Box>
        )}
      </Box>
    </Box>
  );
}

function EventLine({ event, doc, revision }: { event: VerificationRow; doc: Entry; revision: number }) {
  const words = useWords();
  const { t, locale } = words;
  return (
    <Box component="li" sx={{ py: 1.25, borderBottom: 1, borderColor: 'divider', typography: 'body2' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'baseline' }}>
        <strong>{t(`checks.done.${event.outcome}`)}</strong>
        <span>{t(`checks.method.${event.method}`)}</span>
        <bdi>{event.byName}</bdi>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <When at={event.performedAt} mode="datetime" />
          {event.attempt > 1 && ` · ${t('checks.attempt', { n: event.attempt })}`}
          {event.mergedFrom !== null && ` · ${t('checks.ofMerged', { name: event.mergedFrom })}`}
          {event.mergedFrom === null &&
            event.revision < revision &&
            ` · ${t('checks.ofRevision', { revision: event.revision })}`}
        </Box>
        {event.proposalId !== undefined && <Link to={proposalHref(event.proposalId)}>{t('checks.itsProposal')}</Link>}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>
        {listText(
          event.paths.map((path) => fieldLabel(path, words, [doc])),
          locale,
        )}
      </Box>
      {event.note !== undefined && (
        <Box dir="auto" sx={{ mt: 0.25, whiteSpace: 'pre-line' }}>
          {event.note}
        </Box>
      )}
      {event.evidence.map((evidence) => (
        <Box key={evidence.id}>
          {evidence.url === undefined ? (
            <bdi>{evidence.title}</bdi>
          ) : (
            <SafeLink href={evidence.url}>{evidence.title}</SafeLink>
          )}
        </Box>
      ))}
    </Box>
  );
}
