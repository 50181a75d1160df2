import { useId, type ReactNode } from 'react';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, type ButtonProps } from '@mui/material';
import { useTranslate } from 'ra-core';
import { ProblemNote } from './ErrorState.tsx';
import { ActionButton } from './RefusalNote.tsx';
import type { useVerb } from './useVerb.ts';

/**
 * Asks once more before a verb is run, says what it will do, and stays open with the reason when it is refused. The verb
 * closes it when it is done.
 */
export function ConfirmDialog({
  open,
  title,
  action,
  verb,
  color = 'error',
  autoFocus = false,
  onClose,
  onReload,
  children,
}: {
  open: boolean;
  title: string;
  /** What the button says that does it: the verb itself, never "OK". */
  action: string;
  verb: Pick<ReturnType<typeof useVerb<undefined, unknown>>, 'run' | 'busy' | 'problem'>;
  /** Red unless nothing is lost by it. */
  color?: ButtonProps['color'];
  /** Whether Enter alone does it; not for what cannot be undone. */
  autoFocus?: boolean;
  onClose: () => void;
  onReload?: () => void;
  /** What happens then, in words. */
  children: ReactNode;
}) {
  const translate = useTranslate();
  const id = useId();
  return (
    <Dialog open={open} onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={`${id}-title`}>
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        {children}
        <ProblemNote problem={verb.problem} {...(onReload && { onReload })} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('common.action.cancel')}</Button>
        <ActionButton color={color} autoFocus={autoFocus} busy={verb.busy} onClick={() => void verb.run(undefined)}>
          {action}
        </ActionButton>
      </DialogActions>
    </Dialog>
  );
}
