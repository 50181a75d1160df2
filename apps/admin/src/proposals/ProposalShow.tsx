import { useEffect, useState } from 'react';
import { Alert, Box, Button, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { diffDocuments, type Change } from '@waymark/domain';
import { useParams } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import type { ProposalView } from '../contract.ts';
import { LinksThatFollow } from '../duplicates/LinksThatFollow.tsx';
import { TakeBack } from '../duplicates/TakeBack.tsx';
import { FirstSteps } from '../coverage/FirstSteps.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { useWords } from '../records/words.ts';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { useMay } from '../session/current.ts';
import { AuthorBar } from './AuthorBar.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { Conflicts } from './Conflicts.tsx';
import { DecisionBar } from './DecisionBar.tsx';
import { Discussion } from './Discussion.tsx';
import { Effects } from './Effects.tsx';
import { EvidenceBeside } from './EvidenceBeside.tsx';
import { CommentBox, CommentButton, CommentList } from './FieldComments.tsx';
import { commentsAt } from './commentsAt.ts';
import { MergedRecord } from './MergedRecord.tsx';
import { SendBar } from './SendBar.tsx';
import { proposalName } from './proposalName.ts';
import { ProposalSummary } from './ProposalSummary.tsx';
import { useDecision, type Deciding } from './useDecision.ts';
import { useProposal } from './useProposal.ts';
import { FieldWarnings, WarningSummary } from './Warnings.tsx';

/** The review page: everything a person needs to decide, on one screen, and the decision. */
export default function ProposalShow() {
  const { id } = useParams();
  const { data, error, refetch } = useProposal(id);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data || data.id !== id) return <PageSkeleton />;
  return <Seen key={id} latest={data} />;
}

/** Holds on to the content that was read: what arrives later is announced, not slipped under the reader's eyes. */
function Seen({ latest }: { latest: ProposalView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [seen, setSeen] = useState(latest);
  const isMoved = seen.contentHash !== latest.contentHash;
  useEffect(() => {
    // Comments, reviews and permissions may follow; content may not.
    if (seen.contentHash === latest.contentHash) setSeen(latest);
  }, [latest, seen.contentHash]);
  const reload = () => {
    void queries
      .invalidateQueries({ queryKey: ['proposals', 'view', latest.id] })
      .then(() => setSeen(queries.getQueryData<ProposalView>(['proposals', 'view', latest.id]) ?? latest));
  };
  return (
    <>
      {isMoved && (
        <Alert
          severity="warning"
          sx={{ mb: 2, position: 'sticky', top: 72, zIndex: 4 }}
          action={
            <Button color="inherit" size="small" onClick={() => setSeen(latest)}>
              {t('proposals.moved.show')}
            </Button>
          }
        >
          {t('proposals.moved.text')}
        </Alert>
      )}
      <Review view={seen} onReload={reload} />
    </>
  );
}

function Review({ view, onReload }: { view: ProposalView; onReload: () => void }) {
  const words = useWords();
  const { t } = words;
  const mayWrite = useMay('proposal.write');
  const deciding = useDecision(view);
  const [against, setAgainst] = useState<'base' | 'current'>('base');
  const hasMoved =
    view.base !== null &&
    view.current !== null &&
    view.currentRevision !== view.baseRevision &&
    view.state !== 'applied';
  const changes = against === 'base' || !hasMoved ? view.changes : diffDocuments(view.current, view.doc);
  const isOpen = ['draft', 'in-review', 'changes-requested'].includes(view.state);
  // Who loses the last way to help is read before what changes in the document.
  const isLoss = isOpen && view.effects.some(({ lost }) => lost);
  return (
    <Page
      title={`${t(`vocabulary.proposalKind.${view.kind}`)}: ${proposalName(view, words)}`}
      width="wide"
      back={{ to: '/proposals', label: t('proposals.title') }}
      actions={
        <>
          <TakeBack view={view} />
          <AuthorBar view={view} />
        </>
      }
    >
      <ProposalSummary view={view} />
      <WarningSummary view={view} />
      {view.conflicts.length > 0 && <Conflicts view={view} onSettled={onReload} />}
      {hasMoved && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 2 }}>
          <span>{t('proposals.compare.moved', { base: view.baseRevision, current: view.currentRevision })}</span>
          <ToggleButtonGroup
            exclusive
            size="small"
            value={against}
            onChange={(_, next: 'base' | 'current' | null) => next && setAgainst(next)}
            aria-label={t('proposals.compare.label')}
          >
            <ToggleButton value="base">{t('proposals.compare.base')}</ToggleButton>
            <ToggleButton value="current">{t('proposals.compare.current')}</ToggleButton>
          </ToggleButtonGroup>
        </Box>
      )}
      <KindNote view={view} />
      {isLoss && (
        <Box sx={{ mb: 2.5, maxWidth: 760 }}>
          <Effects effects={view.effects} />
        </Box>
      )}
      {changes.length === 0 ? (
        view.kind === 'lift' || view.kind === 'restore' ? null : (
          <EmptyState art="fork" title={t('proposals.noChanges')} />
        )
      ) : (
        <Changes view={view} changes={changes} deciding={deciding} />
      )}
      {view.kind === 'merge' && isOpen && (
        <Box sx={{ mt: 3 }}>
          <LinksThatFollow links={view.links} />
        </Box>
      )}
      {view.kind === 'merge' && view.merged !== null && <MergedRecord view={view} />}
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          mt: 3,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'repeat(2, minmax(0,1fr))' },
          alignItems: 'start',
        }}
      >
        {view.recordType === 'entry' && isOpen && !isLoss && <Effects effects={view.effects} />}
        {view.recordType === 'entry' && isOpen && <FirstSteps firstSteps={view.firstSteps} proposalId={view.id} />}
        <Discussion view={view} deciding={deciding} />
      </Box>
      {isOpen &&
        (mayWrite && view.state !== 'in-review' ? (
          <SendBar view={view} />
        ) : (
          <DecisionBar view={view} deciding={deciding} onReload={onReload} />
        ))}
    </Page>
  );
}

/** What a proposal does that its differences alone do not say. */
function KindNote({ view }: { view: ProposalView }) {
  const words = useWords();
  const { t } = words;
  if (view.kind === 'update' || view.kind === 'create') return null;
  return (
    <Alert severity={view.kind === 'retire' ? 'warning' : 'info'} sx={{ mb: 2 }}>
      {t(`proposals.kindNote.${view.kind}`, { name: proposalName(view, words) })}
    </Alert>
  );
}

function Changes({ view, changes, deciding }: { view: ProposalView; changes: readonly Change[]; deciding: Deciding }) {
  const words = useWords();
  const [writing, setWriting] = useState<string>();
  const docs = [view.doc, view.base, view.current];
  const label = (path: string) => fieldLabel(path, words, docs);
  return (
    <ChangeTable
      changes={changes}
      references={view.references}
      docs={docs}
      onlyNew={view.base === null}
      beside={(change) =>
        hasNoAside(change) ? null : <EvidenceBeside change={change} view={view} about={label(change.path)} />
      }
      actions={(change) =>
        view.can.comment === null ? (
          <CommentButton view={view} about={label(change.path)} onClick={() => setWriting(change.path)} />
        ) : null
      }
      below={(change) => (
        <>
          <FieldWarnings view={view} path={change.path} />
          <CommentList comments={commentsAt(view, changes, change.path)} view={view} at={change.path} />
          {writing === change.path && (
            <CommentBox
              view={view}
              path={change.path}
              about={label(change.path)}
              onClose={() => setWriting(undefined)}
              isBusy={deciding.busy}
              onSendBack={
                view.can.requestChanges === null
                  ? (text) =>
                      void deciding.run({
                        decision: 'request-changes',
                        comment: `${label(change.path)}: ${text}`.slice(0, 2000),
                        on: { path: change.path, text },
                      })
                  : undefined
              }
            />
          )}
        </>
      )}
    />
  );
}

const hasNoAside = (change: Change): boolean => ['evidence', 'internal', 'format', 'retirement'].includes(change.class);
