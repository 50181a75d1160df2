import { Alert, AlertTitle, Button } from '@mui/material';
import type { Refusal } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { useWords } from '../records/words.ts';

/** Why a kept file cannot be read, where, and what to do about it. */
export function Unreadable({ refusal: { code, detail } }: { refusal: Refusal }) {
  const { t } = useWords();
  return (
    <Alert
      severity="error"
      sx={{ mb: 2, maxWidth: 880 }}
      action={
        <Button component={Link} to="/imports" color="inherit" size="small">
          {t('imports.result.another')}
        </Button>
      }
    >
      <AlertTitle>{t(`refusals.${code}`, { _: code })}</AlertTitle>
      <bdi lang="en">{detail}</bdi>
    </Alert>
  );
}
