import type { ReactNode } from 'react';
import { Box, Chip, Link as MuiLink, Paper, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircleOutline';
import PhoneMissed from '@mui/icons-material/PhoneMissedOutlined';
import RemoveCircle from '@mui/icons-material/RemoveCircleOutline';
import Edit from '@mui/icons-material/EditOutlined';
import Help from '@mui/icons-material/HelpOutline';
import {
  confidenceAt,
  coversPath,
  diffDocuments,
  type Confidence,
  type Method,
  type Outcome,
  type Standing,
} from '@waymark/domain';
import { Link } from 'react-router-dom';
import { ConfidenceChip } from '../common/ConfidenceChip.tsx';
import { When } from '../common/When.tsx';
import type { RecordView, StandingView, VerificationRow } from '../contract.ts';
import { ChannelView } from '../entries/ChannelView.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { Localised } from '../records/localised.tsx';
import { proposalHref } from '../records/useRecord.ts';
import { ValueLines } from '../records/ValueLines.tsx';
import { listText } from '../records/valueLines.ts';
import { useWords } from '../records/words.ts';
import { thereAt } from './localTime.ts';
import { standingsOf, type Unit } from './units.ts';

/** What was decided on a unit in this sitting. */
export type Decided = {
  outcome: Outcome;
  method: Method;
  /** The event that thinking again would correct; none when several units share it. */
  eventId?: string;
  attempt: number;
  /** When to try again; null when a lead decides now. */
  nextAttemptAt?: string | null;
  proposalId?: string;
  isSent?: boolean;
};

const ICONS = {
  confirmed: CheckCircle,
  'confirmed-changed': Edit,
  'not-reached': PhoneMissed,
  contradicted: Help,
  gone: RemoveCircle,
} as const satisfies Record<Outcome, unknown>;

/** One unit as we publish it, in full; what was decided, or, when it is its turn, what can be. */
export function UnitCard({
  unit,
  number,
  view,
  standing,
  timeZone,
  events,
  decided,
  isActive,
  onChoose,
  children,
}: {
  unit: Unit;
  number: number;
  view: RecordView<'entry'>;
  standing: StandingView;
  /** Of the place it answers from, where that is known. */
  timeZone: string | null;
  events: readonly VerificationRow[];
  decided: Decided | undefined;
  isActive: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  const { t } = useWords();
  const title =
    unit.kind === 'channel' ? t(`vocabulary.channelType.${unit.channel.type}`) : t(`checks.group.${unit.group}`);
  return (
    <Paper
      id={unit.id}
      variant="outlined"
      component="section"
      aria-label={title}
      aria-current={isActive ? 'step' : undefined}
      onClick={isActive ? undefined : onChoose}
      sx={{
        p: { xs: 1.5, sm: 2 },
        minWidth: 0,
        scrollMarginTop: 88,
        scrollMarginBottom: 16,
        cursor: isActive ? 'default' : 'pointer',
        borderColor: isActive ? 'primary.main' : undefined,
        boxShadow: isActive ? '0 0 0 1px var(--mui-palette-primary-main, currentcolor)' : 'none',
        color: 'text.primary',
      }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1 }}>
        {number <= 9 && <kbd aria-hidden>{number}</kbd>}
        <Box
          component="button"
          type="button"
          onClick={onChoose}
          aria-pressed={isActive}
          sx={{
            all: 'unset',
            cursor: 'pointer',
            flex: '1 1 auto',
            typography: 'h3',
            minHeight: 24,
            '&:focus-visible': { outline: '3px solid var(--wm-focus)', outlineOffset: 2 },
          }}
        >
          {title}
          {unit.kind === 'channel' && unit.channel.label && (
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              {' · '}
              <Localised text={unit.channel.label} />
            </Box>
          )}
        </Box>
        <UnitStanding unit={unit} standing={standing} events={events} />
      </Box>
      {unit.kind === 'channel' ? (
        <ChannelView channel={unit.channel} isHeaded={false} />
      ) : (
        <GroupFacts unit={unit} view={view} />
      )}
      {decided && <DecidedNote decided={decided} timeZone={timeZone} />}
      {isActive && children}
    </Paper>
  );
}

const ORDER: readonly Confidence[] = ['contradicted', 'none', 'low', 'medium', 'high'];

/** How sure we are now, and who looked last and how. */
function UnitStanding({
  unit,
  standing,
  events,
}: {
  unit: Unit;
  standing: StandingView;
  events: readonly VerificationRow[];
}) {
  const { t } = useWords();
  const all = standingsOf(unit, standing);
  if (all.length === 0) return <Chip component="span" size="small" variant="outlined" label={t('checks.notAsked')} />;
  const now = new Date().toISOString();
  const lowest = all
    .map((each: Standing) => confidenceAt(each, now))
    .reduce((a, b) => (ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a));
  const last = events.find(
    ({ outcome, paths }) =>
      outcome.startsWith('confirmed') && paths.some((path) => unit.paths.some((own) => coversPath(path, own))),
  );
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.25 }}>
      <ConfidenceChip confidence={lowest} />
      <Typography component="span" variant="body2" color="text.secondary">
        {last ? (
          <>
            <When at={last.performedAt} /> · <bdi>{last.byName}</bdi> · {t(`checks.method.${last.method}`)}
          </>
        ) : (
          t('due.never')
        )}
      </Typography>
    </Box>
  );
}

/** The facts of a group as they stand; those the entry is silent about are named, since that too is something to look up. */
function GroupFacts({ unit, view }: { unit: Unit; view: RecordView<'entry'> }) {
  const words = useWords();
  const { t, locale } = words;
  const facts = diffDocuments(undefined, view.doc).filter(({ path }) =>
    unit.paths.some((above) => path === above || path.startsWith(`${above}/`)),
  );
  const silent = unit.paths.filter((above) => !facts.some(({ path }) => coversPath(above, path)));
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'minmax(140px, 200px) minmax(0,1fr)' },
        columnGap: 2,
        rowGap: { xs: 0.25, sm: 0.75 },
        typography: 'body2',
        '& dt': { color: 'text.secondary' },
        '& dd': { m: 0, minWidth: 0 },
      }}
    >
      {facts.map(({ path, after }) => (
        <Box key={path} sx={{ display: 'contents' }}>
          <dt>{fieldLabel(path, words, [view.doc])}</dt>
          <dd>
            <ValueLines path={path} value={after} references={view.references} />
          </dd>
        </Box>
      ))}
      {silent.length > 0 && (
        <Box sx={{ display: 'contents' }}>
          <dt>{t('checks.silent')}</dt>
          <Box component="dd" sx={{ color: 'text.secondary' }}>
            {listText(
              silent.map((path) => fieldLabel(path, words)),
              locale,
            )}
          </Box>
        </Box>
      )}
    </Box>
  );
}

function DecidedNote({ decided, timeZone }: { decided: Decided; timeZone: string | null }) {
  const { t } = useWords();
  const Icon = ICONS[decided.outcome];
  return (
    <Box
      role="status"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        mt: 1.25,
        p: 1,
        borderRadius: 1,
        bgcolor: 'action.hover',
        typography: 'body2',
      }}
    >
      <Icon aria-hidden fontSize="small" color={decided.outcome === 'confirmed' ? 'success' : 'warning'} />
      <strong>{t(`checks.done.${decided.outcome}`)}</strong>
      <span>{t(`checks.method.${decided.method}`)}</span>
      {decided.outcome === 'not-reached' && (
        <span>
          {t('checks.attempt', { n: decided.attempt })}{' '}
          {decided.nextAttemptAt ? (
            <>
              {t('checks.nextAttempt')} <When at={decided.nextAttemptAt} mode="datetime" />
            </>
          ) : (
            t('checks.noMoreAttempts')
          )}
          {decided.nextAttemptAt && timeZone !== null && <> ({thereAt(decided.nextAttemptAt, timeZone)})</>}
        </span>
      )}
      {decided.proposalId !== undefined && (
        <MuiLink component={Link} to={proposalHref(decided.proposalId)}>
          {t(decided.isSent ? 'checks.proposalSent' : 'checks.proposalDraft')}
        </MuiLink>
      )}
    </Box>
  );
}
