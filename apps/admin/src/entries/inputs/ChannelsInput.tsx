import { useEffect, useState } from 'react';
import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import { ChannelType, type Channel } from '@waymark/domain';
import { useDocumentForm, useField } from '../../records/form/DocumentForm.tsx';
import { useWords } from '../../records/words.ts';
import { freeId } from '../../records/form/newEvidence.ts';
import { ChannelEditor } from './ChannelEditor.tsx';

type Draft = Partial<Channel> & { id: string; type: ChannelType };

/** Ids that people can read in a path: `tel`, `web`, `chat`. */
const SHORT: Partial<Record<ChannelType, string>> = { phone: 'tel', url: 'web', email: 'mail', 'in-person': 'place' };

/** All ways in. The one to be changed is open, the others say in a line what they are. */
export function ChannelsInput() {
  const { t } = useWords();
  const { value = [], set, error } = useField<Draft[]>('/channels');
  const { revealed, showAll, store } = useDocumentForm();
  const [open, setOpen] = useState<number | undefined>(value.length === 1 ? 0 : undefined);
  useEffect(() => {
    const wanted =
      revealed ?? (showAll ? store.problems().find(({ path }) => path.startsWith('/channels/'))?.path : undefined);
    const at = /^\/channels\/(\d+)/.exec(wanted ?? '')?.[1];
    if (at !== undefined) setOpen(Number(at));
  }, [revealed, showAll, store]);

  const add = (type: ChannelType) => {
    set([...value, { id: freeId(SHORT[type] ?? type, value), type, value: {} } as Draft]);
    setOpen(value.length);
  };
  return (
    <Box data-pointer="/channels" sx={{ display: 'grid', gap: 1.25, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {value.length === 0 && (
        <Typography color={error ? 'error' : 'text.secondary'} variant="body2">
          {error ?? t('entries.channels.none')}
        </Typography>
      )}
      {value.map((channel, i) => (
        <ChannelEditor
          key={channel.id}
          pointer={`/channels/${i}`}
          isOpen={open === i}
          onToggle={() => setOpen(open === i ? undefined : i)}
          onRemove={() => {
            const rest = value.filter((_, at) => at !== i);
            set(rest.length === 0 ? undefined : rest);
            setOpen(undefined);
          }}
        />
      ))}
      <AddChannel onAdd={add} />
    </Box>
  );
}

function AddChannel({ onAdd }: { onAdd: (type: ChannelType) => void }) {
  const { t } = useWords();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      {(['phone', 'url', 'chat', 'email'] as const).map((type) => (
        <Button key={type} size="small" variant="outlined" startIcon={<Add />} onClick={() => onAdd(type)}>
          {t(`vocabulary.channelType.${type}`)}
        </Button>
      ))}
      <TextField
        select
        label={t('entries.channels.other')}
        value=""
        onChange={(event) => onAdd(event.target.value as ChannelType)}
        margin="none"
        sx={{ minWidth: 170 }}
      >
        {ChannelType.options
          .filter((type) => !['phone', 'url', 'chat', 'email'].includes(type))
          .map((type) => (
            <MenuItem key={type} value={type}>
              {t(`vocabulary.channelType.${type}`)}
            </MenuItem>
          ))}
      </TextField>
    </Box>
  );
}
