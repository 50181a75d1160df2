import { Box, Checkbox, FormControlLabel, TextField } from '@mui/material';
import { AnonymityLevel, Answer, Audience, MustNot, Need, OperationalStatus } from '@waymark/domain';
import { TableField, TablesField } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';
import { Choice, Choices } from './choices.tsx';
import { useActionDraft, type ActionFormProps } from './useActionDraft.ts';

const FIELDS = [
  'operational',
  'accepts',
  'audience',
  'ages',
  'anonymity',
  'mustNot',
  'locatedIn',
  'dataGoesTo',
  'programme',
  'priority',
  'publishTo',
] as const;
type Field = (typeof FIELDS)[number];
/** What every entry says something of, so that it cannot be taken away. */
const ALWAYS_THERE: readonly Field[] = ['operational', 'audience', 'anonymity'];
const PLACES = ['web', 'snapshot', 'hsds', 'partners'] as const;

type Draft = {
  field: Field | '';
  isTakenAway: boolean;
  code: string;
  need: string;
  codes: string[];
  text: string;
  from: string;
  to: string;
};
const EMPTY = { isTakenAway: false, code: '', need: '', codes: [], text: '', from: '', to: '' };

const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

function toAction(draft: Draft): unknown {
  return { action: 'set', field: draft.field, value: valueOf(draft) };
}

function valueOf({ field, isTakenAway, code, need, codes, text, from, to }: Draft): unknown {
  if (field === 'accepts') return { need, acceptance: isTakenAway ? null : { answer: code } };
  if (isTakenAway) return null;
  switch (field) {
    case 'operational':
      return { status: code };
    case 'anonymity':
      return { level: code };
    case 'ages':
      return from === '' && to === '' ? undefined : { min: numberOf(from), max: numberOf(to) };
    case 'audience':
    case 'mustNot':
    case 'dataGoesTo':
      return codes.length === 0 ? undefined : codes;
    case 'publishTo':
      return Object.fromEntries(PLACES.map((place) => [place, codes.includes(place)]));
    case 'priority':
      return numberOf(text);
    default:
      return text.trim() === '' ? undefined : text;
  }
}

/** One field of all of them, to one value, or to nothing. */
export function SetForm({ onChange }: ActionFormProps) {
  const { t } = useWords();
  const [draft, set] = useActionDraft<Draft>({ field: '', ...EMPTY }, toAction, onChange);
  const { field, isTakenAway } = draft;
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <TextField
        select
        label={t('bulk.field')}
        value={field}
        // The schema names the same fields.
        onChange={(event) => set({ field: event.target.value as Field | '', ...EMPTY })}
        required
        autoFocus
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        <option value="" />
        {FIELDS.map((name) => (
          <option key={name} value={name}>
            {t(`fields.${name}`)}
          </option>
        ))}
      </TextField>
      {field === 'accepts' && (
        <Choice
          label={t('fields.part.need')}
          words="need"
          codes={Need.options}
          value={draft.need}
          onChange={(need) => set({ need })}
        />
      )}
      {field !== '' && !isTakenAway && <ValueInput draft={draft} field={field} set={set} />}
      {field !== '' && !ALWAYS_THERE.includes(field) && (
        <FormControlLabel
          control={<Checkbox size="small" checked={isTakenAway} onChange={(_, on) => set({ isTakenAway: on })} />}
          label={t('bulk.takeAway')}
        />
      )}
    </Box>
  );
}

function ValueInput({ draft, field, set }: { draft: Draft; field: Field; set: (part: Partial<Draft>) => void }) {
  const { t } = useWords();
  const label = t(`fields.${field}`);
  const code = (words: string, codes: readonly string[], name = label) => (
    <Choice label={name} words={words} codes={codes} value={draft.code} onChange={(next) => set({ code: next })} />
  );
  const codes = (words: string, all: readonly string[]) => (
    <Choices label={label} words={words} codes={all} value={draft.codes} onChange={(next) => set({ codes: next })} />
  );
  const number = (name: 'from' | 'to' | 'text', text: string, most: number) => (
    <TextField
      type="number"
      label={text}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.target.value })}
      slotProps={{ htmlInput: { min: 0, max: most, inputMode: 'numeric' } }}
    />
  );
  switch (field) {
    case 'operational':
      return code('operationalStatus', OperationalStatus.options);
    case 'anonymity':
      return code('anonymity', AnonymityLevel.options);
    case 'accepts':
      return code('answer', Answer.options, t('fields.part.answer'));
    case 'audience':
      return codes('audience', Audience.options);
    case 'mustNot':
      return codes('mustNot', MustNot.options);
    case 'ages':
      return (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
          {number('from', t('fields.part.min'), 120)}
          {number('to', t('fields.part.max'), 120)}
        </Box>
      );
    case 'dataGoesTo':
      return (
        <TablesField table="country" label={label} value={draft.codes} onChange={(next) => set({ codes: next })} />
      );
    case 'locatedIn':
      return (
        <TableField
          table="country"
          label={label}
          value={draft.text === '' ? undefined : draft.text}
          onChange={(next) => set({ text: next ?? '' })}
        />
      );
    case 'priority':
      return number('text', label, 99);
    case 'programme':
      return (
        <TextField
          label={label}
          value={draft.text}
          onChange={(event) => set({ text: event.target.value })}
          slotProps={{ htmlInput: { maxLength: 80, dir: 'auto' } }}
        />
      );
    case 'publishTo':
      return (
        <Box role="group" aria-label={label} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
          {PLACES.map((place) => (
            <FormControlLabel
              key={place}
              control={
                <Checkbox
                  size="small"
                  checked={draft.codes.includes(place)}
                  onChange={(_, on) =>
                    set({ codes: on ? [...draft.codes, place] : draft.codes.filter((other) => other !== place) })
                  }
                />
              }
              label={t(`fields.part.${place}`)}
            />
          ))}
        </Box>
      );
  }
}
