import { useEffect } from 'react';
import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useBlocker, useTranslate } from 'ra-core';
import type { DraftSaver, DraftState } from './draftSaver.ts';

const UNSAVED: readonly DraftState['status'][] = ['waiting', 'saving', 'failed', 'conflict'];

/** Holds a change of page until the draft is kept. Only when it cannot be kept is the person asked. */
export function UnsavedGuard({ saver, draft }: { saver: DraftSaver; draft: DraftState }) {
  const t = useTranslate();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      UNSAVED.includes(saver.state().status) && currentLocation.pathname !== nextLocation.pathname,
  );
  const isHeld = blocker.state === 'blocked';
  const isUnsaved = UNSAVED.includes(draft.status);
  useEffect(() => {
    if (!isHeld) return;
    if (!isUnsaved) blocker.proceed?.();
    else void saver.flush();
  }, [isHeld, isUnsaved]); // eslint-disable-line react-hooks/exhaustive-deps -- the blocker is another object on each render
  return (
    <Dialog
      open={isHeld && draft.status === 'failed'}
      onClose={() => blocker.reset?.()}
      aria-labelledby="unsaved-title"
    >
      <DialogTitle id="unsaved-title">{t('records.draft.leaveTitle')}</DialogTitle>
      <DialogContent>
        <DialogContentText>{t('records.draft.leaveText')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => blocker.proceed?.()} color="error">
          {t('records.draft.leave')}
        </Button>
        <Button variant="contained" autoFocus onClick={() => blocker.reset?.()}>
          {t('records.draft.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
