import { useState } from 'react';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { ConflictChoice, type Side } from '../ConflictChoice.tsx';
import { withFact, type RawDocument } from '../path.ts';
import type { DraftState } from './draftSaver.ts';

/** Somebody changed the same draft in another tab or at another desk. Both versions are shown; the person chooses field by field. */
export function DraftConflict({
  conflict,
  onResolve,
}: {
  conflict: NonNullable<DraftState['conflict']>;
  onResolve: (doc: RawDocument) => void;
}) {
  const t = useTranslate();
  const { theirs, merged, conflicts } = conflict;
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const isDone = conflicts.every(({ path }) => chosen[path] !== undefined);
  const all = (side: Side) => setChosen(Object.fromEntries(conflicts.map(({ path }) => [path, side])));
  const resolve = () =>
    onResolve(
      conflicts.reduce(
        (doc, { path, current }) => (chosen[path] === 'theirs' ? withFact(doc, path, current) : doc),
        merged,
      ),
    );
  return (
    <Dialog open maxWidth="md" fullWidth aria-labelledby="draft-conflict">
      <DialogTitle id="draft-conflict">{t('records.conflict.title')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 2 }}>{t('records.conflict.text', { smart_count: conflicts.length })}</Typography>
        <ConflictChoice
          conflicts={conflicts}
          chosen={chosen}
          onChoose={(path, side) => setChosen((old) => ({ ...old, [path]: side }))}
          labels={{ mine: t('records.conflict.mine'), theirs: t('records.conflict.theirs') }}
          references={theirs.references}
          docs={[merged, theirs.doc]}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={() => all('theirs')}>{t('records.conflict.allTheirs')}</Button>
        <Button onClick={() => all('mine')}>{t('records.conflict.allMine')}</Button>
        <Button variant="contained" disabled={!isDone} onClick={resolve} aria-describedby="draft-conflict-why">
          {t('records.conflict.save')}
        </Button>
        {!isDone && (
          <Typography id="draft-conflict-why" variant="body2" color="text.secondary">
            {t('records.conflict.chooseFirst')}
          </Typography>
        )}
      </DialogActions>
    </Dialog>
  );
}
