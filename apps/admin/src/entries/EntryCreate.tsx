import { Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { CreatePage } from '../records/draft/CreatePage.tsx';
import EntryInputs from './inputs/EntryInputs.tsx';
import { NewEntryInputs } from './inputs/NewEntryInputs.tsx';

const EMPTY = { operational: { status: 'unknown' } };

/** A new entry: about ten questions first, everything else folded below. */
export default function EntryCreate() {
  return (
    <CreatePage type="entry" initial={EMPTY}>
      <NewEntryInputs />
      <Later />
      <EntryInputs asNew />
    </CreatePage>
  );
}

function Later() {
  const t = useTranslate();
  return (
    <Typography variant="h2" sx={{ mt: 3, mb: 1 }}>
      {t('entries.create.later')}
    </Typography>
  );
}
