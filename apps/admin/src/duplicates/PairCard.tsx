import { useState } from 'react';
import { Box, Button, Link as MuiLink, Paper, Typography } from '@mui/material';
import type { UnitableType } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import { areaText } from '../records/areaText.ts';
import { listText } from '../records/valueLines.ts';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import type { DuplicateRow, DuplicateSide } from './contract.ts';
import { DismissDialog } from './DismissDialog.tsx';
import { Reasons } from './Reasons.tsx';
import { mergeHref } from './useDuplicates.ts';

const NOT_PERMITTED = { code: 'not-permitted' } as const;

/** Two records that may be one: both by name and address, why, and what to do about it. */
export function PairCard({ type, row, onGone }: { type: UnitableType; row: DuplicateRow; onGone: () => void }) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const [isAsking, setAsking] = useState(false);
  const { first, second, dismissed } = row;
  const reopen = useVerb(() => api.post('/duplicates/reopen', { first: first.id, second: second.id }), {
    refresh: ['duplicates', 'audit'],
    done: 'duplicates.reopened',
    onDone: onGone,
  });
  const isInQueue = row.score !== null;
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{ p: 2 }}
      aria-label={t('duplicates.pair', { first: first.name, second: second.name })}
    >
      <Reasons score={row.score} reasons={row.reasons} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          my: 1.5,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'repeat(2, minmax(0,1fr))' },
        }}
      >
        <Side type={type} side={first} />
        <Side type={type} side={second} />
      </Box>
      {dismissed && (
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
          {t(isInQueue ? 'duplicates.calledTwo' : 'duplicates.calledTwoNow')} <PersonName name={dismissed.byName} /> ·{' '}
          <When at={dismissed.at} />: <bdi>{dismissed.reason}</bdi>
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
        <Button variant="contained" component={Link} to={mergeHref(type, first.id, second.id)}>
          {t('duplicates.compare')}
        </Button>
        <ActionButton variant="outlined" refusal={mayWrite ? null : NOT_PERMITTED} onClick={() => setAsking(true)}>
          {t('duplicates.dismiss')}
        </ActionButton>
        {dismissed && mayWrite && (
          <ActionButton variant="text" busy={reopen.busy} onClick={() => void reopen.run(undefined)}>
            {t('duplicates.reopen')}
          </ActionButton>
        )}
      </Box>
      <ProblemNote problem={reopen.problem} />
      {isAsking && (
        <DismissDialog
          first={first.id}
          second={second.id}
          names={[first.name, second.name]}
          onClose={() => setAsking(false)}
          onDone={onGone}
        />
      )}
    </Paper>
  );
}

function Side({ type, side }: { type: UnitableType; side: DuplicateSide }) {
  const words = useWords();
  const { t, locale } = words;
  const kind = type === 'entry' ? `vocabulary.kind.${side.kind}` : `vocabulary.organisationType.${side.kind}`;
  const places = side.countries.map((area) => (area === '…' ? area : areaText(area, words)));
  return (
    <Box sx={{ minWidth: 0 }}>
      <MuiLink component={Link} to={recordHref(type, side.id)} sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}>
        <bdi>{side.name}</bdi>
      </MuiLink>
      <Typography variant="body2" color="text.secondary">
        {t(kind, { _: side.kind })}
        {places.length > 0 && ` · ${listText(places, locale)}`}
        {side.organisationName !== null && (
          <>
            {' · '}
            <bdi>{side.organisationName}</bdi>
          </>
        )}
      </Typography>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {side.address !== null && (
          <>
            <bdi dir="ltr">{side.address}</bdi>
            {' · '}
          </>
        )}
        <Box component="bdi" dir="ltr" sx={{ color: 'text.secondary' }}>
          {side.slug}
        </Box>
      </Typography>
    </Box>
  );
}
