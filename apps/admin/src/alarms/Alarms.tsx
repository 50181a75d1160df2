import { useState } from 'react';
import { Box } from '@mui/material';
import type { AlarmRow } from '../contract.ts';
import { SuspendDialog } from '../entries/SuspendDialog.tsx';
import { useRecord } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { AlarmItem } from './AlarmItem.tsx';
import { CloseDialog } from './CloseDialog.tsx';

/** Alarms with what can be done about each. */
export function Alarms({ alarms }: { alarms: readonly AlarmRow[] }) {
  const { t } = useWords();
  const [closing, setClosing] = useState<AlarmRow>();
  const [suspending, setSuspending] = useState<AlarmRow>();
  return (
    <>
      <Box
        component="ul"
        aria-label={t('alarms.title')}
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25, gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        {alarms.map((alarm) => (
          <AlarmItem
            key={alarm.id}
            alarm={alarm}
            onClose={() => setClosing(alarm)}
            onSuspend={() => setSuspending(alarm)}
          />
        ))}
      </Box>
      {closing && <CloseDialog alarm={closing} onClose={() => setClosing(undefined)} />}
      {suspending && <SuspendHere alarm={suspending} onClose={() => setSuspending(undefined)} />}
    </>
  );
}

function SuspendHere({ alarm, onClose }: { alarm: AlarmRow; onClose: () => void }) {
  const { data } = useRecord('entry', alarm.recordId);
  return data ? <SuspendDialog view={data} name={alarm.recordName} onClose={onClose} /> : null;
}
