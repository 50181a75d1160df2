import { useState } from 'react';
import { Paper, Typography } from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { ConflictChoice, type Side } from '../records/ConflictChoice.tsx';
import { useWords } from '../records/words.ts';
import { withFact, type RawDocument } from '../records/path.ts';

/** The record changed in the same place while the proposal was on its way: both values side by side, for an editor to choose. */
export function Conflicts({ view, onSettled }: { view: ProposalView; onSettled: () => void }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const isDone = view.conflicts.every(({ path }) => chosen[path] !== undefined);
  const settle = useVerb(
    () => {
      const doc = view.conflicts.reduce(
        (whole, { path, current }) => (chosen[path] === 'theirs' ? withFact(whole, path, current) : whole),
        view.doc as RawDocument,
      );
      return api.patch<ProposalView>(
        `/proposals/${view.id}`,
        { doc, resolvedConflicts: true },
        { ifMatch: view.version },
      );
    },
    { refresh: ['proposals'], done: 'proposals.conflict.settled', onDone: onSettled },
  );
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby="conflicts"
      sx={{ p: 2, mb: 2, borderColor: 'warning.main' }}
    >
      <Typography id="conflicts" variant="h2">
        {t('proposals.conflict.title')}
      </Typography>
      <Typography sx={{ mb: 2 }}>{t('proposals.conflict.text')}</Typography>
      <ConflictChoice
        conflicts={view.conflicts}
        chosen={chosen}
        onChoose={(path, side) => setChosen((old) => ({ ...old, [path]: side }))}
        labels={{ mine: t('proposals.conflict.proposed'), theirs: t('proposals.conflict.current') }}
        references={view.references}
        docs={[view.doc, view.current, view.base]}
      />
      <ProblemNote problem={settle.problem} onReload={() => window.location.reload()} />
      <Typography component="div" sx={{ mt: 2 }}>
        <ActionButton
          refusal={view.can.edit ?? (isDone ? null : { code: 'stale-base' })}
          busy={settle.busy}
          onClick={() => void settle.run(undefined)}
        >
          {t('proposals.conflict.settle')}
        </ActionButton>
      </Typography>
    </Paper>
  );
}
