import { useEffect, useRef, useState } from 'react';
import { Alert, Box, Chip, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import {
  METHODS,
  methodRefusal,
  nextAttemptAt,
  type Evidence,
  type Json,
  type Method,
  type Outcome,
} from '@waymark/domain';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfidenceChip } from '../common/ConfidenceChip.tsx';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { openable } from '../common/SafeLink.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { ProposalView, Recorded, RecordView, StandingView } from '../contract.ts';
import { DueReason } from '../due/DueState.tsx';
import { LocalTime } from '../due/LocalTime.tsx';
import { nameOfDocument } from '../records/nameOfDocument.ts';
import { todayIn } from '../records/form/newEvidence.ts';
import { useRecord } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { useMay, useMe } from '../session/current.ts';
import { ChangedDialog } from './ChangedDialog.tsx';
import { CheckBar, type Hint } from './CheckBar.tsx';
import { CourtesyNote } from './CourtesyNote.tsx';
import { localTime } from './localTime.ts';
import { SourcePanel } from './SourcePanel.tsx';
import { asSeen, liveMethodOf, methodOfSource, ownPages, sourcesFor, theirWord } from './sources.ts';
import { UnitCard, type Decided } from './UnitCard.tsx';
import { unitsOf, type Unit } from './units.ts';
import { useVerifications } from './useCheck.ts';

type Wish = {
  units: readonly Unit[];
  outcome: Outcome;
  method: Method;
  evidence: Evidence[];
  observed?: Record<string, Json>;
  /** Sends the proposal that a changed fact opens to review at once. */
  andSend?: boolean;
};

export type CheckProps = {
  view: RecordView<'entry'>;
  standing: StandingView;
  back: string;
  previous: string | null;
  next: string | null;
  onReload: () => void;
  /** Everything was looked at. */
  onDone: () => void;
};

/**
 * The two-minute check: what we publish on one side, where it can be seen on the other. Every channel and group of facts gets one
 * decision with one key. Nothing is confirmed before a source was opened here or taken as seen: a check nobody made is worse than none.
 */
export function Check({ view, standing, back, previous, next, onReload, onDone }: CheckProps) {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const me = useMe();
  const mayCheck = useMay('verification.write');
  const { doc } = view;
  const name = nameOfDocument('entry', doc, locale);
  const units = unitsOf(doc);
  const [at, setAt] = useState(0);
  const [decided, setDecided] = useState<ReadonlyMap<string, Decided>>(new Map());
  const [added, setAdded] = useState<readonly Evidence[]>([]);
  const [chosenId, setChosenId] = useState<string>();
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [how, setHow] = useState<Method>();
  const [note, setNote] = useState('');
  const [hint, setHint] = useState<Hint>();
  const [isChanging, setChanging] = useState(false);
  const events = useVerifications(view.id);
  const claim = useClaim(view.id, mayCheck && view.state === 'active');

  const unit = units[Math.min(at, units.length - 1)];
  const organisation = useRecord('organisation', doc.organisation).data?.doc;
  const pages = ownPages(doc, organisation?.website);
  const sources = [...added, ...sourcesFor([...doc.evidence, ...pages], unit?.paths ?? [])];
  // A source once taken stays the source until another is chosen: usually one page answers everything.
  const source = sources.find(({ id }) => id === chosenId) ?? sources.find((e) => methodOfSource(e)) ?? sources[0];
  const left = units.filter(({ id }) => !decided.has(id));

  const record = useVerb(
    async (wish: Wish) => {
      const paths = wish.units.flatMap((each) => each.paths);
      // Thinking again about one unit corrects what was recorded of it; about several, the newest word simply counts.
      const corrects = wish.units.length === 1 ? decided.get(wish.units[0]?.id ?? '')?.eventId : undefined;
      const recorded = await api.post<Recorded>(`/entries/${view.id}/verifications`, {
        revision: view.revision,
        paths,
        method: wish.method,
        outcome: wish.outcome,
        evidence: wish.evidence,
        ...(wish.observed === undefined ? {} : { observed: wish.observed }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(corrects === undefined ? {} : { supersedes: corrects }),
      });
      const proposalId = recorded.proposal?.id;
      const sent =
        wish.andSend && proposalId !== undefined
          ? await api.post<ProposalView>(`/proposals/${proposalId}/submit`, {}).then(
              () => true,
              () => false,
            )
          : false;
      return { wish, recorded, sent };
    },
    {
      onDone: ({ wish, recorded, sent }) => {
        const { event } = recorded;
        const result: Decided = {
          outcome: wish.outcome,
          method: wish.method,
          ...(wish.units.length === 1 ? { eventId: event.id } : {}),
          attempt: event.attempt,
          ...(wish.outcome === 'not-reached' ? { nextAttemptAt: nextAttemptAt(event.attempt, event.performedAt) } : {}),
          ...(recorded.proposal ? { proposalId: recorded.proposal.id, isSent: sent } : {}),
        };
        const after = new Map([...decided, ...wish.units.map(({ id }) => [id, result] as const)]);
        setDecided(after);
        setNote('');
        setHow(undefined);
        setHint(undefined);
        setChanging(false);
        const about = ['standing', 'verifications'].map((what) => ['entries', what, view.id]);
        for (const queryKey of [['due'], ['alarms'], ['proposals'], ...about])
          void queries.invalidateQueries({ queryKey });
        const open = units.findIndex(({ id }, i) => i > at && !after.has(id));
        const firstOpen = open === -1 ? units.findIndex(({ id }) => !after.has(id)) : open;
        // An attempt nobody answered stays in sight with the next one; what was confirmed makes way.
        if (wish.outcome === 'not-reached') return;
        if (firstOpen === -1) onDone();
        else setAt(firstOpen);
      },
    },
  );

  const refusalOf = (method: Method, asked: readonly Unit[]) =>
    methodRefusal({
      entry: doc,
      paths: asked.flatMap((each) => each.paths),
      method,
      testsArranged: standing.courtesy?.testsArranged ?? false,
    });
  /** Looking at the source is a check of the page unless the source is something else that fits what is asked. */
  const methodFor = (asked: readonly Unit[]): Method => {
    const own = source && methodOfSource(source);
    return own !== undefined && refusalOf(own, asked) === undefined ? own : 'official-site-check';
  };
  const live = unit?.kind === 'channel' ? liveMethodOf(unit.channel) : undefined;
  const method = how ?? (unit ? methodFor([unit]) : 'official-site-check');
  const decide = (outcome: Outcome, asked: readonly Unit[], wanted: Method) => {
    if (!mayCheck || asked.length === 0) return;
    const refusal = refusalOf(wanted, asked) ?? (outcome === 'not-reached' ? undefined : proofMissing(wanted));
    if (refusal) setHint(refusal);
    else void record.run({ units: asked, outcome, method: wanted, evidence: proofOf(wanted, asked) });
  };
  /** What a look of this kind needs before it counts: a page, a word of somebody; nothing when one tried it oneself. */
  const proofMissing = (wanted: Method): Hint | undefined => {
    if (METHODS[wanted].family === 'live') return undefined;
    if (METHODS[wanted].family === 'party') return note.trim() === '' ? 'note-first' : undefined;
    if (!source || !taken.has(source.id)) return 'open-first';
    if (methodOfSource(source) !== undefined) return undefined;
    return { code: 'evidence-missing', detail: t('checks.source.tertiary') };
  };
  const proofOf = (wanted: Method, asked: readonly Unit[]): Evidence[] => {
    const paths = asked.flatMap((each) => each.paths);
    const today = todayIn(new Date());
    if (METHODS[wanted].family === 'live') return [];
    if (METHODS[wanted].family === 'party') return [theirWord(wanted, note.trim(), paths, today)];
    return source && taken.has(source.id) ? [asSeen(source, paths, today)] : [];
  };
  const changed = () => {
    const missing = unit ? proofMissing(method) : undefined;
    setHint(missing);
    if (unit && !missing) setChanging(true);
  };
  const notReached = () => unit && decide('not-reached', [unit], how ?? live ?? 'official-site-check');
  const choose = (index: number) => {
    if (index < 0 || index >= units.length) return;
    setAt(index);
    setHow(undefined);
    setHint(undefined);
    document.getElementById(units[index]?.id ?? '')?.scrollIntoView({ block: 'nearest' });
  };
  const take = (which: Evidence | undefined = source) => {
    if (!which) return;
    setChosenId(which.id);
    setTaken((old) => new Set([...old, which.id]));
    setHint(undefined);
  };
  const open = (which: Evidence | undefined = source) => {
    const url = which?.url === undefined ? undefined : openable(which.url);
    if (!url) return;
    window.open(url.href, '_blank', 'noopener,noreferrer');
    take(which);
  };
  const another = () => {
    const index = sources.findIndex(({ id }) => id === source?.id);
    setChosenId(sources[(index + 1) % sources.length]?.id);
  };

  const there = localTime(doc, new Date().toISOString());
  const group = 'checks.keys.group';
  const enabled = mayCheck && !isChanging;
  useShortcut('y', 'checks.keys.confirm', () => unit && decide('confirmed', [unit], method), { group, enabled });
  useShortcut('e', 'checks.keys.changed', changed, { group, enabled });
  useShortcut('n', 'checks.keys.notReached', notReached, { group, enabled });
  useShortcut('x', 'checks.keys.gone', () => unit && decide('gone', [unit], method), { group, enabled });
  useShortcut('a', 'checks.keys.all', () => decide('confirmed', left, methodFor(left)), { group, enabled });
  useShortcut('o', 'checks.keys.open', () => open(), { group });
  useShortcut('s', 'checks.keys.take', () => take(), { group, enabled });
  useShortcut('l', 'checks.keys.another', another, { group });
  useShortcut('ArrowDown', 'checks.keys.nextUnit', () => choose(at + 1), { group });
  useShortcut('ArrowUp', 'checks.keys.previousUnit', () => choose(at - 1), { group });
  useShortcut('j', 'checks.keys.next', () => next !== null && void navigate(next), { group });
  useShortcut('k', 'checks.keys.previous', () => previous !== null && void navigate(previous), { group });

  const { work } = standing;
  const others = work?.claimedBy != null && work.claimedBy !== me?.id ? work : undefined;
  return (
    <Page
      title={name}
      width="wide"
      back={{ to: back, label: t('due.title') }}
      subtitle={
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.25, alignItems: 'center' }}>
          <span>{t(`vocabulary.kind.${doc.kind}`)}</span>
          <ConfidenceChip confidence={standing.confidence} />
          <DueReason row={standing} />
          <Chip component="span" size="small" variant="outlined" label={t(`checks.riskClass.${standing.riskClass}`)} />
          <LocalTime row={there} />
        </Box>
      }
    >
      {units.map((each, i) => i < 9 && <UnitKey key={each.id} at={i} onPress={choose} />)}
      {others && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('checks.claimedBy', { name: others.claimedByName ?? '' })}{' '}
          <When at={others.claimedUntil} mode="datetime" />
        </Alert>
      )}
      {claim === 'lost' && !others && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('refusals.already-claimed')}
        </Alert>
      )}
      {view.state !== 'active' && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('refusals.record-not-active')}
        </Alert>
      )}
      <CourtesyNote organisationId={doc.organisation} />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0, 3fr) minmax(320px, 2fr)' },
          alignItems: 'start',
        }}
      >
        <Box component="section" aria-label={t('checks.published')} sx={{ minWidth: 0, display: 'grid', gap: 1.25 }}>
          <Typography variant="h2">{t('checks.published')}</Typography>
          {units.map((each, i) => (
            <UnitCard
              key={each.id}
              unit={each}
              number={i + 1}
              view={view}
              standing={standing}
              timeZone={there.timeZone}
              events={events.data ?? []}
              decided={decided.get(each.id)}
              isActive={each.id === unit?.id}
              onChoose={() => choose(i)}
            >
              <CheckBar
                unit={each}
                method={method}
                methods={methodsFor(each, methodFor([each]))}
                refusalOf={(wanted) => refusalOf(wanted, [each])}
                onMethod={setHow}
                note={note}
                onNote={setNote}
                hint={hint}
                busy={record.busy}
                mayCheck={mayCheck}
                onConfirm={() => decide('confirmed', [each], method)}
                onChanged={changed}
                onNotReached={notReached}
                onGone={() => decide('gone', [each], method)}
              />
              <ProblemNote problem={isChanging ? null : record.problem} onReload={onReload} />
            </UnitCard>
          ))}
        </Box>
        <SourcePanel
          view={view}
          sources={sources}
          source={source}
          taken={taken}
          left={left.length}
          total={units.length}
          busy={record.busy}
          mayCheck={mayCheck}
          onOpen={open}
          onTake={take}
          onChoose={(id) => setChosenId(id)}
          onAdd={(evidence) => {
            setAdded((old) => [evidence, ...old]);
            take(evidence);
          }}
          onAll={() => decide('confirmed', left, methodFor(left))}
          previous={previous}
          next={next}
        />
      </Box>
      {isChanging && unit && (
        <ChangedDialog
          unit={unit}
          view={view}
          evidence={proofOf(method, [unit])}
          busy={record.busy}
          problem={record.problem}
          onClose={() => {
            record.clear();
            setChanging(false);
          }}
          onRecord={(outcome, observed, andSend) =>
            void record.run({
              units: [unit],
              outcome,
              method,
              evidence: proofOf(method, [unit]),
              andSend,
              ...(observed === undefined ? {} : { observed }),
            })
          }
        />
      )}
    </Page>
  );
}

/** The ways one may choose from: the source's own, and trying the channel. What is not allowed is shown with its reason. */
function methodsFor(unit: Unit, usual: Method): Method[] {
  const live = unit.kind === 'channel' ? liveMethodOf(unit.channel) : undefined;
  const all: Method[] = [usual, ...(live ? [live] : []), 'organisation-confirmation', 'partner-attestation'];
  return [...new Set(all)];
}

function UnitKey({ at, onPress }: { at: number; onPress: (at: number) => void }) {
  useShortcut(String(at + 1), 'checks.keys.unit', () => onPress(at), { group: 'checks.keys.group' });
  return null;
}

/** Opening a check is taking it on, and others see that. */
function useClaim(id: string, isWanted: boolean): 'mine' | 'lost' | undefined {
  const queries = useQueryClient();
  const [state, setState] = useState<'mine' | 'lost'>();
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!isWanted || asked.current === id) return;
    asked.current = id;
    api.post(`/entries/${id}/work`, { claim: true }).then(
      () => {
        setState('mine');
        void queries.invalidateQueries({ queryKey: ['due'] });
      },
      () => setState('lost'),
    );
  }, [id, isWanted, queries]);
  return state;
}
