import { Box, Typography } from '@mui/material';
import { diffDocuments, pickText, type LocalText } from '@waymark/domain';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { ChangeTable } from './ChangeTable.tsx';

const NOT_COMPARED = ['/id', '/slug', '/slugHistory', '/supersedes'];

/** In a merge: what of the entry that goes is kept in the one that stays, and what is lost with it. */
export function MergedRecord({ view }: { view: ProposalView }) {
  const { t, locale } = useWords();
  const changes = diffDocuments(view.merged, view.doc).filter(({ path }) => !NOT_COMPARED.includes(path));
  const name = pickText((view.merged as { names?: LocalText } | null)?.names, locale);
  return (
    <Box component="details" sx={{ mt: 3 }}>
      <Typography component="summary" variant="h2" sx={{ cursor: 'pointer' }}>
        {t('proposals.merge.compare', { name })}
      </Typography>
      <Typography color="text.secondary" sx={{ my: 1 }}>
        {t('proposals.merge.compareText')}
      </Typography>
      <ChangeTable changes={changes} references={view.references} docs={[view.merged, view.doc]} />
    </Box>
  );
}
