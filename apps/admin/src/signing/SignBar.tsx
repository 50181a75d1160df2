import { Alert, Box, Button, Typography } from '@mui/material';
import Draw from '@mui/icons-material/DrawOutlined';
import type { Refusal, SigningView } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { Link, useNavigate } from 'react-router-dom';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { Loading } from '../layout/Loading.tsx';
import type { BrowserKey } from './browserKey.ts';
import { toConfirmations, type Question } from './questions.ts';
import { signReviewed, type Reviewed } from './review.ts';
import { useBrowserKey, useNoSupport } from './useBrowserKeys.ts';
import { useSigning } from './useSigning.ts';

type SignBarProps = {
  sequence: number;
  unpacked: Reviewed['unpacked'];
  /** Something speaks against it that nobody may answer for. */
  isRefused: boolean;
  questions: readonly Question[];
  /** So many questions have no answer yet. */
  open: number;
};

/** The decision: signs with the person's key in this browser, or says why not. */
export function SignBar(props: SignBarProps) {
  const translate = useTranslate();
  const noSupport = useNoSupport();
  const key = useBrowserKey('targets');
  const signing = useSigning(props.sequence);
  return (
    <Panel title={translate('signing.sign.title')}>
      {signing.isError ? (
        <ErrorState error={signing.error} onRetry={() => void signing.refetch()} />
      ) : noSupport === undefined || key.data === undefined || !signing.data ? (
        <Loading />
      ) : noSupport !== null ? (
        <Alert severity="warning">
          {translate(`signing.support.${noSupport}.title`)}. {translate('signing.sign.elsewhere')}{' '}
          <code dir="ltr">waymark review</code>
        </Alert>
      ) : key.data === null ? (
        <>
          <Typography sx={{ mb: 1.5 }}>{translate('signing.sign.noKey')}</Typography>
          <Button component={Link} to="/account/keys" variant="outlined">
            {translate('signing.keys.title')}
          </Button>
        </>
      ) : (
        <Sign {...props} ownKey={key.data} signing={signing.data} />
      )}
    </Panel>
  );
}

function Sign({
  sequence,
  unpacked,
  isRefused,
  questions,
  open,
  ownKey,
  signing,
}: SignBarProps & { ownKey: BrowserKey; signing: SigningView }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const sign = useVerb(
    () => signReviewed(unpacked, { sequence, key: ownKey, confirmations: toConfirmations(questions) }),
    {
      refresh: ['snapshots'],
      done: 'signing.sign.done',
      onDone: () => void navigate(`/snapshots/${sequence}/show`),
    },
  );
  const isHolder = [...signing.signed, ...signing.missing].some(({ keyid }) => keyid === ownKey.keyid);
  const refusal: Pick<Refusal, 'code' | 'detail'> | null = isRefused
    ? { code: 'signing-refused' }
    : signing.signed.some(({ keyid }) => keyid === ownKey.keyid)
      ? { code: 'already-signed' }
      : !isHolder
        ? { code: 'signature-key-unknown' }
        : (signing.can.addSignature ?? (open > 0 ? { code: 'signing-questions-open' } : null));
  return (
    <>
      <Typography sx={{ mb: 1.5, maxWidth: '72ch' }}>
        {translate('signing.sign.text', { name: ownKey.name })}
      </Typography>
      <Box>
        <ActionButton
          size="large"
          startIcon={<Draw />}
          busy={sign.busy}
          refusal={refusal}
          onClick={() => void sign.run(undefined)}
        >
          {translate('signing.sign.action')}
        </ActionButton>
      </Box>
      <ProblemNote problem={sign.problem} onReload={() => window.location.reload()} />
    </>
  );
}
