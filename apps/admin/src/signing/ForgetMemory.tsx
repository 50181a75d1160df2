import { Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { forgetSnapshots } from './browserStore.ts';

/** Lets a browser that cannot follow begin anew; it then compares by voice, as on its first day. Keys stay. */
export function ForgetMemory() {
  const translate = useTranslate();
  const forget = useVerb(() => forgetSnapshots(), { refresh: ['signing'] });
  return (
    <Panel title={translate('signing.forget.title')}>
      <Typography sx={{ mb: 1.5, maxWidth: '72ch' }}>{translate('signing.forget.text')}</Typography>
      <ActionButton variant="outlined" color="warning" busy={forget.busy} onClick={() => void forget.run(undefined)}>
        {translate('signing.forget.action')}
      </ActionButton>
      <ProblemNote problem={forget.problem} />
    </Panel>
  );
}
