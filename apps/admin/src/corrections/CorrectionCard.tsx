import { Box, Link as TextLink, Paper, Typography } from '@mui/material';
import { languageName } from '@waymark/domain';
import { useLocaleState, useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { Facts } from '../common/Facts.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { When } from '../common/When.tsx';
import type { CorrectionRow } from './contract.ts';
import { Decisions } from './Decisions.tsx';

/** One correction in full, with what stands in the directory beside it. */
export function CorrectionCard({ correction, onGone }: { correction: CorrectionRow; onGone: () => void }) {
  const translate = useTranslate();
  const { entry, what, channel, note, contact, times, receivedAt, state, decidedAt, decidedByName } = correction;
  return (
    <Paper component="li" variant="outlined" sx={{ p: { xs: 2, sm: 2.5 }, minWidth: 0 }}>
      <Typography component="h2" variant="h2" sx={{ overflowWrap: 'anywhere' }}>
        {translate(`corrections.what.${what}`)}
        {': '}
        {entry ? (
          <TextLink component={Link} to={`/entries/${correction.recordId}/show`}>
            <bdi>{entry.name}</bdi>
          </TextLink>
        ) : (
          translate('corrections.entryGone')
        )}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        <When at={receivedAt} mode="datetime" />
        {times > 1 && ` · ${translate('corrections.times', { smart_count: times })}`}
        {decidedAt && (
          <>
            {' · '}
            {translate(`corrections.state.${state}`)} <When at={decidedAt} mode="datetime" />
            {' · '}
            <PersonName name={decidedByName} />
          </>
        )}
      </Typography>
      <Facts
        facts={[
          ...(channel
            ? ([[translate('corrections.now'), <Said key="now" text={channel.address ?? channel.id} ltr />]] as const)
            : []),
          ...(correction.value
            ? ([[translate('corrections.value'), <Value key="value" value={correction.value} />]] as const)
            : []),
          ...(note === null ? [] : ([[translate('corrections.note'), <Said key="note" text={note} />]] as const)),
          ...(contact === null
            ? []
            : ([[translate('corrections.contact'), <Said key="contact" text={contact} ltr />]] as const)),
          [translate('corrections.purge'), <When key="purge" at={correction.purgeAt} mode="date" />],
        ]}
      />
      {state === 'open' ? (
        <Decisions correction={correction} onGone={onGone} />
      ) : (
        <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
          {correction.proposalId && (
            <TextLink component={Link} to={`/proposals/${correction.proposalId}/show`}>
              {translate('corrections.toProposal')}
            </TextLink>
          )}
          <Decisions correction={correction} onGone={onGone} />
        </Box>
      )}
    </Paper>
  );
}

/** Words of a stranger: text, never a link, whatever they look like (SECURITY M-05). */
function Said({ text, ltr = false }: { text: string; ltr?: boolean }) {
  return (
    <Box
      component="bdi"
      dir={ltr ? 'ltr' : 'auto'}
      sx={{ display: 'block', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}
    >
      {text}
    </Box>
  );
}

function Value({ value }: { value: NonNullable<CorrectionRow['value']> }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  switch (value.type) {
    case 'phone': {
      const { kind, digits, country } = value.number;
      return (
        <>
          <Said text={kind === 'e164' ? `+${digits}` : digits} ltr />
          {country !== undefined && translate('corrections.dialledIn', { country })}
        </>
      );
    }
    case 'website':
      return <Said text={value.origin} ltr />;
    case 'hours':
      return <Said text={value.text} />;
    case 'languages':
      return <Said text={value.tags.map((tag) => languageName(tag, locale)).join(', ')} />;
  }
}
