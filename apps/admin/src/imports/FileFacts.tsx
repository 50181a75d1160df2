import { useState } from 'react';
import { Alert, Box, Button, MenuItem, Paper, TextField, Typography } from '@mui/material';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { listText } from '../records/valueLines.ts';
import { useWords } from '../records/words.ts';
import type { ImportView, Profile } from './contract.ts';
import { importPath, useProfiles, useTake } from './useImports.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const DELIMITER_NAMES: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** How the file was read, with the ways to read it otherwise, and whose lists look like it. */
export function FileFacts({ view }: { view: ImportView }) {
  const { t, locale } = useWords();
  const take = useTake(view.id);
  const change = useVerb(
    (body: { reading?: { sheet?: string; delimiter?: string }; profileId?: string | null }) =>
      api.patch<ImportView>(importPath(view.id), body, { ifMatch: view.version }),
    { onDone: take },
  );
  const { format, encoding, delimiter, sheet, sheets = [] } = view.reading ?? {};
  const number = new Intl.NumberFormat(locale);
  const isOff = view.can.map !== null || change.busy;
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-label={t('imports.file.title')}
      sx={{ px: 2, py: 1.5, display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <Typography variant="body2" component="p" sx={{ m: 0 }}>
        {[
          ...(format === undefined ? [] : [t(`imports.format.${format}`)]),
          ...(encoding === undefined ? [] : [encoding.toUpperCase()]),
          ...(view.refusal
            ? []
            : [
                t('imports.file.rows', { smart_count: view.rowCount, count: number.format(view.rowCount) }),
                t('imports.file.columns', { smart_count: view.header.length }),
              ]),
        ].join(' · ')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 1, alignItems: 'flex-start' }}>
        {sheets.length > 1 && (
          <TextField
            select
            margin="none"
            label={t('imports.file.sheet')}
            value={sheet ?? ''}
            disabled={isOff}
            onChange={({ target }) => void change.run({ reading: { sheet: target.value } })}
            sx={{ minWidth: 180 }}
          >
            {sheets.map((each) => (
              <MenuItem key={each} value={each}>
                <bdi>{each}</bdi>
              </MenuItem>
            ))}
          </TextField>
        )}
        {(format === 'delimited' || view.chosen.delimiter !== undefined) && (
          <TextField
            select
            margin="none"
            label={t('imports.file.delimiter')}
            value={DELIMITERS.find((each) => each === (delimiter ?? view.chosen.delimiter)) ?? ''}
            disabled={isOff}
            onChange={({ target }) => void change.run({ reading: { delimiter: target.value } })}
            sx={{ minWidth: 180 }}
          >
            {DELIMITERS.map((each) => (
              <MenuItem key={each} value={each}>
                {t(`imports.file.${DELIMITER_NAMES[each]}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
        <ProfileChoice view={view} isOff={isOff} onChoose={(profileId) => void change.run({ profileId })} />
      </Box>
      <ProblemNote problem={change.problem} />
      <ProfileGaps gaps={view.profileGaps} />
    </Paper>
  );
}

/** Where this list and the ones before it differ in their columns: what is new is not read until somebody says what it means. */
function ProfileGaps({ gaps }: { gaps: ImportView['profileGaps'] }) {
  const { t, locale } = useWords();
  if (gaps === null || gaps.unknown.length + gaps.missing.length === 0) return null;
  return (
    <Alert severity="warning">
      {gaps.unknown.length > 0 && (
        <Box>{t('imports.profile.unknown', { columns: listText(gaps.unknown, locale) })}</Box>
      )}
      {gaps.missing.length > 0 && (
        <Box>{t('imports.profile.missing', { columns: listText(gaps.missing, locale) })}</Box>
      )}
    </Alert>
  );
}

/** Whose list this is: what was understood of it can be kept under a name, and laid on the next one. */
function ProfileChoice({
  view,
  isOff,
  onChoose,
}: {
  view: ImportView;
  isOff: boolean;
  onChoose: (id: string | null) => void;
}) {
  const { t } = useWords();
  const take = useTake(view.id);
  const profiles = useProfiles();
  const [name, setName] = useState<string>();
  const save = useVerb((called: string) => api.post<ImportView>(`${importPath(view.id)}/profile`, { name: called }), {
    done: 'imports.profile.saved',
    refresh: ['imports'],
    onDone: (saved) => {
      take(saved);
      setName(undefined);
    },
  });
  // The one in use is known before the list of all has come.
  const known: Profile[] = profiles.data ?? (view.profile ? [view.profile] : []);
  if (view.header.length === 0) return null;
  if (name !== undefined) {
    return (
      <Box
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void save.run(name.trim());
        }}
        onKeyDown={(event) => event.key === 'Escape' && setName(undefined)}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'flex-start' }}
      >
        <TextField
          autoFocus
          margin="none"
          label={t('imports.profile.name')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          helperText={t('imports.profile.help')}
          slotProps={{ htmlInput: { maxLength: 80, dir: 'auto' } }}
        />
        <ActionButton type="submit" variant="outlined" busy={save.busy} onClick={() => undefined}>
          {t('imports.profile.save')}
        </ActionButton>
        <Button onClick={() => setName(undefined)}>{t('common.action.cancel')}</Button>
        <ProblemNote problem={save.problem} />
      </Box>
    );
  }
  return (
    <>
      {known.length > 0 && (
        <TextField
          select
          margin="none"
          label={t('imports.profile.use')}
          value={view.profile?.id ?? ''}
          disabled={isOff}
          onChange={({ target }) => onChoose(target.value === '' ? null : target.value)}
          sx={{ minWidth: 220 }}
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        >
          <MenuItem value="">{t('imports.profile.none')}</MenuItem>
          {known.map((profile) => (
            <MenuItem key={profile.id} value={profile.id}>
              <bdi>{profile.name}</bdi>
            </MenuItem>
          ))}
        </TextField>
      )}
      {!isOff && (
        <Button onClick={() => setName(view.profile?.name ?? '')} sx={{ mt: 0.25 }}>
          {t(view.profile ? 'imports.profile.saveAgain' : 'imports.profile.saveAs')}
        </Button>
      )}
    </>
  );
}
