import { Box, Typography } from '@mui/material';
import { aligned, diffDocuments, pickText, type Entry, type LocalText, type Organisation } from '@waymark/domain';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { ChangeTable } from './ChangeTable.tsx';

const NOT_COMPARED = ['/id', '/slug', '/slugHistory', '/supersedes'];

/** In a merge: what of the entry that goes is kept in the one that stays, and what is lost with it. */
export function MergedRecord({ view }: { view: ProposalView }) {
  const { t, locale } = useWords();
  const merged = inItsWords(view);
  const changes = diffDocuments(merged, view.doc).filter(({ path }) => !NOT_COMPARED.includes(path));
  const name = pickText((view.merged as { names?: LocalText } | null)?.names, locale);
  return (
    <Box component="details" sx={{ mt: 3 }}>
      <Typography component="summary" variant="h2" sx={{ cursor: 'pointer' }}>
        {t('proposals.merge.compare', { name })}
      </Typography>
      <Typography color="text.secondary" sx={{ my: 1 }}>
        {t('proposals.merge.compareText')}
      </Typography>
      <ChangeTable changes={changes} references={view.references} docs={[merged, view.doc]} />
    </Box>
  );
}

/** The record that goes, its channels and sources named as in the united document: the same number is no difference. */
function inItsWords({ recordType, merged, doc }: ProposalView): unknown {
  try {
    // The type says which documents these are; a draft may lack anything.
    return recordType === 'organisation'
      ? aligned('organisation', merged as Organisation, doc as Organisation)
      : aligned('entry', merged as Entry, doc as Entry);
  } catch {
    return merged;
  }
}
