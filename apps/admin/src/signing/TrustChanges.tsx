import { Alert, Box, Chip, Typography } from '@mui/material';
import { digestWords, type SnapshotReview } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { Hash } from '../common/Hash.tsx';
import { Panel } from '../common/Panel.tsx';
import { PolicyTable } from '../settings/PolicyTable.tsx';
import { dutyChange, type DutyChange, type DutyKey } from './dutyKeys.ts';

/** Whom clients would trust for parts of the tree, and how many must approve, where either is another than before. */
export function TrustChanges({ delegations, policies }: Pick<SnapshotReview, 'delegations' | 'policies'>) {
  const translate = useTranslate();
  return (
    <>
      {delegations && (
        <Panel title={translate('signing.review.delegations')}>
          <Delegations {...delegations} />
        </Panel>
      )}
      {policies.map(
        ({ version, before, after }) =>
          before !== null && (
            <Panel key={version} title={translate('signing.review.policy', { n: version })}>
              <PolicyTable policy={after} before={before} />
            </Panel>
          ),
      )}
    </>
  );
}

function Delegations({ before, after }: NonNullable<SnapshotReview['delegations']>) {
  const translate = useTranslate();
  const change = dutyChange(before, after);
  return change ? (
    <>
      <DutyKeys change={change} />
      <Box component="details" sx={{ mt: 2 }}>
        <Box component="summary" sx={{ cursor: 'pointer', typography: 'body2', mb: 1 }}>
          {translate('signing.trust.whole')}
        </Box>
        <AsItStands before={before} after={after} />
      </Box>
    </>
  ) : (
    <>
      <Alert severity="warning" role="note" sx={{ mb: 2 }}>
        {translate('signing.trust.strange')}
      </Alert>
      <AsItStands before={before} after={after} />
    </>
  );
}

const LOOKS = { added: 'success', removed: 'error', kept: 'default' } as const;

/** The people on duty by name, with the words that each of them can read out from their own screen. */
function DutyKeys({ change: { before, after, keys } }: { change: DutyChange }) {
  const translate = useTranslate();
  const many = (threshold: number, left: DutyKey['change']) => {
    const count = keys.filter(({ change }) => change === 'kept' || change === left).length;
    return translate('snapshots.keys.threshold', { threshold, count });
  };
  return (
    <>
      <Typography sx={{ maxWidth: '72ch' }}>
        {translate(after === null ? 'signing.trust.ended' : 'signing.trust.duty')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
        {before === null
          ? translate('signing.trust.first')
          : `${translate('snapshots.difference.old')} ${many(before, 'removed')}.`}
        {after !== null && ` ${translate('snapshots.difference.new')} ${many(after, 'added')}.`}
      </Typography>
      <Box
        component="ul"
        aria-label={translate('signing.review.delegations')}
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}
      >
        {keys.map(({ keyid, owner, change }) => (
          <Box key={keyid} component="li" sx={{ minWidth: 0 }}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.25 }}>
              <Typography component="span" sx={{ fontWeight: 650 }}>
                {owner === null ? <Hash value={keyid} short /> : <bdi>{owner}</bdi>}
              </Typography>
              <Chip
                size="small"
                variant="outlined"
                color={LOOKS[change]}
                label={translate(`signing.trust.${change}`)}
              />
            </Box>
            <Typography variant="body2" color="text.secondary">
              <bdi lang="en" dir="ltr" title={keyid}>
                {digestWords(keyid).join(' ')}
              </bdi>
            </Typography>
          </Box>
        ))}
      </Box>
    </>
  );
}

function AsItStands({ before, after }: { before: unknown; after: unknown }) {
  const translate = useTranslate();
  return (
    <Box
      sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' } }}
    >
      {(
        [
          ['old', before],
          ['new', after],
        ] as const
      ).map(([kind, value]) => (
        <Box key={kind} sx={{ minWidth: 0 }}>
          <Typography variant="body2" color="text.secondary">
            {translate(`snapshots.difference.${kind}`)}
          </Typography>
          <Box
            component="pre"
            dir="ltr"
            tabIndex={0}
            sx={{
              m: 0,
              p: 1.25,
              borderRadius: 0.75,
              bgcolor: `var(--wm-${kind})`,
              color: `var(--wm-${kind}-text)`,
              fontSize: '0.8125rem',
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
              maxHeight: 360,
              overflowY: 'auto',
            }}
          >
            {value === null ? translate('snapshots.difference.nothing') : JSON.stringify(value, null, 1)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
