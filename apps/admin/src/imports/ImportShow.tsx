import { useRef, useState } from 'react';
import { Alert, Box, Button, Paper, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { api } from '../api.ts';
import { ConfirmDialog } from '../common/ConfirmDialog.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { PersonName } from '../common/PersonName.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { modKey, useShortcut } from '../common/useShortcut.ts';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { useWords } from '../records/words.ts';
import { Columns } from './Columns.tsx';
import { Committed, Report } from './Committed.tsx';
import { Constants } from './Constants.tsx';
import type { ImportView } from './contract.ts';
import { FileFacts } from './FileFacts.tsx';
import { bytesText } from './ImportList.tsx';
import { isOnPage } from './isOnPage.ts';
import { missingOf } from './mapping.ts';
import { MappingStatusText } from './MappingStatus.tsx';
import { Rows } from './Rows.tsx';
import { STEPS, Steps, type Step } from './Steps.tsx';
import { Unreadable } from './Unreadable.tsx';
import { importKey, importPath, useImport } from './useImports.ts';
import { useMapping } from './useMapping.ts';
import { WhoSaysSo } from './WhoSaysSo.tsx';

/** One file on its way into the directory: what its columns mean, what becomes of its rows, who says so. */
export function ImportShow() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useImport(id);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data || data.id !== id) return <PageSkeleton />;
  return <File key={id} view={data} />;
}

function File({ view }: { view: ImportView }) {
  const words = useWords();
  const { t } = words;
  return (
    <Page
      title={view.name}
      width="wide"
      back={{ to: '/imports', label: t('imports.title') }}
      actions={view.state === 'open' && <Discard view={view} />}
      subtitle={
        <>
          {bytesText(view.size, words)}
          {' · '}
          <PersonName name={view.authorName} />
          {' · '}
          <When at={view.createdAt} mode="relative" />
        </>
      }
    >
      {view.state === 'committed' ? (
        <Committed view={view} />
      ) : view.state === 'discarded' ? (
        <Alert severity="info">{t('imports.discard.gone')}</Alert>
      ) : view.refusal ? (
        <>
          <Unreadable
            {...view.refusal}
            action={
              <Button component={Link} to="/imports" color="inherit" size="small">
                {t('imports.result.another')}
              </Button>
            }
          />
          <Box sx={{ mt: 2 }}>
            <FileFacts view={view} />
          </Box>
        </>
      ) : (
        <Wizard view={view} />
      )}
    </Page>
  );
}

/** Three steps; which one is open follows from how far the server has come, unless somebody chose one. */
function Wizard({ view }: { view: ImportView }) {
  const { t, locale } = useWords();
  const draft = useMapping(view);
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const number = new Intl.NumberFormat(locale);
  const { undecided, state, isOutdated, digest } = view.preview;
  const isReady = state === 'ready' && !isOutdated;
  // What a person went on from: rows that were computed anew behind their back are pointed out.
  const lookedAt = useRef<string | null>(null);
  if (isReady) lookedAt.current ??= digest;
  const asked = STEPS.find((step) => step === search.get('step'));
  const usual: Step = isReady || state === 'working' ? 'rows' : 'columns';
  // Who says so is asked of rows that somebody could look at.
  const step = asked === 'commit' && !isReady ? 'rows' : (asked ?? usual);
  const go = (next: Step) => {
    lookedAt.current = digest;
    setSearch({ step: next });
  };
  const lookAgain = () => {
    void queries.invalidateQueries({ queryKey: importKey(view.id) });
    go('rows');
  };
  const goOn = async () => {
    if (step === 'columns' && (await draft.flush())) go('rows');
    if (step === 'rows' && isReady) go('commit');
  };
  useShortcut('mod+Enter', 'imports.keys.goOn', (event) => isOnPage(event) && void goOn(), {
    group: 'imports.keys.group',
    enabled: step !== 'commit',
  });
  const missing = missingOf(draft.mapping);
  return (
    <>
      <Steps
        current={step}
        reached={isReady ? 3 : 2}
        onGo={(next) => void draft.flush().then((isSaved) => isSaved && go(next))}
        notes={{
          columns: t('imports.file.columns', { smart_count: view.header.length }),
          ...(isReady && {
            rows:
              undecided > 0
                ? t('imports.step.toDecide', { smart_count: undecided, count: number.format(undecided) })
                : t('imports.file.rows', { smart_count: view.rowCount, count: number.format(view.rowCount) }),
          }),
        }}
      />
      {step === 'columns' && (
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <FileFacts view={view} />
          {view.header.length === 0 ? (
            <Alert severity="info">{t('imports.columns.documents')}</Alert>
          ) : (
            <>
              <Columns view={view} draft={draft} />
              <Constants view={view} draft={draft} />
            </>
          )}
          {missing.length > 0 && (
            <Alert severity="warning">
              {missing.map((field) => (
                <Box key={field}>{t(`imports.missing.${field}`)}</Box>
              ))}
            </Alert>
          )}
        </Box>
      )}
      {step === 'rows' && <Rows view={view} />}
      {step === 'commit' && (
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {digest !== lookedAt.current && (
            <Alert
              severity="warning"
              sx={{ maxWidth: 880 }}
              action={
                <Button color="inherit" size="small" onClick={() => go('rows')}>
                  {t('imports.step.toRows')}
                </Button>
              }
            >
              {t('imports.commit.computedAnew')}
            </Alert>
          )}
          <WhoSaysSo view={view} onStale={lookAgain} />
          <Report view={view} />
        </Box>
      )}
      {step !== 'commit' && (
        <Paper
          variant="outlined"
          sx={{
            position: 'sticky',
            bottom: 0,
            zIndex: 3,
            mt: 2.5,
            p: 1.25,
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            justifyContent: 'space-between',
            gap: 1.5,
            boxShadow: '0 -6px 24px rgba(0,0,0,.10)',
          }}
        >
          {step === 'columns' ? <MappingStatusText draft={draft} /> : <RowsLeft view={view} />}
          <ActionButton
            busy={step === 'rows' && !isReady}
            onClick={() => void goOn()}
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
            {t(step === 'columns' ? 'imports.step.toRows' : 'imports.step.toCommit')}
          </ActionButton>
        </Paper>
      )}
    </>
  );
}

function RowsLeft({ view }: { view: ImportView }) {
  const { t, locale } = useWords();
  const { undecided, state, isOutdated } = view.preview;
  const number = new Intl.NumberFormat(locale);
  return (
    <Typography variant="body2" color="text.secondary" role="status">
      {state !== 'ready' || isOutdated
        ? t('imports.preview.working')
        : undecided > 0
          ? t('imports.step.leftOut', { smart_count: undecided, count: number.format(undecided) })
          : t('imports.rows.allDecided')}
    </Typography>
  );
}

function Discard({ view }: { view: ImportView }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const discard = useVerb(() => api.post<ImportView>(`${importPath(view.id)}/discard`), {
    done: 'imports.discard.done',
    refresh: ['imports'],
    onDone: () => void navigate('/imports'),
  });
  return (
    <>
      <ActionButton
        variant="text"
        color="error"
        startIcon={<DeleteOutline />}
        refusal={view.can.discard}
        aria-haspopup="dialog"
        onClick={() => setAsking(true)}
      >
        {t('imports.discard.action')}
      </ActionButton>
      <ConfirmDialog
        open={isAsking}
        title={t('imports.discard.title')}
        action={t('imports.discard.confirm')}
        verb={discard}
        onClose={() => setAsking(false)}
      >
        <Typography>{t('imports.discard.text')}</Typography>
      </ConfirmDialog>
    </>
  );
}
