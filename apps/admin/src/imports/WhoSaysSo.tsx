import { Alert, Box, ListSubheader, MenuItem, TextField, Typography } from '@mui/material';
import { EvidenceKind, EVIDENCE_KINDS, OrganisationType, SourceUrl } from '@waymark/domain';
import { useStore } from 'ra-core';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { modKey, useShortcut } from '../common/useShortcut.ts';
import { useVerb } from '../common/useVerb.ts';
import { todayIn } from '../records/form/newEvidence.ts';
import { useWords } from '../records/words.ts';
import { NO_ROWS, type CommitRequest, type ImportView } from './contract.ts';
import { Gone, type ToRetire } from './Gone.tsx';
import { isOnPage } from './isOnPage.ts';
import { importPath, useGone } from './useImports.ts';

const RELIABILITIES = ['primary', 'secondary', 'tertiary'] as const;

/** What a person typed so far; kept in the browser, for the server keeps only what is committed. */
type Typed = {
  title: string;
  kind: EvidenceKind;
  source: string;
  publisher: string;
  url: string;
  seen: string;
  organisationType: OrganisationType;
  retire: ToRetire;
};

/** Who says so, and what will happen: the last look before proposals are made. */
export function WhoSaysSo({ view, onStale }: { view: ImportView; onStale: () => void }) {
  const { t } = useWords();
  const called = view.profile?.name ?? view.name.replace(/\.[a-z]+$/i, '');
  const [typed, setTyped] = useStore<Typed>(`imports.commit.${view.id}`, {
    title: called.slice(0, 200),
    kind: 'partner-attestation',
    source: called.slice(0, 300),
    publisher: view.profile?.name ?? '',
    url: '',
    seen: todayIn(new Date()),
    organisationType: 'ngo',
    retire: {},
  });
  const set = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const { digest, toPropose } = view.preview;
  const counts = view.preview.counts ?? NO_ROWS;
  const commit = useVerb((request: CommitRequest) => api.post(`${importPath(view.id)}/commit`, request), {
    done: 'imports.commit.done',
    refresh: ['imports', 'proposals', 'batches', 'audit'],
  });
  const isUrl = typed.url === '' || SourceUrl.safeParse(typed.url).success;
  const missing =
    typed.title.trim() === ''
      ? 'imports.commit.titleFirst'
      : typed.source.trim() === ''
        ? 'imports.commit.sourceFirst'
        : isUrl
          ? undefined
          : 'imports.commit.urlWrong';
  // What was ticked of an earlier computation may be back in the list.
  const gone = useGone(view.id, digest, view.preview.since?.gone ?? 0);
  const retire = (gone.data?.data ?? []).flatMap(({ id }) => {
    const reason = typed.retire?.[id];
    return reason === undefined ? [] : [{ id, reason }];
  });
  const isNothing = toPropose === 0 && retire.length === 0;
  const isOff = missing !== undefined || view.can.commit !== null || digest === null || isNothing;
  const send = () => {
    if (isOff) return;
    void commit.run({
      digest,
      title: typed.title.trim(),
      evidence: {
        kind: typed.kind,
        title: typed.source.trim(),
        ...(typed.publisher.trim() === '' ? {} : { publisher: typed.publisher.trim() }),
        ...(typed.url === '' ? {} : { url: typed.url }),
        ...(typed.seen === '' ? {} : { capturedAt: typed.seen }),
      },
      ...(counts.new > 0 && { organisationType: typed.organisationType }),
      ...(retire.length > 0 && { retire }),
    });
  };
  useShortcut('mod+Enter', 'imports.keys.commit', (event) => isOnPage(event) && send(), {
    group: 'imports.keys.group',
  });
  const isStale = commit.problem?.code === 'stale-content';
  const reliability = EVIDENCE_KINDS[typed.kind];
  return (
    <Panel title={t('imports.commit.title')} sx={{ maxWidth: 880 }}>
      <Box
        component="form"
        aria-label={t('imports.commit.title')}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        <Typography color="text.secondary" sx={{ mt: -1, maxWidth: '72ch' }}>
          {t('imports.commit.text')}
        </Typography>
        <Box
          sx={{
            display: 'grid',
            columnGap: 2,
            rowGap: 0.5,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          <TextField
            label={t('imports.commit.source')}
            value={typed.source}
            onChange={({ target }) => set({ source: target.value })}
            required
            autoFocus
            helperText={t('imports.commit.sourceHelp')}
            slotProps={{ htmlInput: { maxLength: 300, dir: 'auto' } }}
          />
          <TextField
            select
            label={t('imports.commit.kind')}
            value={typed.kind}
            onChange={({ target }) => set({ kind: EvidenceKind.parse(target.value) })}
            helperText={t(`imports.commit.reliability.${reliability}`)}
          >
            {RELIABILITIES.flatMap((each) => [
              <ListSubheader key={each}>{t(`vocabulary.reliability.${each}`)}</ListSubheader>,
              ...EvidenceKind.options
                .filter((kind) => EVIDENCE_KINDS[kind] === each)
                .map((kind) => (
                  <MenuItem key={kind} value={kind}>
                    {t(`vocabulary.evidenceKind.${kind}`)}
                  </MenuItem>
                )),
            ])}
          </TextField>
          <TextField
            label={t('imports.commit.publisher')}
            value={typed.publisher}
            onChange={({ target }) => set({ publisher: target.value })}
            slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
          />
          <TextField
            label={t('imports.commit.seen')}
            type="date"
            value={typed.seen}
            onChange={({ target }) => set({ seen: target.value })}
            slotProps={{ inputLabel: { shrink: true }, htmlInput: { max: todayIn(new Date()) } }}
          />
          <TextField
            label={t('imports.commit.url')}
            value={typed.url}
            onChange={({ target }) => set({ url: target.value.trim() })}
            error={!isUrl}
            placeholder="https://"
            slotProps={{ htmlInput: { dir: 'ltr', inputMode: 'url', spellCheck: false } }}
          />
          {counts.new > 0 && (
            <TextField
              select
              label={t('imports.commit.organisationType')}
              value={typed.organisationType}
              onChange={({ target }) => set({ organisationType: OrganisationType.parse(target.value) })}
              helperText={t('imports.commit.organisationTypeHelp')}
            >
              {OrganisationType.options.map((type) => (
                <MenuItem key={type} value={type}>
                  {t(`vocabulary.organisationType.${type}`)}
                </MenuItem>
              ))}
            </TextField>
          )}
          <TextField
            label={t('imports.commit.batchTitle')}
            value={typed.title}
            onChange={({ target }) => set({ title: target.value })}
            required
            helperText={t('imports.commit.batchTitleHelp')}
            slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
          />
        </Box>
        <Gone view={view} picked={typed.retire ?? {}} onPick={(picked) => set({ retire: picked })} />
        <WhatWillHappen view={view} retired={retire.length} />
        {isStale ? (
          <Alert
            severity="warning"
            role="alert"
            action={
              <ActionButton variant="text" color="inherit" size="small" onClick={onStale}>
                {t('imports.preview.again')}
              </ActionButton>
            }
          >
            {t('imports.commit.stale')}
          </Alert>
        ) : (
          <ProblemNote problem={commit.problem} />
        )}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
          <ActionButton
            size="large"
            type="submit"
            busy={commit.busy}
            refusal={view.can.commit}
            {...(isOff && { 'aria-disabled': true, 'aria-describedby': 'commit-why' })}
            onClick={() => undefined}
            hint={
              <Box
                component="kbd"
                aria-hidden
                sx={{ marginInlineStart: 1, display: { xs: 'none', md: 'inline-block' } }}
              >
                {modKey()} ↵
              </Box>
            }
          >
            {t('imports.commit.action', { smart_count: toPropose + retire.length })}
          </ActionButton>
          {missing !== undefined && (
            <Typography id="commit-why" variant="body2" color="text.secondary">
              {t(missing)}
            </Typography>
          )}
        </Box>
      </Box>
    </Panel>
  );
}

/** What committing does, in a sentence for each sort of row. */
function WhatWillHappen({ view, retired }: { view: ImportView; retired: number }) {
  const { t, locale } = useWords();
  const { toPropose, undecided } = view.preview;
  const counts = view.preview.counts ?? NO_ROWS;
  const number = new Intl.NumberFormat(locale);
  const say = (key: string, count: number) =>
    t(`imports.commit.${key}`, { smart_count: count, count: number.format(count) });
  const others = [
    ...(retired > 0 ? [say('retired', retired)] : []),
    ...(counts.duplicate > 0 ? [say('duplicates', counts.duplicate)] : []),
    ...(counts.reject > 0 ? [say('rejected', counts.reject)] : []),
    ...(undecided > 0 ? [say('undecided', undecided)] : []),
  ];
  return (
    <Alert severity={toPropose + retired === 0 ? 'warning' : 'info'}>
      <Box component="strong">{toPropose === 0 ? t('imports.commit.nothing') : say('willPropose', toPropose)}</Box>
      {others.length > 0 && <Box>{others.join(' ')}</Box>}
      {toPropose + retired > 0 && <Box>{t('imports.commit.nothingYet')}</Box>}
    </Alert>
  );
}
