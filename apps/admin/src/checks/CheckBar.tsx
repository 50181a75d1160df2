import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import type { Method, Refusal } from '@waymark/domain';
import { ActionButton, RefusalNote, useRefusalText } from '../common/RefusalNote.tsx';
import { useWords } from '../records/words.ts';
import type { Unit } from './units.ts';

/** Why a key did nothing: a rule, or what a look of this kind needs first. */
export type Hint = Pick<Refusal, 'code' | 'detail'> | 'open-first' | 'note-first';

/** The four decisions on a unit with their keys, how one looked, and a note for whoever looks next. */
export function CheckBar({
  unit,
  method,
  methods,
  refusalOf,
  onMethod,
  note,
  onNote,
  hint,
  busy,
  mayCheck,
  onConfirm,
  onChanged,
  onNotReached,
  onGone,
}: {
  unit: Unit;
  method: Method;
  methods: readonly Method[];
  refusalOf: (method: Method) => Refusal | undefined;
  onMethod: (method: Method) => void;
  note: string;
  onNote: (note: string) => void;
  /** Why the last key did nothing. */
  hint: Hint | undefined;
  busy: boolean;
  mayCheck: boolean;
  onConfirm: () => void;
  onChanged: () => void;
  onNotReached: () => void;
  onGone: () => void;
}) {
  const { t } = useWords();
  const say = useRefusalText();
  if (!mayCheck) {
    return (
      <Box sx={{ mt: 1.5 }}>
        <RefusalNote refusal={{ code: 'not-permitted' }} />
      </Box>
    );
  }
  return (
    <Box
      // A click on a control of the bar is no choice of the unit around it.
      onClick={(event) => event.stopPropagation()}
      sx={{ mt: 1.5, pt: 1.5, borderTop: 1, borderColor: 'divider' }}
    >
      <Box
        role="group"
        aria-label={t('checks.decide')}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, '& .MuiButton-root': { px: 1 } }}
      >
        <ActionButton busy={busy} hint={<Key text="Y" />} onClick={onConfirm}>
          {t('checks.decision.confirm')}
        </ActionButton>
        <Button variant="outlined" onClick={onChanged} disabled={busy}>
          {t('checks.decision.changed')} <Key text="E" />
        </Button>
        <Button variant="outlined" onClick={onNotReached} disabled={busy}>
          {t(unit.kind === 'channel' ? 'checks.decision.notReached' : 'checks.decision.notFound')} <Key text="N" />
        </Button>
        <Button variant="outlined" color="error" onClick={onGone} disabled={busy}>
          {t('checks.decision.gone')} <Key text="X" />
        </Button>
      </Box>
      <Box role="status" sx={{ mt: hint ? 1 : 0 }}>
        {hint === 'open-first' || hint === 'note-first' ? (
          <Typography variant="body2" sx={{ color: 'warning.main', fontWeight: 600 }}>
            {t(hint === 'open-first' ? 'checks.openFirst' : 'checks.noteFirst')}
          </Typography>
        ) : (
          hint && <RefusalNote refusal={hint} />
        )}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, mt: 0.5 }}>
        <TextField
          select
          label={t('checks.how')}
          value={method}
          onChange={(event) => {
            const wanted = methods.find((each) => each === event.target.value);
            if (wanted) onMethod(wanted);
          }}
          sx={{ flex: '1 1 220px', minWidth: 0 }}
        >
          {methods.map((each) => {
            const refusal = refusalOf(each);
            return (
              <MenuItem key={each} value={each} disabled={refusal !== undefined} sx={{ whiteSpace: 'normal' }}>
                <span>
                  {t(`checks.method.${each}`)}
                  {refusal && (
                    <Box component="span" sx={{ display: 'block', typography: 'caption' }}>
                      {say(refusal)}
                    </Box>
                  )}
                </span>
              </MenuItem>
            );
          })}
        </TextField>
        <TextField
          label={t('checks.note')}
          value={note}
          onChange={(event) => onNote(event.target.value)}
          sx={{ flex: '2 1 240px', minWidth: 0 }}
          slotProps={{ htmlInput: { maxLength: 1000, dir: 'auto' } }}
        />
      </Box>
    </Box>
  );
}

function Key({ text }: { text: string }) {
  return (
    <Box component="kbd" aria-hidden sx={{ marginInlineStart: 0.625, display: { xs: 'none', md: 'inline-block' } }}>
      {text}
    </Box>
  );
}
