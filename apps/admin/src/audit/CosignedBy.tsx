import { Alert, AlertTitle, Box } from '@mui/material';
import { useLocaleState, useTranslate } from 'ra-core';
import { LogDefect, type WitnessWord } from '@waymark/domain';
import { When } from '../common/When.tsx';
import type { PublicLog } from '../contract.ts';
import { useCosignatures } from './usePublishedHead.ts';

/** What outsiders who watch the log said of it, verified in this browser. */
export function CosignedBy({ log }: { log: PublicLog }) {
  const translate = useTranslate();
  const words = useCosignatures(log);
  if (words.isError) {
    // That tiles are missing, or this browser knows no Ed25519, is said beside the head already.
    if (!(words.error instanceof LogDefect) || words.error.code !== 'signature-wrong') return null;
    return (
      <Alert severity="error" role="status">
        <AlertTitle>{translate('audit.public.cosignatureWrong')}</AlertTitle>
        {translate('audit.public.cosignatureWrongText')}
      </Alert>
    );
  }
  if (!words.data) return null;
  const against = words.data.filter(({ contradicts }) => contradicts);
  return (
    <>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {words.data.map((word) => (
          <li key={word.witness.keyId}>
            <Word word={word} size={log.published?.size} />
          </li>
        ))}
      </Box>
      {against.length > 0 && (
        <Alert severity="error" role="status" sx={{ mt: 1 }}>
          <AlertTitle>{translate('audit.public.contradicts')}</AlertTitle>
          {translate('audit.public.contradictsText', { names: against.map(({ witness }) => witness.name).join(', ') })}
        </Alert>
      )}
    </>
  );
}

function Word({ word: { witness, cosigned }, size }: { word: WitnessWord; size: number | undefined }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { name } = witness;
  if (!cosigned) return <>{translate('audit.public.cosigned.none', { name })}</>;
  const which = cosigned.size === size ? 'this' : 'older';
  const older = new Intl.NumberFormat(locale).format(cosigned.size);
  return (
    <>
      {translate(`audit.public.cosigned.${which}`, { name, size: older })}
      {' · '}
      <When at={new Date(cosigned.at * 1000).toISOString()} mode="datetime" />
    </>
  );
}
