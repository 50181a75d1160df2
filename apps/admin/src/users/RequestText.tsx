import { Box, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import type { AdminRequest } from '../contract.ts';
import { PolicyTable } from '../settings/PolicyTable.tsx';
import { usePolicy } from '../settings/usePolicy.ts';

/** What a request asks for, in full: nobody confirms what is not on the screen. */
export function RequestText({ request }: { request: AdminRequest }) {
  const translate = useTranslate();
  const roles =
    'roles' in request.payload ? request.payload.roles.map((role) => translate(`common.role.${role}`)).join(', ') : '';
  switch (request.kind) {
    case 'user.create':
      return (
        <>
          <Typography>
            <bdi>{request.payload.name}</bdi> ·{' '}
            <Box component="span" dir="ltr" sx={{ overflowWrap: 'anywhere' }}>
              {request.payload.email}
            </Box>
          </Typography>
          <Typography>
            {translate('users.roles')}: {roles}
          </Typography>
        </>
      );
    case 'user.roles':
      return (
        <Typography>
          {translate('users.request.rolesBecome')}: {roles}
        </Typography>
      );
    case 'user.reset':
      return <Typography>{translate('users.resetText')}</Typography>;
    case 'user.enable':
      return <Typography>{translate('users.enableText')}</Typography>;
    case 'user.erase':
      return <Typography>{translate('users.eraseText')}</Typography>;
    case 'policy.change':
      return <PolicyChange request={request} />;
  }
}

function PolicyChange({ request }: { request: Extract<AdminRequest, { kind: 'policy.change' }> }) {
  const policy = usePolicy();
  // Only an open request is a change against what is in force now.
  return <PolicyTable policy={request.payload} before={request.state === 'open' ? policy.data?.policy : undefined} />;
}
