import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { BrowserKey } from './browserKey.ts';
import { deleteKey } from './browserStore.ts';
import { useKeysChanged } from './useBrowserKeys.ts';

/** Asks before a key is gone for ever. */
export function DeleteKeyDialog({
  ownKey,
  isTrusted,
  onClose,
}: {
  ownKey: BrowserKey;
  /** The published root counts on it. */
  isTrusted: boolean;
  onClose: () => void;
}) {
  const translate = useTranslate();
  const changed = useKeysChanged();
  const remove = useVerb(() => deleteKey(ownKey.person, ownKey.role), {
    done: 'signing.keys.deleted',
    onDone: () => {
      onClose();
      void changed();
    },
  });
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="delete-key">
      <DialogTitle id="delete-key">{translate('signing.keys.deleteTitle')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 1.5 }}>{translate('signing.keys.deleteText')}</Typography>
        {isTrusted && <Alert severity="warning">{translate('signing.keys.deleteTrusted')}</Alert>}
        <ProblemNote problem={remove.problem} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('common.action.cancel')}</Button>
        <ActionButton color="error" busy={remove.busy} onClick={() => void remove.run(undefined)}>
          {translate('signing.keys.deleteConfirm')}
        </ActionButton>
      </DialogActions>
    </Dialog>
  );
}
