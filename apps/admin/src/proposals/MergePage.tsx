import { useState } from 'react';
import { Box, Button, Paper, Typography } from '@mui/material';
import { createRefusal, diffDocuments, type Conflict, type Entry } from '@waymark/domain';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView, RecordView } from '../contract.ts';
import { ConflictChoice, type Side } from '../records/ConflictChoice.tsx';
import { useWords } from '../records/words.ts';
import { RecordField, type Picked } from '../records/form/RecordPicker.tsx';
import { nameOfDocument } from '../records/nameOfDocument.ts';
import { withFact, type RawDocument } from '../records/path.ts';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { alignForMerge } from './alignForMerge.ts';
import { proposalHref, recordHref, useRecord } from '../records/useRecord.ts';
import { useMe } from '../session/current.ts';

/** Merging two entries: choose the one that goes, then for each field that differs which value stays. `?stays=` names the winner. */
export default function MergePage() {
  const { t, locale } = useWords();
  const [params] = useSearchParams();
  const stays = useRecord('entry', params.get('stays') ?? undefined);
  const [picked, setPicked] = useState<Picked | null>(null);
  const goes = useRecord('entry', picked?.id);
  if (params.get('stays') === null) return <EmptyState art="fork" title={t('proposals.merge.noWinner')} />;
  if (stays.error) return <ErrorState error={stays.error} onRetry={() => void stays.refetch()} />;
  if (!stays.data) return <PageSkeleton />;
  const name = nameOfDocument('entry', stays.data.doc, locale);
  return (
    <Page
      title={t('proposals.merge.title', { name })}
      subtitle={t('proposals.merge.subtitle')}
      back={{ to: recordHref('entry', stays.data.id), label: name }}
    >
      <Paper variant="outlined" sx={{ p: 2, mb: 2 }}>
        <RecordField
          resource="entries"
          label={t('proposals.merge.goes')}
          value={picked}
          onChange={setPicked}
          except={stays.data.id}
          help={t('proposals.merge.goesHelp')}
          required
          autoFocus
        />
      </Paper>
      {goes.error && <ErrorState error={goes.error} onRetry={() => void goes.refetch()} />}
      {picked && goes.data && <ChooseFields key={goes.data.id} stays={stays.data} goes={goes.data} />}
    </Page>
  );
}

const NOT_CHOSEN = ['/id', '/slug', '/slugHistory', '/retirement'];

function ChooseFields({ stays, goes }: { stays: RecordView<'entry'>; goes: RecordView<'entry'> }) {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const me = useMe();
  const [gone] = useState(() => alignForMerge(goes.doc, stays.doc));
  const differences: Conflict[] = diffDocuments(stays.doc, gone)
    .filter(({ path, op }) => !NOT_CHOSEN.includes(path) && op !== 'reordered')
    .map(({ path, label, before, after }) => ({
      path,
      label,
      ...(before === undefined ? {} : { proposed: before }),
      ...(after === undefined ? {} : { current: after }),
    }));
  // What only one of them has is kept; where both say something, the one that stays is believed until somebody chooses.
  const [chosen, setChosen] = useState<Record<string, Side>>(() =>
    Object.fromEntries(differences.map(({ path, proposed }) => [path, proposed === undefined ? 'theirs' : 'mine'])),
  );
  const merge = useVerb(
    () => {
      const doc = differences.reduce<RawDocument>(
        (whole, { path, current }) => (chosen[path] === 'theirs' ? withFact(whole, path, current) : whole),
        // An approved document is a plain object by its schema.
        stays.doc as unknown as RawDocument,
      );
      return api.post<ProposalView>('/proposals', {
        kind: 'merge',
        recordType: 'entry',
        recordId: stays.id,
        mergedId: goes.id,
        doc: withSuperseded(doc, goes.id),
      });
    },
    { refresh: ['proposals', 'entries'], onDone: (view) => void navigate(proposalHref(view.id)) },
  );
  const names = { mine: nameOfDocument('entry', stays.doc, locale), theirs: nameOfDocument('entry', goes.doc, locale) };
  return (
    <>
      <Box sx={{ display: 'flex', gap: 1, mb: 2, flexWrap: 'wrap' }}>
        <Typography sx={{ flex: 1 }}>{t('proposals.merge.choose', { smart_count: differences.length })}</Typography>
        <Button
          size="small"
          onClick={() => setChosen(Object.fromEntries(differences.map(({ path }) => [path, 'mine'])))}
        >
          {t('proposals.merge.allMine')}
        </Button>
      </Box>
      <ConflictChoice
        conflicts={differences}
        chosen={chosen}
        onChoose={(path, side) => setChosen((old) => ({ ...old, [path]: side }))}
        labels={names}
        references={{ ...goes.references, ...stays.references }}
        docs={[stays.doc, gone]}
        heading="h2"
        first="mine"
      />
      <ProblemNote problem={merge.problem} />
      <Box sx={{ mt: 2 }}>
        <ActionButton
          refusal={me ? createRefusal({ ...me, status: 'active' }) : null}
          busy={merge.busy}
          onClick={() => void merge.run(undefined)}
        >
          {t('proposals.merge.start')}
        </ActionButton>
      </Box>
    </>
  );
}

/** The entry that stays takes the place of the one that goes. */
function withSuperseded(doc: RawDocument, id: string): RawDocument {
  const old = (doc as Partial<Entry>).supersedes ?? [];
  return { ...doc, supersedes: [...new Set([...old, id])] };
}
