import { Chip } from '@mui/material';
import { useTranslate } from 'ra-core';
import type { SnapshotRow, SnapshotState } from '../contract.ts';

const COLORS: Record<SnapshotState, 'success' | 'warning' | 'default'> = {
  prepared: 'warning',
  publishing: 'warning',
  published: 'success',
  discarded: 'default',
};

/** Published is what clients see, not what was written here: until then the copies are on their way. */
export function SnapshotStateChip({
  snapshot: { state, reached },
}: {
  snapshot: Pick<SnapshotRow, 'state' | 'reached'>;
}) {
  const translate = useTranslate();
  const isOnItsWay = state === 'published' && !reached;
  return (
    <Chip
      size="small"
      variant="outlined"
      color={isOnItsWay ? 'warning' : COLORS[state]}
      label={translate(`snapshots.state.${isOnItsWay ? 'delivering' : state}`)}
    />
  );
}

/** Says so when it is a patch: an entry taken out at once, between two full snapshots. */
export function SnapshotKindChip({ kind }: { kind: SnapshotRow['kind'] }) {
  const translate = useTranslate();
  if (kind === 'full') return null;
  return <Chip size="small" variant="outlined" color="error" label={translate('snapshots.patch')} />;
}
