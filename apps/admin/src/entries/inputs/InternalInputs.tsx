import { Box } from '@mui/material';
import { useWords } from '../../records/words.ts';
import { NumberInput, TextInput } from '../../records/form/TextInput.tsx';
import { Flag } from './ChannelDetails.tsx';

/** What only curators see, and where the entry is published. */
export function InternalInputs() {
  const { t } = useWords();
  return (
    <>
      <TextInput
        pointer="/slug"
        label={t('fields.slug')}
        code
        required
        help={t('entries.form.slugHelp')}
        parse={(text) => text.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || undefined}
      />
      <NumberInput pointer="/priority" label={t('fields.priority')} help={t('entries.form.priorityHelp')} />
      <Box role="group" aria-label={t('fields.publishTo')} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
        {['web', 'snapshot', 'hsds', 'partners'].map((place) => (
          <Flag
            key={place}
            pointer={`/publishTo/${place}`}
            label={`${t('fields.publishTo')}: ${t(`fields.part.${place}`)}`}
          />
        ))}
      </Box>
      <TextInput
        pointer="/notesInternal"
        label={t('fields.notesInternal')}
        multiline
        help={t('records.form.internalHelp')}
      />
    </>
  );
}
