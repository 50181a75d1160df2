import { Button } from '@mui/material';
import CallMerge from '@mui/icons-material/CallMerge';
import EditOutlined from '@mui/icons-material/EditOutlined';
import Restore from '@mui/icons-material/Restore';
import { Link } from 'react-router-dom';
import { ActionButton } from '../common/RefusalNote.tsx';
import type { RecordView } from '../contract.ts';
import { mergeHref } from '../duplicates/useDuplicates.ts';
import { useMay } from '../session/current.ts';
import { useWords } from './words.ts';
import { StartProposalButton } from './StartProposalButton.tsx';
import { RESOURCE_OF } from './useRecord.ts';

/** Proposing a change of an organisation or country profile, or bringing a retired one back. */
export function RecordActions({ view }: { view: RecordView }) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  if (view.state === 'retired') {
    return (
      <StartProposalButton
        kind="restore"
        recordType={view.type}
        recordId={view.id}
        label={t('entries.action.restore')}
        icon={<Restore />}
      />
    );
  }
  return (
    <>
      {view.type === 'organisation' && view.state === 'active' && mayWrite && (
        <Button component={Link} to={mergeHref('organisation', view.id)} startIcon={<CallMerge />}>
          {t('entries.action.merge')}
        </Button>
      )}
      <ActionButton
        refusal={mayWrite ? null : { code: 'not-permitted' }}
        startIcon={<EditOutlined />}
        {...(mayWrite ? { component: Link, to: `/${RESOURCE_OF[view.type]}/${view.id}` } : {})}
      >
        {t('entries.action.change')}
      </ActionButton>
    </>
  );
}
