import { useState } from 'react';
import { Box, Button, Paper, Stack, Typography } from '@mui/material';
import type { UnitableType } from '@waymark/domain';
import { Link, useNavigate } from 'react-router-dom';
import { RecordField, type Picked } from '../records/form/RecordPicker.tsx';
import { RESOURCE_OF } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { Reasons } from './Reasons.tsx';
import { mergeHref, useDuplicates } from './useDuplicates.ts';

/** Which record goes into the one that stays: one of those that are alike, or any other. */
export function ChooseGoes({ type, stays }: { type: UnitableType; stays: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<Picked | null>(null);
  const { data } = useDuplicates({ type, record: stays });
  const alike = data?.data ?? [];
  return (
    <>
      <Paper variant="outlined" sx={{ p: 2, mb: 3 }}>
        <RecordField
          resource={RESOURCE_OF[type]}
          label={t('duplicates.merge.goes')}
          value={picked}
          onChange={(next) => {
            setPicked(next);
            if (next) void navigate(mergeHref(type, stays, next.id));
          }}
          except={stays}
          help={t('duplicates.merge.goesHelp')}
          required
          autoFocus
        />
      </Paper>
      <Typography variant="h2" sx={{ mb: 1 }}>
        {t('duplicates.merge.alike')}
      </Typography>
      {alike.length === 0 ? (
        <Typography role="status" color="text.secondary">
          {t(data?.state === 'working' ? 'duplicates.state.working' : 'duplicates.merge.noneAlike')}
        </Typography>
      ) : (
        <Stack component="ul" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {alike.map(({ first, second, score, reasons }) => {
            const other = first.id === stays ? second : first;
            return (
              <Paper component="li" key={other.id} variant="outlined" sx={{ p: 2 }}>
                <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1 }}>
                  <Typography sx={{ flex: 1, fontWeight: 650, minWidth: 200 }}>
                    <bdi>{other.name}</bdi>
                  </Typography>
                  <Button variant="outlined" component={Link} to={mergeHref(type, stays, other.id)}>
                    {t('duplicates.compare')}
                  </Button>
                </Box>
                <Reasons score={score} reasons={reasons} />
              </Paper>
            );
          })}
        </Stack>
      )}
    </>
  );
}
