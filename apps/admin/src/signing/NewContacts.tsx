import { Box, Typography } from '@mui/material';
import type { SnapshotReview } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { CountryName } from '../common/CountryName.tsx';
import { Panel } from '../common/Panel.tsx';

/** Every contact of what is new, in full: what people will dial and open. */
export function NewContacts({ records }: { records: SnapshotReview['contacts'] }) {
  const translate = useTranslate();
  const shown = records.filter(({ contacts }) => contacts.length > 0);
  if (shown.length === 0) return null;
  return (
    <Panel title={translate('signing.review.contacts')}>
      <Box
        component="ul"
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          display: 'grid',
          gap: 1.5,
          columnGap: 3,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
          maxHeight: 560,
          overflowY: 'auto',
        }}
        // Longer than the window at times, so it scrolls by itself, by keyboard too.
        tabIndex={0}
        aria-label={translate('signing.review.contacts')}
      >
        {shown.map(({ id, type, name, contacts }) => (
          <Box key={id} component="li" sx={{ minWidth: 0 }}>
            <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}>
              <bdi>{type === 'country' ? <CountryName code={name} /> : name}</bdi>
            </Typography>
            {contacts.map((contact) => (
              <Typography key={contact.channel} variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {translate(`vocabulary.channelType.${contact.type}`, { _: contact.type })}
                </Box>{' '}
                <Box component="bdi" dir="ltr" sx={{ fontWeight: 650 }}>
                  {contact.address}
                </Box>
              </Typography>
            ))}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
