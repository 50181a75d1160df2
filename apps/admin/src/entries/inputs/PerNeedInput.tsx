import { Box, IconButton, MenuItem, TextField } from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { useField } from '../../records/form/DocumentForm.tsx';
import { codeText } from '../../records/valueLines.ts';
import { needName, useWords } from '../../records/words.ts';
import { TableField } from '../../records/form/TableInput.tsx';

/** One code per need, e.g. the anonymity that holds for reports of imagery only. */
export function PerNeedInput({
  pointer,
  label,
  words,
  codes,
}: {
  pointer: string;
  label: string;
  words: string;
  codes: readonly string[];
}) {
  const say = useWords();
  const { t } = say;
  const { value = {}, set } = useField<Record<string, string>>(pointer);
  const keep = (next: Record<string, string>) => set(Object.keys(next).length === 0 ? undefined : next);
  return (
    <Box role="group" aria-label={label} data-pointer={pointer}>
      {Object.entries(value).map(([need, code]) => (
        <Box key={need} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <TextField
            select
            label={`${label}: ${needName(need, t)}`}
            value={code}
            onChange={(event) => keep({ ...value, [need]: event.target.value })}
            sx={{ minWidth: 260 }}
          >
            {codes.map((option) => (
              <MenuItem key={option} value={option}>
                {codeText(words, option, say)}
              </MenuItem>
            ))}
          </TextField>
          <IconButton
            aria-label={t('records.form.remove', { name: needName(need, t) })}
            onClick={() => {
              const { [need]: _gone, ...rest } = value;
              keep(rest);
            }}
          >
            <DeleteOutline />
          </IconButton>
        </Box>
      ))}
      <TableField
        table="need"
        label={label}
        value={undefined}
        key={Object.keys(value).length}
        onChange={(need) => need !== undefined && keep({ ...value, [need]: value[need] ?? codes[0] ?? '' })}
      />
    </Box>
  );
}
