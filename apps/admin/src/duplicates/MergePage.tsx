import { useState } from 'react';
import { Alert, Box, Button, Link as MuiLink, Typography } from '@mui/material';
import ArrowBack from '@mui/icons-material/ArrowBack';
import SwapHoriz from '@mui/icons-material/SwapHoriz';
import { unite, usualSide, type Conflict, type Entry, type Organisation, type UnitableType } from '@waymark/domain';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { Effects } from '../proposals/Effects.tsx';
import { ConflictChoice, type Side } from '../records/ConflictChoice.tsx';
import { nameOfDocument } from '../records/nameOfDocument.ts';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { proposalHref, recordHref, useRecord } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { ChooseGoes } from './ChooseGoes.tsx';
import type { DuplicatePair } from './contract.ts';
import { DismissDialog } from './DismissDialog.tsx';
import { LinksThatFollow } from './LinksThatFollow.tsx';
import { Reasons } from './Reasons.tsx';
import { UnitedChannels } from './UnitedChannels.tsx';
import { mergeHref, useDuplicatePair } from './useDuplicates.ts';

/** Two records side by side: what they would be as one, field by field. `?stays=` and `?goes=` name them. */
export function MergePage() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const type: UnitableType = search.get('type') === 'organisation' ? 'organisation' : 'entry';
  const [stays, goes] = [search.get('stays'), search.get('goes')];
  const pair = useDuplicatePair(stays, goes);
  if (stays === null) return <EmptyState art="fork" title={t('duplicates.merge.noWinner')} />;
  if (goes === null) return <Choose type={type} stays={stays} />;
  if (pair.error) return <ErrorState error={pair.error} onRetry={() => void pair.refetch()} />;
  if (!pair.data) return <PageSkeleton />;
  return <Compare key={`${stays} ${goes}`} pair={pair.data} />;
}

function Choose({ type, stays }: { type: UnitableType; stays: string }) {
  const { t, locale } = useWords();
  const record = useRecord(type, stays);
  if (record.error) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  if (!record.data) return <PageSkeleton />;
  const name = nameOfDocument(type, record.data.doc, locale);
  return (
    <Page
      title={t('duplicates.merge.title', { name })}
      subtitle={t('duplicates.merge.choose')}
      back={{ to: recordHref(type, stays), label: name }}
    >
      <ChooseGoes type={type} stays={stays} />
    </Page>
  );
}

/** As the choice of one of two values knows it: `proposed` is what stays, `current` what goes. */
const toConflict = ({ path, label, before, after }: DuplicatePair['changes'][number]): Conflict => ({
  path,
  label,
  ...(before === undefined ? {} : { proposed: before }),
  ...(after === undefined ? {} : { current: after }),
});

function Compare({ pair }: { pair: DuplicatePair }) {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const { type, stays, goes, changes } = pair;
  const [isDismissing, setDismissing] = useState(false);
  const [chosen, setChosen] = useState<Record<string, Side>>(() => usualChoice(changes));
  const sides = Object.fromEntries(
    Object.entries(chosen).map(([path, side]) => [path, side === 'mine' ? 'stays' : 'goes'] as const),
  );
  // The type says which documents these are.
  const united = unite(type, stays.doc as Entry & Organisation, goes.doc as Entry & Organisation, sides);
  const names = { mine: nameOfDocument(type, stays.doc, locale), theirs: nameOfDocument(type, goes.doc, locale) };
  const merge = useVerb(
    () =>
      api.post<ProposalView>('/proposals', {
        kind: 'merge',
        recordType: type,
        recordId: stays.id,
        mergedId: goes.id,
        doc: united,
      }),
    { refresh: ['proposals', 'entries', 'duplicates'], onDone: ({ id }) => void navigate(proposalHref(id)) },
  );
  return (
    <Page
      title={t('duplicates.merge.title', { name: names.mine })}
      subtitle={t('duplicates.merge.subtitle', { stays: names.mine, goes: names.theirs })}
      width="wide"
      back={{ to: `/duplicates?type=${type}`, label: t('duplicates.title') }}
      actions={
        <Button component={Link} to={mergeHref(type, goes.id, stays.id)} replace startIcon={<SwapHoriz aria-hidden />}>
          {t('duplicates.merge.swap')}
        </Button>
      }
    >
      <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <About pair={pair} names={names} />
        <section aria-labelledby="choices">
          <Box sx={{ display: 'flex', gap: 1, mb: 1.5, flexWrap: 'wrap', alignItems: 'baseline' }}>
            <Typography id="choices" variant="h2" sx={{ flex: 1, minWidth: 220 }}>
              {t('duplicates.merge.differ', { smart_count: changes.length })}
            </Typography>
            <Button
              size="small"
              onClick={() => setChosen(Object.fromEntries(changes.map(({ path }) => [path, 'mine'])))}
            >
              {t('duplicates.merge.allMine')}
            </Button>
            <Button size="small" onClick={() => setChosen(usualChoice(changes))}>
              {t('duplicates.merge.usual')}
            </Button>
          </Box>
          <ConflictChoice
            conflicts={changes.map(toConflict)}
            chosen={chosen}
            onChoose={(path, side) => setChosen((old) => ({ ...old, [path]: side }))}
            labels={{
              mine: t('duplicates.merge.labelStays', { name: names.mine }),
              theirs: t('duplicates.merge.labelGoes', { name: names.theirs }),
            }}
            references={pair.references}
            docs={[united, stays.doc, goes.doc]}
            first="mine"
          />
        </section>
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'repeat(2, minmax(0,1fr))' },
            alignItems: 'start',
          }}
        >
          {type === 'entry' && (
            <UnitedChannels united={united as Entry} stays={stays.doc as Entry} goes={goes.doc as Entry} />
          )}
          <LinksThatFollow links={pair.links} />
          {type === 'entry' && <Effects effects={pair.effects} />}
        </Box>
        <div>
          <ProblemNote problem={merge.problem} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
            <ActionButton refusal={pair.can.merge} busy={merge.busy} onClick={() => void merge.run(undefined)}>
              {t('duplicates.merge.start')}
            </ActionButton>
            {pair.can.dismiss === null && pair.dismissed === null && (
              <Button onClick={() => setDismissing(true)}>{t('duplicates.dismiss')}</Button>
            )}
          </Box>
        </div>
      </Box>
      {isDismissing && (
        <DismissDialog
          first={stays.id}
          second={goes.id}
          names={[names.mine, names.theirs]}
          onClose={() => setDismissing(false)}
          onDone={() => void navigate(`/duplicates?type=${type}`)}
        />
      )}
    </Page>
  );
}

/** What only one of them says is kept; where both say something, the one that stays is believed until somebody chooses. */
function usualChoice(changes: DuplicatePair['changes']): Record<string, Side> {
  return Object.fromEntries(
    changes.map((change) => [change.path, usualSide(change) === 'stays' ? 'mine' : 'theirs'] as const),
  );
}

/** Why the two are thought to be one, what people said of it, and what is on its way already. */
function About({ pair, names }: { pair: DuplicatePair; names: { mine: string; theirs: string } }) {
  const { t } = useWords();
  const { type, stays, goes, likely, dismissed, proposalId } = pair;
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <MuiLink component={Link} to={recordHref(type, stays.id)}>
          <bdi>{names.mine}</bdi> <bdi dir="ltr">({stays.slug})</bdi>
        </MuiLink>
        <ArrowBack aria-hidden fontSize="small" sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }} />
        <MuiLink component={Link} to={recordHref(type, goes.id)}>
          <bdi>{names.theirs}</bdi> <bdi dir="ltr">({goes.slug})</bdi>
        </MuiLink>
      </Box>
      {likely && <Reasons score={likely.score} reasons={likely.reasons} />}
      {dismissed && (
        <Alert severity="info">
          {t('duplicates.calledTwo')} <bdi>{dismissed.byName}</bdi>: <bdi>{dismissed.reason}</bdi>
        </Alert>
      )}
      {proposalId !== null && (
        <Alert severity="info">
          <MuiLink component={Link} to={proposalHref(proposalId)}>
            {t('duplicates.merge.proposed')}
          </MuiLink>
        </Alert>
      )}
    </Box>
  );
}
