import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import { CopyButton } from '../common/Copy.tsx';
import { useWords } from '../records/words.ts';
import type { Secrets } from './contract.ts';

/** The secrets of an app, this once: whoever looks later finds only their hashes. */
export function SecretsNote({ secrets }: { secrets: Secrets }) {
  const { t } = useWords();
  return (
    <Alert severity="success" sx={{ '& .MuiAlert-message': { minWidth: 0, flex: 1 } }}>
      <AlertTitle>{t('consumers.secrets.title')}</AlertTitle>
      {t('consumers.secrets.text')}
      {(['token', 'webhookSecret'] as const).map((which) => {
        const secret = secrets[which];
        return (
          secret !== null && (
            <Box key={which} sx={{ mt: 1.5 }}>
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {t(`consumers.secrets.${which}`)}
              </Typography>
              <Box
                component="code"
                dir="ltr"
                sx={{ display: 'block', overflowWrap: 'anywhere', fontFamily: 'monospace' }}
              >
                {secret}
              </Box>
              <CopyButton text={secret} color="inherit" />
            </Box>
          )
        );
      })}
    </Alert>
  );
}
