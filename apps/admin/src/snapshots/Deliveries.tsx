import { Alert, Box, Chip, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import type { Delivery, SnapshotRow } from '../contract.ts';

const COLORS: Record<Delivery['state'], 'success' | 'warning' | 'error' | 'default'> = {
  pending: 'warning',
  uploaded: 'warning',
  seen: 'success',
  failed: 'error',
  superseded: 'default',
};

/** Where the snapshot is: written here, copied there, seen by a client at each public address. */
export function Deliveries({ snapshot: { publishedAt, deliveries } }: { snapshot: SnapshotRow }) {
  const translate = useTranslate();
  return (
    <Panel title={translate('snapshots.delivery.title')}>
      <Typography sx={{ mb: 1.5 }}>
        {translate('snapshots.delivery.written')} <When at={publishedAt} mode="datetime" />
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
        {deliveries.map((delivery) => (
          <Box component="li" key={delivery.destination}>
            <OneDelivery delivery={delivery} />
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

function OneDelivery({ delivery }: { delivery: Delivery }) {
  const translate = useTranslate();
  const { destination, url, required, state, attempts, detail, uploadedAt, seenAt, nextAt } = delivery;
  const isTrying = state === 'failed' || (state === 'uploaded' && detail !== null);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Typography component="h3" variant="h3">
          <bdi>{destination}</bdi>
        </Typography>
        <Chip
          size="small"
          variant="outlined"
          color={COLORS[state]}
          label={translate(`snapshots.delivery.state.${state}`)}
        />
        {!required && (
          <Typography component="span" variant="body2" color="text.secondary">
            {translate('snapshots.delivery.optional')}
          </Typography>
        )}
      </Box>
      <Box component="code" dir="ltr" sx={{ overflowWrap: 'anywhere' }}>
        {url}
      </Box>
      {uploadedAt !== null && (
        <Typography variant="body2">
          {translate('snapshots.delivery.uploadedAt')} <When at={uploadedAt} mode="datetime" />
        </Typography>
      )}
      {seenAt !== null && (
        <Typography variant="body2">
          {translate('snapshots.delivery.seenAt')} <When at={seenAt} mode="datetime" />
        </Typography>
      )}
      {isTrying && (
        <Alert severity={state === 'failed' ? 'error' : 'info'} sx={{ mt: 0.5 }}>
          <Box component="bdi" dir="ltr" sx={{ display: 'block', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {detail}
          </Box>
          {translate('snapshots.delivery.again', { smart_count: attempts })} <When at={nextAt} mode="datetime" />
        </Alert>
      )}
    </>
  );
}
