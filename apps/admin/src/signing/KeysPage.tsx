import { Alert, AlertTitle, Stack, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { Page } from '../common/Page.tsx';
import { Loading } from '../layout/Loading.tsx';
import { useMay, useMe } from '../session/current.ts';
import { KeyPanel } from './KeyPanel.tsx';
import { useNoSupport } from './useBrowserKeys.ts';

/** The signing keys that the signed-in person holds in this browser, one for each role. */
export function KeysPage() {
  const translate = useTranslate();
  const me = useMe();
  const mayPublish = useMay('snapshot.publish');
  const noSupport = useNoSupport();
  return (
    <Page
      title={translate('signing.keys.title')}
      subtitle={translate('signing.keys.subtitle')}
      back={{ to: '/account', label: translate('session.account.title') }}
      width="reading"
    >
      {noSupport === undefined || !me ? (
        <Loading />
      ) : noSupport !== null ? (
        <Alert severity="warning">
          <AlertTitle>{translate(`signing.support.${noSupport}.title`)}</AlertTitle>
          {translate(`signing.support.${noSupport}.text`)} {translate('signing.support.instead')}{' '}
          <code dir="ltr">waymark keys new</code>
        </Alert>
      ) : (
        <Stack spacing={2}>
          {mayPublish && <KeyPanel role="targets" me={me} />}
          <KeyPanel role="urgent" me={me} />
          <Typography variant="body2" color="text.secondary" sx={{ maxWidth: '72ch' }}>
            {translate('signing.keys.trust')}
          </Typography>
        </Stack>
      )}
    </Page>
  );
}
