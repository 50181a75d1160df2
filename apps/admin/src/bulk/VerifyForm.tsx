import { Box, Typography } from '@mui/material';
import { ListFact, methodOfList } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import { FactChoice } from './FactChoice.tsx';
import { NetworkField } from './NetworkForm.tsx';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

type Draft = { facts: readonly ListFact[]; network: string };

/** What one list confirms of each of them. */
export function VerifyForm({ onChange }: ActionFormProps) {
  const { t } = useWords();
  const [{ facts, network }, set] = useActionDraft<Draft>(
    { facts: [], network: '' },
    (draft) =>
      draft.facts.includes('membership') && draft.network === ''
        ? undefined
        : {
            action: 'verify',
            method: methodOfList(draft.facts),
            facts: draft.facts,
            ...(draft.facts.includes('membership') ? { network: draft.network } : {}),
          },
    onChange,
  );
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Typography>{t('bulk.verifyText')}</Typography>
      <FactChoice value={facts} onChange={(next) => set({ facts: next })}>
        {facts.includes('membership') && (
          <Box sx={{ minWidth: 180 }}>
            <NetworkField value={network} onChange={(next) => set({ network: next })} />
          </Box>
        )}
      </FactChoice>
    </Box>
  );
}
