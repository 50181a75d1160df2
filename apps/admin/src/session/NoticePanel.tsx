import { useMemo, useState } from 'react';
import { Alert, Autocomplete, Checkbox, FormControlLabel, Paper, Stack, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Kind } from '@waymark/domain';
import { api } from '../api.ts';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useTableOptions } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';

/** Which letters a person gets; `mail` says whether this server sends any. */
type NoticeChoice = { weekly: boolean; countries: string[]; kinds: string[]; languages: string[] };

/** Which letters I get: the weekly digest and what it is about. */
export function NoticePanel() {
  const { t } = useWords();
  const choice = useQuery({
    queryKey: ['notices'],
    queryFn: ({ signal }) => api.get<NoticeChoice & { mail: boolean }>('/session/notices', { signal }),
  });
  return (
    <Paper component="section" aria-labelledby="notices" variant="outlined" sx={{ p: 3 }}>
      <Typography id="notices" component="h2" variant="h2" sx={{ mb: 1 }}>
        {t('outreach.notices.title')}
      </Typography>
      {choice.isError && <ErrorState error={choice.error} onRetry={() => void choice.refetch()} />}
      {choice.data && <NoticeForm key={choice.dataUpdatedAt} saved={choice.data} />}
    </Paper>
  );
}

function NoticeForm({ saved: { mail, ...saved } }: { saved: NoticeChoice & { mail: boolean } }) {
  const { t } = useWords();
  const [choice, setChoice] = useState<NoticeChoice>(saved);
  const save = useVerb(() => api.put<NoticeChoice>('/session/notices', choice), {
    done: 'outreach.notices.done',
    refresh: ['notices'],
  });
  const countries = useTableOptions('country');
  const languages = useTableOptions('language');
  const kinds = useMemo(
    () => Kind.options.map((code) => ({ code: code as string, name: t(`vocabulary.kind.${code}`) })),
    [t],
  );
  const scope = (key: 'countries' | 'kinds' | 'languages') => ({
    label: t(`outreach.notices.${key}`),
    chosen: choice[key],
    onChange: (codes: string[]) => setChoice({ ...choice, [key]: codes }),
  });
  return (
    <Stack
      component="form"
      spacing={2}
      sx={{ maxWidth: 560 }}
      onSubmit={(event) => {
        event.preventDefault();
        void save.run(undefined);
      }}
    >
      {!mail && (
        <Alert role="note" severity="info">
          {t('outreach.notices.off')}
        </Alert>
      )}
      <FormControlLabel
        control={
          <Checkbox
            checked={choice.weekly}
            onChange={(event) => setChoice({ ...choice, weekly: event.target.checked })}
          />
        }
        label={t('outreach.notices.weekly')}
      />
      {choice.weekly && (
        <Stack component="fieldset" spacing={1.5} sx={{ border: 0, m: 0, p: 0 }}>
          <Typography component="legend" variant="body2" color="text.secondary" sx={{ mb: 1 }}>
            {t('outreach.notices.scope')}
          </Typography>
          <Codes options={countries} {...scope('countries')} />
          <Codes options={kinds} {...scope('kinds')} />
          <Codes options={languages} {...scope('languages')} />
        </Stack>
      )}
      <Typography variant="body2" color="text.secondary">
        {t('outreach.notices.duty')}
      </Typography>
      <ProblemNote problem={save.problem} />
      <div>
        <ActionButton type="submit" busy={save.busy}>
          {t('outreach.notices.save')}
        </ActionButton>
      </div>
    </Stack>
  );
}

/** Several rows of a table, found by name or code. */
function Codes({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string;
  options: readonly { code: string; name: string }[];
  chosen: readonly string[];
  onChange: (codes: string[]) => void;
}) {
  const named = chosen.map((code) => options.find((option) => option.code === code) ?? { code, name: code });
  return (
    <Autocomplete
      multiple
      options={options}
      value={named}
      onChange={(_, list) => onChange(list.map(({ code }) => code))}
      getOptionLabel={({ name }) => name}
      isOptionEqualToValue={(a, b) => a.code === b.code}
      renderInput={(params) => <TextField {...params} label={label} />}
    />
  );
}
