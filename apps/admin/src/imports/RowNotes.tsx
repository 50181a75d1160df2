import { Box, Typography } from '@mui/material';
import { useWords } from '../records/words.ts';
import { CertaintySign, useCodeText } from './Code.tsx';
import type { Certainty, Note } from './contract.ts';

const RANK: Record<Certainty, number> = { unclear: 0, likely: 1, certain: 2 };

/** What was done to the values of a row: what a person has to look at first. */
export function RowNotes({ notes }: { notes: readonly Note[] }) {
  const { t } = useWords();
  const say = useCodeText();
  const sorted = [...notes].sort((a, b) => RANK[a.certainty] - RANK[b.certainty]);
  return (
    <Box component="section" aria-labelledby="row-notes">
      <Typography id="row-notes" variant="h3" sx={{ mb: 1 }}>
        {t('imports.notes.title')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {sorted.map((note, i) => (
          <Box
            component="li"
            key={`${i} ${note.code}`}
            sx={{
              display: 'grid',
              gridTemplateColumns: 'auto minmax(0, 1fr)',
              alignItems: 'start',
              columnGap: 1,
              typography: 'body2',
            }}
          >
            <CertaintySign certainty={note.certainty} isQuiet />
            <Box sx={{ minWidth: 0 }}>
              <Box component="span" sx={{ fontWeight: 600 }}>
                <bdi>{t(`imports.field.${note.column}`, { _: note.column })}</bdi>
              </Box>{' '}
              <Values note={note} />
              <Box sx={{ color: 'text.secondary' }}>
                {say('note', note)}
                {note.detail !== undefined && (
                  <>
                    {' '}
                    <bdi lang="en">{note.detail}</bdi>
                  </>
                )}
              </Box>
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** What stood there, and what it became. */
function Values({ note: { from, to } }: { note: Note }) {
  return (
    <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
      {from !== '' && <bdi>“{from}”</bdi>}
      {to !== undefined && (
        <>
          {' '}
          <Box
            component="span"
            aria-hidden
            sx={{ display: 'inline-block', '[dir=rtl] &': { transform: 'scaleX(-1)' } }}
          >
            →
          </Box>{' '}
          <bdi>“{to}”</bdi>
        </>
      )}
    </Box>
  );
}
