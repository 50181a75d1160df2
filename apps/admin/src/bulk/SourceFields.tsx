import { Box, TextField } from '@mui/material';
import { EvidenceKind, SourceUrl, type SharedEvidence } from '@waymark/domain';
import { titleOf, todayIn } from '../records/form/newEvidence.ts';
import { useWords } from '../records/words.ts';
import { Choice } from './choices.tsx';

/** One source that speaks for many entries, as it is being written. */
export type SourceDraft = { kind: EvidenceKind; url: string; title: string; seen: string };

export const emptySource = (kind: EvidenceKind): SourceDraft => ({
  kind,
  url: '',
  title: '',
  seen: todayIn(new Date()),
});

const isUrl = (url: string): boolean => SourceUrl.safeParse(url.trim()).success;

/** The source as it can be kept; undefined while it is neither an address nor a title. */
export function toEvidence({ kind, url, title, seen }: SourceDraft): SharedEvidence | undefined {
  const address = url.trim();
  if (address !== '' && !isUrl(address)) return undefined;
  const name = title.trim() === '' ? titleOf(address) : title.trim();
  if (name === '') return undefined;
  return {
    kind,
    title: name,
    sensitivity: 'public',
    ...(address === '' ? {} : { url: address }),
    ...(seen === '' ? {} : { capturedAt: seen }),
  };
}

/** Where it can be seen: address, title, day. With `kinds` also what sort of source it is. */
export function SourceFields({
  value,
  onChange,
  kinds,
  required = false,
  autoFocus = false,
}: {
  value: SourceDraft;
  onChange: (source: SourceDraft) => void;
  kinds?: readonly EvidenceKind[];
  required?: boolean;
  autoFocus?: boolean;
}) {
  const { t } = useWords();
  const { kind, url, title, seen } = value;
  const set = (part: Partial<SourceDraft>) => onChange({ ...value, ...part });
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, '& > *': { flex: '1 1 240px' } }}>
      {kinds && (
        <Choice
          label={t('bulk.sourceKind')}
          words="evidenceKind"
          codes={kinds}
          value={kind}
          onChange={(next) => set({ kind: EvidenceKind.catch(kind).parse(next) })}
        />
      )}
      <TextField
        label={t(kinds ? 'records.evidence.url' : 'due.bulk.url')}
        value={url}
        onChange={(event) => set({ url: event.target.value })}
        error={url !== '' && !isUrl(url)}
        required={required}
        autoFocus={autoFocus}
        placeholder="https://"
        slotProps={{ htmlInput: { dir: 'ltr', inputMode: 'url', spellCheck: false } }}
      />
      <TextField
        label={t(kinds ? 'fields.part.title' : 'due.bulk.listTitle')}
        value={title}
        onChange={(event) => set({ title: event.target.value })}
        slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
      />
      <TextField
        label={t('due.bulk.seen')}
        type="date"
        value={seen}
        onChange={(event) => set({ seen: event.target.value })}
        slotProps={{ inputLabel: { shrink: true }, htmlInput: { max: todayIn(new Date()) } }}
      />
    </Box>
  );
}
