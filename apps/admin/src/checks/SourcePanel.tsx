import { useState } from 'react';
import { Box, Button, IconButton, Paper, Skeleton, TextField, Tooltip, Typography } from '@mui/material';
import AddLink from '@mui/icons-material/AddLink';
import Check from '@mui/icons-material/CheckCircle';
import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import DoneAll from '@mui/icons-material/DoneAll';
import OpenInNew from '@mui/icons-material/OpenInNew';
import { useQuery } from '@tanstack/react-query';
import { coversPath, hostOf, SourceUrl, type Change, type Evidence } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { When } from '../common/When.tsx';
import type { RecordView } from '../contract.ts';
import { EvidenceItem } from '../records/EvidenceItem.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { freeId, titleOf, todayIn } from '../records/form/newEvidence.ts';
import { useRevisions } from '../records/useSince.ts';
import { ValueLines } from '../records/ValueLines.tsx';
import { useWords } from '../records/words.ts';
import { methodOfSource } from './sources.ts';

/** Where it can be seen: the sources, what changed in the directory since each was seen, and the one that is looked at now. */
export function SourcePanel({
  view,
  sources,
  source,
  taken,
  left,
  total,
  busy,
  mayCheck,
  onOpen,
  onTake,
  onChoose,
  onAdd,
  onAll,
  previous,
  next,
}: {
  view: RecordView<'entry'>;
  sources: readonly Evidence[];
  source: Evidence | undefined;
  /** Sources opened or taken as seen in this sitting. */
  taken: ReadonlySet<string>;
  left: number;
  total: number;
  busy: boolean;
  mayCheck: boolean;
  onOpen: (source: Evidence) => void;
  onTake: (source: Evidence) => void;
  onChoose: (id: string) => void;
  onAdd: (source: Evidence) => void;
  onAll: () => void;
  previous: string | null;
  next: string | null;
}) {
  const { t } = useWords();
  return (
    <Box
      component="section"
      aria-label={t('checks.sources')}
      sx={{
        minWidth: 0,
        display: 'grid',
        gap: 1.25,
        gridTemplateColumns: 'minmax(0,1fr)',
        position: { lg: 'sticky' },
        top: 80,
        maxHeight: { lg: 'calc(100vh - 96px)' },
        overflowY: { lg: 'auto' },
        // Focus rings of what touches the edge stay in sight.
        p: { lg: 0.5 },
        m: { lg: -0.5 },
      }}
    >
      <Typography variant="h2">{t('checks.sources')}</Typography>
      {sources.length === 0 && <Typography color="text.secondary">{t('checks.source.none')}</Typography>}
      {sources.map((each) => {
        const isChosen = each.id === source?.id;
        return (
          <Paper
            key={each.id}
            variant="outlined"
            component="article"
            aria-label={each.title}
            aria-current={isChosen || undefined}
            onClick={isChosen ? undefined : () => onChoose(each.id)}
            sx={{
              p: 1.5,
              minWidth: 0,
              cursor: isChosen ? 'default' : 'pointer',
              borderColor: isChosen ? 'primary.main' : undefined,
            }}
          >
            <EvidenceItem evidence={each} />
            {methodOfSource(each) === undefined && (
              <Typography variant="body2" sx={{ color: 'warning.main', mt: 0.5 }}>
                {t('checks.source.tertiary')}
              </Typography>
            )}
            {isChosen && <SinceThen view={view} source={each} />}
            {isChosen ? (
              <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.25, alignItems: 'center' }}>
                {each.url !== undefined && (
                  <Button size="small" variant="outlined" startIcon={<OpenInNew />} onClick={() => onOpen(each)}>
                    {t('checks.source.open')} <Key text="O" />
                  </Button>
                )}
                {taken.has(each.id) ? (
                  <Typography
                    component="span"
                    variant="body2"
                    role="status"
                    sx={{
                      display: 'inline-flex',
                      gap: 0.5,
                      alignItems: 'center',
                      color: 'success.main',
                      fontWeight: 600,
                    }}
                  >
                    <Check aria-hidden fontSize="small" />
                    {t('checks.source.taken')}
                  </Typography>
                ) : (
                  mayCheck && (
                    <Button size="small" onClick={() => onTake(each)}>
                      {t('checks.source.take')} <Key text="S" />
                    </Button>
                  )
                )}
              </Box>
            ) : (
              <Button size="small" sx={{ mt: 0.5 }} onClick={() => onChoose(each.id)}>
                {t('checks.source.use')}
              </Button>
            )}
          </Paper>
        );
      })}
      {mayCheck && <OtherSource taken={sources} onAdd={onAdd} />}
      <Paper
        variant="outlined"
        sx={{ p: 1.25, display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', position: 'sticky', bottom: 0 }}
      >
        <Typography variant="body2" role="status" sx={{ flex: '1 1 auto' }}>
          {t('checks.progress', { done: total - left, total })}
        </Typography>
        {mayCheck && left > 0 && (
          <Button
            variant={source && taken.has(source.id) ? 'contained' : 'outlined'}
            size="small"
            startIcon={<DoneAll />}
            onClick={onAll}
            disabled={busy}
            aria-busy={busy}
          >
            {t('checks.all', { smart_count: left })} <Key text="A" />
          </Button>
        )}
        <Box sx={{ display: 'flex', marginInlineStart: 'auto' }}>
          <Neighbour to={previous} label={t('checks.keys.previous')} isNext={false} />
          <Neighbour to={next} label={t('checks.keys.next')} isNext />
        </Box>
      </Paper>
    </Box>
  );
}

/** What of the facts this source speaks for was changed in the directory after it was seen last. */
function SinceThen({ view, source }: { view: RecordView<'entry'>; source: Evidence }) {
  const words = useWords();
  const { t } = words;
  const seenAt = source.capturedAt;
  const revisions = useRevisions('entries', view.id);
  // A day without an hour: the whole day counts as seen.
  const until = seenAt === undefined ? undefined : seenAt.length === 10 ? `${seenAt}T23:59:59.999Z` : seenAt;
  const all = revisions.data ?? [];
  const from = all.find(({ at }) => until !== undefined && at <= until)?.revision ?? all.at(-1)?.revision;
  const compared = useQuery({
    queryKey: ['entries', 'compare', view.id, from, view.revision],
    enabled: from !== undefined && from !== view.revision,
    queryFn: ({ signal }) =>
      api.get<{ changes: Change[] }>(`/entries/${view.id}/compare`, { query: { from, to: view.revision }, signal }),
  });
  if (seenAt === undefined || revisions.isPending) return null;
  if (from !== view.revision && compared.isPending) return <Skeleton width="80%" />;
  const changes = (from === view.revision ? [] : (compared.data?.changes ?? [])).filter(
    ({ path, class: kind }) =>
      kind !== 'evidence' && kind !== 'internal' && source.supports.some((supported) => coversPath(supported, path)),
  );
  return (
    <Box sx={{ mt: 1, pt: 1, borderTop: 1, borderColor: 'divider', typography: 'body2' }}>
      <Box sx={{ color: 'text.secondary' }}>
        {changes.length === 0 ? t('checks.since.nothing') : t('checks.since.changed', { smart_count: changes.length })}{' '}
        (<When at={seenAt} />)
      </Box>
      {changes.length > 0 && (
        <Box component="dl" sx={{ m: 0, mt: 0.5, '& dd': { m: 0 } }}>
          {changes.map(({ path, before, after }) => (
            <Box key={path} sx={{ mt: 0.5 }}>
              <Box component="dt" sx={{ color: 'text.secondary' }}>
                {fieldLabel(path, words, [view.doc])}
              </Box>
              <Box component="dd" sx={{ px: 0.75, bgcolor: 'var(--wm-old)', color: 'var(--wm-old-text)' }}>
                <span className="visually-hidden">{t('checks.since.before')}</span>
                <ValueLines path={path} value={before} references={view.references} />
              </Box>
              <Box component="dd" sx={{ px: 0.75, bgcolor: 'var(--wm-new)', color: 'var(--wm-new-text)' }}>
                <span className="visually-hidden">{t('checks.since.now')}</span>
                <ValueLines path={path} value={after} references={view.references} />
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}

/** Another page than those known: pasted, and taken as what was looked at. */
function OtherSource({ taken, onAdd }: { taken: readonly Evidence[]; onAdd: (source: Evidence) => void }) {
  const { t } = useWords();
  const [url, setUrl] = useState('');
  const address = url.trim();
  const isUrl = SourceUrl.safeParse(address).success && hostOf(address)?.includes('.') === true;
  const add = () => {
    if (!isUrl) return;
    onAdd({
      id: freeId(hostOf(address)?.replace(/^www\./, '') ?? 'page', taken),
      kind: 'official-page',
      url: address,
      title: titleOf(address),
      capturedAt: todayIn(new Date()),
      sensitivity: 'public',
      supports: [],
    });
    setUrl('');
  };
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <TextField
        label={t('checks.source.other')}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
        error={url !== '' && !isUrl}
        margin="none"
        placeholder="https://"
        sx={{ flex: 1 }}
        slotProps={{ htmlInput: { dir: 'ltr', inputMode: 'url', spellCheck: false } }}
      />
      <Button variant="outlined" startIcon={<AddLink />} onClick={add} disabled={!isUrl} sx={{ minHeight: 40 }}>
        {t('checks.source.add')}
      </Button>
    </Box>
  );
}

function Key({ text }: { text: string }) {
  return (
    <Box component="kbd" aria-hidden sx={{ marginInlineStart: 1, display: { xs: 'none', md: 'inline-block' } }}>
      {text}
    </Box>
  );
}

function Neighbour({ to, label, isNext }: { to: string | null; label: string; isNext: boolean }) {
  const Icon = isNext ? ChevronRight : ChevronLeft;
  if (to === null) return null;
  return (
    <Tooltip title={`${label} (${isNext ? 'j' : 'k'})`}>
      <IconButton component={Link} to={to} aria-label={label} sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }}>
        <Icon />
      </IconButton>
    </Tooltip>
  );
}
