import { Box, Typography } from '@mui/material';
import type { SnapshotReview } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { Panel } from '../common/Panel.tsx';

/** Whom clients would trust for parts of the tree, and how many must approve, where either is another than before. */
export function TrustChanges({ delegations, policies }: Pick<SnapshotReview, 'delegations' | 'policies'>) {
  const translate = useTranslate();
  return (
    <>
      {delegations && (
        <Panel title={translate('signing.review.delegations')}>
          <BeforeAfter before={delegations.before} after={delegations.after} />
        </Panel>
      )}
      {policies
        .filter(({ before }) => before !== null)
        .map(({ version, before, after }) => (
          <Panel key={version} title={translate('signing.review.policy', { n: version })}>
            <BeforeAfter before={before} after={after} />
          </Panel>
        ))}
    </>
  );
}

function BeforeAfter({ before, after }: { before: unknown; after: unknown }) {
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
