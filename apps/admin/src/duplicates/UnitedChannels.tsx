import { Box, Chip, Typography } from '@mui/material';
import { channelAddress, sameChannels, type Entry } from '@waymark/domain';
import { useWords } from '../records/words.ts';

/** The ways into an entry that two become: which of them has each, and which of the other's is the same one. */
export function UnitedChannels({ united, stays, goes }: { united: Entry; stays: Entry; goes: Entry }) {
  const { t } = useWords();
  const own = new Set(stays.channels.map(({ id }) => id));
  const both = new Set(sameChannels(goes, stays).values());
  return (
    <Box component="section" aria-labelledby="united-channels">
      <Typography id="united-channels" variant="h2" sx={{ mb: 1 }}>
        {t('duplicates.channels.title', { smart_count: united.channels.length })}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {united.channels.map((channel) => {
          const from = both.has(channel.id) ? 'both' : own.has(channel.id) ? 'stays' : 'goes';
          return (
            <Box
              component="li"
              key={channel.id}
              sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', py: 0.75 }}
            >
              <span>{t(`vocabulary.channelType.${channel.type}`)}</span>
              <Box component="bdi" dir="ltr" sx={{ fontWeight: 650, overflowWrap: 'anywhere', minWidth: 0 }}>
                {channelAddress(channel)}
              </Box>
              <Chip
                size="small"
                variant={from === 'both' ? 'filled' : 'outlined'}
                label={t(`duplicates.channels.${from}`)}
              />
              {channel.retired && <Chip size="small" label={t('duplicates.channels.retired')} />}
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}
