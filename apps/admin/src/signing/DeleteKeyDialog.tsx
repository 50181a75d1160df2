import { Alert, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
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
    <ConfirmDialog
      open
      title={translate('signing.keys.deleteTitle')}
      action={translate('signing.keys.deleteConfirm')}
      verb={remove}
      onClose={onClose}
    >
      <Typography>{translate('signing.keys.deleteText')}</Typography>
      {isTrusted && <Alert severity="warning">{translate('signing.keys.deleteTrusted')}</Alert>}
    </ConfirmDialog>
  );
}
