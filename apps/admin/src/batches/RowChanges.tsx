import { useState } from 'react';
import { Box, Button, Typography } from '@mui/material';
import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { ChangeRow, inOrder } from '../proposals/ChangeTable.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { useWords } from '../records/words.ts';
import type { RowProposal } from './contract.ts';

/** So many names fit on a line; the rest is a number. */
const NAMED = 4;

/** What a row would change: what people dial or open is always in sight, the rest one press away. */
export function RowChanges({ proposal, name }: { proposal: RowProposal; name: string }) {
  const words = useWords();
  const { t } = words;
  const { changes, outline, references, kind } = proposal;
  const { first, others } = inOrder(changes);
  const [isOpen, setOpen] = useState(false);
  // A change of words alone has nothing that comes first: then it is shown itself.
  const isShort = first.length === 0 && others.length <= 2;
  const shown = isOpen || isShort ? [...first, ...others] : first;
  const docs = [outline];
  const named = [...new Set(others.map(({ path }) => fieldLabel(path, words, docs)))];
  if (changes.length === 0) return <Typography variant="body2">{t('proposals.noChanges')}</Typography>;
  return (
    <Box>
      {shown.map((change) => (
        <Box key={change.path} sx={{ '&:not(:first-of-type)': { borderTop: 1, borderColor: 'divider' } }}>
          <ChangeRow change={change} references={references} docs={docs} onlyNew={kind === 'create'} />
        </Box>
      ))}
      {!isShort && others.length > 0 && (
        <Button
          size="small"
          color="inherit"
          aria-expanded={isOpen}
          aria-label={`${t(isOpen ? 'common.action.showLess' : 'common.action.showMore', { smart_count: others.length })}: ${name}`}
          startIcon={isOpen ? <ExpandLess /> : <ExpandMore />}
          onClick={() => setOpen(!isOpen)}
          sx={{ textAlign: 'start', mt: 0.5 }}
        >
          {isOpen
            ? t('common.action.showLess')
            : t('batches.others', {
                names: named.slice(0, NAMED).join(', ') + (named.length > NAMED ? ' …' : ''),
                smart_count: others.length,
              })}
        </Button>
      )}
    </Box>
  );
}
