import { useState } from 'react';
import { Alert, Box, Menu, MenuItem, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useMay } from '../session/current.ts';
import { DISMISSALS, type CorrectionRow } from './contract.ts';

const REFRESH = ['corrections', 'proposals', 'alarms', 'audit'];
const NOT_PERMITTED = { code: 'not-permitted' } as const;

/** What can be done with a correction: a draft because of it, nothing because of it, or away with it. */
export function Decisions({ correction, onGone }: { correction: CorrectionRow; onGone: () => void }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const mayDecide = useMay('correction.decide');
  const mayWrite = useMay('proposal.write');
  const [reasons, setReasons] = useState<HTMLElement | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const path = `/corrections/${correction.id}`;
  const accept = useVerb(() => api.post<{ proposalId: string }>(`${path}/accept`), {
    done: 'corrections.accepted',
    refresh: REFRESH,
    onDone: ({ proposalId }) => void navigate(`/proposals/${proposalId}`),
  });
  const dismiss = useVerb((reason: string) => api.post(`${path}/dismiss`, { reason }), {
    done: 'corrections.dismissed',
    refresh: REFRESH,
    onDone: onGone,
  });
  const destroy = useVerb(() => api.post<{ gone: boolean }>(`${path}/destroy`), {
    done: 'corrections.destroyed',
    refresh: REFRESH,
    onDone: () => {
      setIsAsking(false);
      onGone();
    },
  });
  const isOpen = correction.state === 'open';
  const menuId = `reasons-${correction.id}`;
  return (
    <>
      <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
        {isOpen && (
          <>
            <ActionButton
              busy={accept.busy}
              refusal={mayDecide && mayWrite ? null : NOT_PERMITTED}
              onClick={() => void accept.run(undefined)}
            >
              {translate('corrections.accept')}
            </ActionButton>
            <ActionButton
              variant="outlined"
              busy={dismiss.busy}
              refusal={mayDecide ? null : NOT_PERMITTED}
              aria-haspopup="menu"
              aria-expanded={reasons !== null}
              {...(reasons && { 'aria-controls': menuId })}
              onClick={(event) => setReasons(event.currentTarget)}
            >
              {translate('corrections.dismiss')}
            </ActionButton>
            <Menu id={menuId} anchorEl={reasons} open={reasons !== null} onClose={() => setReasons(null)}>
              {DISMISSALS.map((reason) => (
                <MenuItem
                  key={reason}
                  onClick={() => {
                    setReasons(null);
                    void dismiss.run(reason);
                  }}
                >
                  {translate(`corrections.dismissal.${reason}`)}
                </MenuItem>
              ))}
            </Menu>
          </>
        )}
        <ActionButton
          variant="text"
          color="error"
          refusal={mayDecide ? null : NOT_PERMITTED}
          aria-haspopup="dialog"
          onClick={() => setIsAsking(true)}
        >
          {translate('corrections.destroy')}
        </ActionButton>
      </Box>
      {isOpen && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {translate('corrections.acceptHelp')}
        </Typography>
      )}
      <ProblemNote problem={accept.problem ?? dismiss.problem} />
      {/* Nothing of what was sent is shown again here. */}
      <ConfirmDialog
        open={isAsking}
        title={translate('corrections.destroyTitle')}
        action={translate('corrections.destroyConfirm')}
        verb={destroy}
        onClose={() => setIsAsking(false)}
      >
        <Typography>{translate('corrections.destroyText')}</Typography>
        <Alert severity="warning">{translate('corrections.destroyReport')}</Alert>
      </ConfirmDialog>
    </>
  );
}
