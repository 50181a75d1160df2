import { useEffect, useState } from 'react';
import { Button, ListItemIcon, ListItemText, Menu, MenuItem } from '@mui/material';
import CallMerge from '@mui/icons-material/CallMerge';
import EditOutlined from '@mui/icons-material/EditOutlined';
import Inventory2Outlined from '@mui/icons-material/Inventory2Outlined';
import MoreHoriz from '@mui/icons-material/MoreHoriz';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import Restore from '@mui/icons-material/Restore';
import { Link, useLocation } from 'react-router-dom';
import { ActionButton } from '../common/RefusalNote.tsx';
import type { RecordView } from '../contract.ts';
import { mergeHref } from '../duplicates/useDuplicates.ts';
import { useWords } from '../records/words.ts';
import { StartProposalButton } from '../records/StartProposalButton.tsx';
import { useMay } from '../session/current.ts';
import { RetireDialog } from './RetireDialog.tsx';
import { SuspendDialog } from './SuspendDialog.tsx';

/** What can be done with an entry, by what it is now and who looks at it. */
export function EntryActions({ view, name }: { view: RecordView<'entry'>; name: string }) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const maySuspend = useMay('entry.suspend');
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'retire' | 'suspend'>();
  const close = () => setDialog(undefined);
  // The command palette leads here to suspend at once (Shift Enter on an entry).
  const { key, state } = useLocation();
  const isAsked = (state as { ask?: string } | null)?.ask === 'suspend' && view.state === 'active' && maySuspend;
  useEffect(() => {
    if (isAsked) setDialog('suspend');
  }, [isAsked, key]);
  return (
    <>
      {view.state === 'active' && maySuspend && (
        <Button
          variant="outlined"
          color="error"
          startIcon={<PauseCircleOutline />}
          onClick={() => setDialog('suspend')}
        >
          {t('entries.action.suspend')}
        </Button>
      )}
      {view.state === 'retired' && (
        <StartProposalButton
          kind="restore"
          recordType="entry"
          recordId={view.id}
          label={t('entries.action.restore')}
          icon={<Restore />}
        />
      )}
      {view.state !== 'retired' && (
        <ActionButton
          refusal={mayWrite ? null : { code: 'not-permitted' }}
          startIcon={<EditOutlined />}
          {...(mayWrite ? { component: Link, to: `/entries/${view.id}` } : {})}
        >
          {t('entries.action.change')}
        </ActionButton>
      )}
      {mayWrite && view.state !== 'retired' && (
        <>
          <Button
            aria-haspopup="menu"
            aria-expanded={menu !== null}
            aria-label={t('entries.action.more')}
            onClick={(event) => setMenu(event.currentTarget)}
            sx={{ minWidth: 44, px: 1 }}
          >
            <MoreHoriz />
          </Button>
          <Menu anchorEl={menu} open={menu !== null} onClose={() => setMenu(null)}>
            <MenuItem
              onClick={() => {
                setMenu(null);
                setDialog('retire');
              }}
            >
              <ListItemIcon>
                <Inventory2Outlined fontSize="small" />
              </ListItemIcon>
              <ListItemText>{t('entries.action.retire')}</ListItemText>
            </MenuItem>
            {view.state === 'active' && (
              <MenuItem component={Link} to={mergeHref('entry', view.id)}>
                <ListItemIcon>
                  <CallMerge fontSize="small" />
                </ListItemIcon>
                <ListItemText>{t('entries.action.merge')}</ListItemText>
              </MenuItem>
            )}
          </Menu>
        </>
      )}
      {dialog === 'retire' && <RetireDialog view={view} name={name} onClose={close} />}
      {dialog === 'suspend' && <SuspendDialog view={view} name={name} onClose={close} />}
    </>
  );
}
