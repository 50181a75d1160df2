import { useState } from 'react';
import { Alert, Box, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { SnapshotRow } from '../contract.ts';

type Staged = { sequence: number; url: string; rootUrl: string };

/** Lets app teams try a snapshot before it is published: another tree with another root. */
export function Staging({ snapshot: { sequence } }: { snapshot: SnapshotRow }) {
  const translate = useTranslate();
  const [staged, setStaged] = useState<Staged>();
  const stage = useVerb(() => api.post<Staged>(`/snapshots/${sequence}/stage`), { onDone: setStaged });
  const here = (path: string) => new URL(path, window.location.origin).href;
  return (
    <Panel title={translate('snapshots.staging.title')}>
      <Typography sx={{ mb: 1.5 }}>{translate('snapshots.staging.text')}</Typography>
      <ActionButton variant="outlined" busy={stage.busy} onClick={() => void stage.run(undefined)}>
        {translate('snapshots.staging.action')}
      </ActionButton>
      <ProblemNote problem={stage.problem} />
      {staged && (
        <Alert severity="success" sx={{ mt: 1.5 }}>
          {translate('snapshots.staging.done')}
          <Box component="code" dir="ltr" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
            {here(staged.url)}
          </Box>
          {translate('snapshots.staging.root')}
          <Box component="code" dir="ltr" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
            {here(staged.rootUrl)}
          </Box>
        </Alert>
      )}
    </Panel>
  );
}
