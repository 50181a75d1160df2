import { Fragment } from 'react';
import { Alert, Box, Typography } from '@mui/material';
import Draw from '@mui/icons-material/DrawOutlined';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useBrowserKey, useNoSupport, useRoleInRoot } from '../signing/useBrowserKeys.ts';
import { signUrgent } from './signUrgent.ts';

/** Signs the urgent list with the duty key of this browser, or says how else it can be signed. */
export function UrgentSign({ isRefused = false, onDone }: { isRefused?: boolean; onDone?: () => void }) {
  const translate = useTranslate();
  const noSupport = useNoSupport();
  const key = useBrowserKey('urgent').data;
  const role = useRoleInRoot('urgent');
  const sign = useVerb(signUrgent, {
    refresh: ['urgent', 'snapshots'],
    done: 'signing.urgent.done',
    ...(onDone && { onDone }),
  });
  if (noSupport === undefined || key === undefined) return null;
  const isTrusted = key !== null && (role?.keyIds.includes(key.keyid) ?? false);
  if (noSupport !== null || key === null || !isTrusted) {
    return (
      <Alert severity="warning">
        {translate(key && noSupport === null ? 'signing.urgent.notOnDuty' : 'signing.urgent.noKey')}{' '}
        <strong>
          {role?.owners.map((owner, i) => (
            <Fragment key={owner}>
              {i > 0 && ', '}
              <bdi>{owner}</bdi>
            </Fragment>
          ))}
        </strong>
        {noSupport === null && (
          <Box sx={{ mt: 0.75 }}>
            <Link to="/account/keys">{translate('signing.keys.link')}</Link>
          </Box>
        )}
      </Alert>
    );
  }
  return (
    <Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {translate('signing.urgent.withKey', { name: key.name })}
      </Typography>
      <ActionButton
        size="large"
        startIcon={<Draw />}
        busy={sign.busy}
        refusal={isRefused ? { code: 'signing-refused' } : null}
        onClick={() => void sign.run(key)}
      >
        {translate('signing.urgent.sign')}
      </ActionButton>
      <ProblemNote problem={sign.problem} />
    </Box>
  );
}
