import { Box } from '@mui/material';
import { LanguageMode } from '@waymark/domain';
import { TableField } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';
import { ChannelTypes, Choice, typesOf } from './choices.tsx';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

type Draft = { tag: string | undefined; mode: string; types: string[] };

/** One more language, on channels of some types or on all. */
export function LanguageForm({ onChange }: ActionFormProps) {
  const { t } = useWords();
  const [{ tag, mode, types }, set] = useActionDraft<Draft>(
    { tag: undefined, mode: '', types: [] },
    (draft) => ({
      action: 'add-language',
      language: { tag: draft.tag, ...(draft.mode === '' ? {} : { mode: draft.mode }) },
      ...typesOf(draft.types),
    }),
    onChange,
  );
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, '& > *': { flex: '1 1 220px' } }}>
        <TableField
          table="language"
          label={t('fields.part.language')}
          value={tag}
          onChange={(next) => set({ tag: next })}
          required
          autoFocus
        />
        <Choice
          label={t('bulk.mode')}
          words="languageMode"
          codes={LanguageMode.options}
          value={mode}
          onChange={(next) => set({ mode: next })}
          optional={t('bulk.anyMode')}
        />
      </Box>
      <ChannelTypes value={types} onChange={(next) => set({ types: next })} />
    </Box>
  );
}
