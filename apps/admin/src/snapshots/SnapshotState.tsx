import { Chip } from '@mui/material';
import { useTranslate } from 'ra-core';
import type { SnapshotRow, SnapshotState } from '../contract.ts';

const COLORS: Record<SnapshotState, 'success' | 'warning' | 'default'> = {
  prepared: 'warning',
  publishing: 'warning',
  published: 'success',
  discarded: 'default',
};

export function SnapshotStateChip({ state }: { state: SnapshotState }) {
  const translate = useTranslate();
  return <Chip size="small" variant="outlined" color={COLORS[state]} label={translate(`snapshots.state.${state}`)} />;
}

/** Says so when it is a patch: an entry taken out at once, between two full snapshots. */
export function SnapshotKindChip({ kind }: { kind: SnapshotRow['kind'] }) {
  const translate = useTranslate();
  if (kind === 'full') return null;
  return <Chip size="small" variant="outlined" color="error" label={translate('snapshots.patch')} />;
}
