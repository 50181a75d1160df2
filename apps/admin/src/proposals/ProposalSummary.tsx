import { Box, Paper, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import { Link } from 'react-router-dom';
import { When } from '../common/When.tsx';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { listText } from '../records/valueLines.ts';
import { recordHref } from '../records/useRecord.ts';
import { ProposalStateChip } from './ProposalStateChip.tsx';
import { RiskChip } from '../common/RiskChip.tsx';

/** The line a reviewer reads first: what sort of change, how risky, how many approvals are in and how many it takes, by whom. */
export function ProposalSummary({ view }: { view: ProposalView }) {
  const { t, locale } = useWords();
  const people = [...new Map(view.contributors.map(({ userId, name }) => [userId, name])).entries()];
  const partsOf = (userId: string) =>
    view.contributors.filter((c) => c.userId === userId).map(({ part }) => t(`vocabulary.part.${part}`));
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={t('proposals.summary.title')}
      sx={{ p: { xs: 1.5, sm: 2 }, display: 'grid', gap: 1.25, mb: 2 }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <ProposalStateChip state={view.state} />
        <RiskChip risk={view.risk} />
        <Typography component="span">{t(`common.risk.${view.risk}long`)}</Typography>
        <Approvals required={view.requiredApprovals} given={view.approvals} isClosed={view.state === 'applied'} />
      </Box>
      {view.batch && <Membership batch={view.batch} />}
      {view.summary !== '' && (
        <Typography
          component="blockquote"
          dir="auto"
          sx={{
            m: 0,
            paddingInlineStart: 1.5,
            borderInlineStart: '3px solid',
            borderColor: 'secondary.main',
            maxWidth: '72ch',
            whiteSpace: 'pre-line',
          }}
        >
          {view.summary}
        </Typography>
      )}
      <Typography variant="body2" color="text.secondary" component="div">
        {t('proposals.summary.contributors')}{' '}
        {people.map(([userId, name], i) => (
          <span key={userId}>
            {i > 0 && ', '}
            <Box component="bdi" sx={{ color: 'text.primary', fontWeight: 600 }}>
              {name}
            </Box>{' '}
            ({listText(partsOf(userId), locale)})
          </span>
        ))}
        {view.submittedAt !== null && (
          <>
            {' · '}
            {t('proposals.summary.submitted')} <When at={view.submittedAt} mode="relative" />
          </>
        )}
        {view.currentRevision > 0 && (
          <>
            {' · '}
            <Box component={Link} to={recordHref(view.recordType, view.recordId)} sx={{ color: 'primary.main' }}>
              {t('proposals.summary.record', { revision: view.currentRevision })}
            </Box>
          </>
        )}
      </Typography>
    </Paper>
  );
}

/** Where it comes from: the batch, and the row of the file. */
function Membership({ batch }: { batch: NonNullable<ProposalView['batch']> }) {
  const { t, locale } = useWords();
  const { id, title, row, file, proposals } = batch;
  const number = new Intl.NumberFormat(locale);
  const which = row === null ? 'one' : file === null ? 'ofRow' : 'ofFile';
  return (
    <Typography variant="body2" component="div">
      {t(`batches.member.${which}`, { row: number.format(row ?? 0), file: isolated(file), smart_count: proposals })}
      {': '}
      <Box component={Link} to={`/batches/${id}`} sx={{ color: 'primary.main' }}>
        <bdi>{title}</bdi>
      </Box>
    </Typography>
  );
}

/** The name of a file as a run of its own, whatever way the text around it goes (FSI … PDI). */
const isolated = (name: string | null): string => `\u2068${name ?? ''}\u2069`;

/** Approvals as filled and open circles, and in words. */
export function Approvals({
  required,
  given,
  isClosed = false,
  isShort = false,
}: {
  required: number;
  given: number;
  isClosed?: boolean;
  isShort?: boolean;
}) {
  const { t } = useWords();
  const filled = Math.min(given, required);
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        gap: 0.75,
        alignItems: 'center',
        marginInlineStart: isShort ? 0 : { sm: 'auto' },
        whiteSpace: 'nowrap',
      }}
    >
      <Box component="span" aria-hidden sx={{ display: 'inline-flex' }}>
        {Array.from({ length: required }, (_, i) =>
          i < filled ? (
            <CheckCircle key={i} color="success" sx={{ fontSize: 20 }} />
          ) : (
            <RadioButtonUnchecked key={i} sx={{ fontSize: 20, color: 'text.secondary' }} />
          ),
        )}
      </Box>
      <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
        {isShort && (
          <bdi aria-hidden dir="ltr">
            {given}/{required}
          </bdi>
        )}
        <span className={isShort ? 'visually-hidden' : undefined}>
          {isClosed
            ? t('proposals.summary.approvedBy', { smart_count: given })
            : t('proposals.summary.approvals', { given, required })}
        </span>
      </Typography>
    </Box>
  );
}
