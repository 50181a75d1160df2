import { useState } from 'react';
import { Alert, Box, Button, MenuItem, Paper, TextField, Typography } from '@mui/material';
import { Panel } from '../common/Panel.tsx';
import { TableField } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';
import { Cell, CertaintySign, useCodeText } from './Code.tsx';
import { FIELDS, type Field, type Guess, type ImportView, type MappedColumn } from './contract.ts';
import { isChosen, withField, withLanguage } from './mapping.ts';
import type { MappingDraft } from './useMapping.ts';

const FIELD_NAMES = Object.keys(FIELDS).filter((name): name is Field => name in FIELDS);
/** Texts whose language matters; for others it says nothing. */
const IN_A_LANGUAGE: readonly Field[] = ['name', 'otherName', 'summary'];

/** What each column means: as it was guessed, with how sure and why, to be corrected. */
export function Columns({ view, draft }: { view: ImportView; draft: MappingDraft }) {
  const { t } = useWords();
  const [freed, setFreed] = useState<string>();
  const { mapping } = draft;
  const choose = (at: number, field: Field | null) => {
    const next = withField(mapping, at, field);
    setFreed(next.freed);
    draft.set(next.mapping);
  };
  return (
    <Panel title={t('imports.columns.title')}>
      <Typography color="text.secondary" sx={{ mt: -1, mb: 1.5, maxWidth: '72ch' }}>
        {t('imports.columns.text')}
      </Typography>
      <Box role="status">
        {freed !== undefined && (
          <Alert severity="info" sx={{ mb: 1.5 }}>
            {t('imports.columns.freed', { header: freed })}
          </Alert>
        )}
      </Box>
      <Box
        component="ul"
        aria-label={t('imports.columns.title')}
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        {mapping.columns.map((column, at) => (
          <ColumnRow
            // Two columns may have one name.
            key={`${at} ${column.header}`}
            at={at}
            column={column}
            guess={view.guess.find((each) => each.column === at)}
            isChosen={isChosen(
              mapping,
              view.guess.find((each) => each.column === at),
              at,
            )}
            isNew={view.profileGaps?.unknown.includes(column.header) ?? false}
            isOff={view.can.map !== null}
            onField={(field) => choose(at, field)}
            onLanguage={(language) => draft.set(withLanguage(mapping, at, language))}
          />
        ))}
      </Box>
    </Panel>
  );
}

function ColumnRow({
  at,
  column,
  guess,
  isChosen,
  isNew,
  isOff,
  onField,
  onLanguage,
}: {
  at: number;
  column: MappedColumn;
  guess: Guess | undefined;
  isChosen: boolean;
  /** The lists of this partner had no such column. */
  isNew: boolean;
  isOff: boolean;
  onField: (field: Field | null) => void;
  onLanguage: (language: string | undefined) => void;
}) {
  const { t } = useWords();
  const say = useCodeText();
  const name = column.header.trim() === '' ? t('imports.columns.unnamed', { number: at + 1 }) : column.header;
  const samples = (guess?.samples ?? []).filter((text) => text.trim() !== '').slice(0, 3);
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{
        px: 1.5,
        py: 1.25,
        display: 'grid',
        columnGap: 2,
        rowGap: 1,
        alignItems: 'start',
        gridTemplateColumns: {
          xs: 'minmax(0, 1fr)',
          md: 'minmax(0, 1.1fr) minmax(0, 1.6fr) minmax(0, 1.5fr) minmax(0, 1.3fr)',
        },
        ...(column.field === null && { bgcolor: 'background.default' }),
      }}
    >
      <Typography variant="h3" sx={{ overflowWrap: 'anywhere', pt: { md: 0.5 } }}>
        <bdi>{name}</bdi>
      </Typography>
      <Box sx={{ minWidth: 0, typography: 'body2', color: 'text.secondary', pt: { md: 0.5 } }}>
        {samples.length === 0 ? (
          <Box component="span" sx={{ fontStyle: 'italic' }}>
            {t('imports.columns.noSamples')}
          </Box>
        ) : (
          samples.map((text, i) => <Cell key={`${i} ${text}`} text={text} isOneLine />)
        )}
      </Box>
      <Box sx={{ minWidth: 0, display: 'grid', gap: 0.5 }}>
        <TextField
          select
          fullWidth
          margin="none"
          label={t('imports.columns.means', { header: name })}
          value={column.field ?? ''}
          disabled={isOff}
          onChange={({ target }) => onField(FIELD_NAMES.find((field) => field === target.value) ?? null)}
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        >
          <MenuItem value="">{t('imports.columns.notRead')}</MenuItem>
          {FIELD_NAMES.map((field) => (
            <MenuItem key={field} value={field}>
              {t(`imports.field.${field}`)}
            </MenuItem>
          ))}
        </TextField>
        {column.field !== null && IN_A_LANGUAGE.includes(column.field) && !isOff && (
          <TableField
            table="language"
            label={t('imports.columns.language')}
            value={column.language}
            onChange={onLanguage}
          />
        )}
      </Box>
      <Box sx={{ minWidth: 0, typography: 'body2', pt: { md: 0.5 } }}>
        {isChosen ? (
          <>
            <Box component="span" sx={{ display: 'block', fontWeight: 600 }}>
              {t(isNew && column.field === null ? 'imports.columns.new' : 'imports.columns.chosen')}
            </Box>
            {guess && !isOff && (
              <Button size="small" sx={{ px: 0.5, mx: -0.5, minHeight: 28 }} onClick={() => onField(guess.field)}>
                {t('imports.columns.backTo', {
                  field: t(guess.field === null ? 'imports.columns.notRead' : `imports.field.${guess.field}`),
                })}
              </Button>
            )}
          </>
        ) : (
          guess && (
            <>
              <CertaintySign certainty={guess.certainty} />
              <Box component="span" sx={{ display: 'block', color: 'text.secondary' }}>
                {say('guess', { code: guess.reason, message: guess.message })}
              </Box>
            </>
          )
        )}
      </Box>
    </Paper>
  );
}
