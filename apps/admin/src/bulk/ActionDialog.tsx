import { useMemo, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  TextField,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { EvidenceKind, type BulkAction } from '@waymark/domain';
import { api, problemOf } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';
import { ActionForm } from './ActionForm.tsx';
import { isProposal } from './actions.ts';
import type { ActionName, BulkPreview, BulkReceipt, BulkRequest, Outcome, Selection } from './contract.ts';
import { Preview } from './Preview.tsx';
import { Receipt } from './Receipt.tsx';
import { emptySource, SourceFields, toEvidence } from './SourceFields.tsx';

const PER_PAGE = 10;
/** What to look at: the request as it was when somebody asked, and the window of its rows. */
type Asked = { request: BulkRequest; outcome: Outcome | undefined; page: number };

/** One action on many entries: said, looked at row by row, then done as it was seen. */
export function ActionDialog({
  name,
  selection,
  count,
  onClose,
}: {
  name: ActionName;
  selection: Selection;
  count: number;
  onClose: (isDone: boolean) => void;
}) {
  const { t, locale } = useWords();
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  // As it was chosen: the list behind the dialog may move on.
  const [chosen] = useState(selection);
  const [action, setAction] = useState<BulkAction | undefined>(name === 'submit' ? { action: 'submit' } : undefined);
  const [source, setSource] = useState(emptySource(name === 'verify' ? 'official-register' : 'official-page'));
  const [title, setTitle] = useState(t(`bulk.action.${name}`).replace(/\s*…$/, ''));
  const [asked, setAsked] = useState<Asked>();
  const evidence = name === 'verify' || isProposal(name) ? toEvidence(source) : undefined;
  const preview = useQuery({
    queryKey: ['bulk', 'preview', asked],
    queryFn: ({ signal }) =>
      api.post<BulkPreview>(
        '/bulk/preview',
        {
          ...asked?.request,
          ...(asked?.outcome === undefined ? {} : { outcomes: [asked.outcome] }),
          page: asked?.page,
          perPage: PER_PAGE,
        },
        { signal },
      ),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: false,
    gcTime: 0,
  });
  const seen = asked ? preview.data : undefined;
  const doable = seen ? seen.counts.review + seen.counts.draft + seen.counts.done : 0;
  // One key for what was seen: pressing twice does it once.
  const key = useMemo(() => crypto.randomUUID(), [seen?.digest]); // eslint-disable-line react-hooks/exhaustive-deps -- another preview, another order
  const order = useVerb(
    () =>
      api.post<BulkReceipt>(
        '/bulk',
        { ...asked?.request, digest: seen?.digest, ...(isProposal(name) ? { title: title.trim() } : {}) },
        { idempotencyKey: key },
      ),
    { refresh: ['entries', 'proposals', 'batches', 'due'] },
  );
  const [receipt, setReceipt] = useState<BulkReceipt>();

  /** What is changed now was not looked at. */
  const change = (apply: () => void) => {
    apply();
    setAsked(undefined);
    order.clear();
  };
  const why = !action
    ? 'bulk.needValue'
    : name === 'verify' && !evidence
      ? 'due.bulk.needUrl'
      : isProposal(name) && title.trim() === ''
        ? 'bulk.needTitle'
        : seen && doable === 0
          ? 'bulk.needRows'
          : undefined;
  const look = () =>
    action &&
    setAsked({ request: { selection: chosen, action, ...(evidence && { evidence }) }, outcome: undefined, page: 1 });
  const close = () => onClose(receipt !== undefined);
  const shown = new Intl.NumberFormat(locale).format(count);
  return (
    <Dialog
      open
      onClose={order.busy ? undefined : close}
      maxWidth="md"
      fullWidth
      fullScreen={isNarrow}
      aria-labelledby="bulk-title"
    >
      <DialogTitle id="bulk-title">
        {t(`bulk.title.${name}`)} · {t('bulk.entries', { smart_count: count, count: shown })}
      </DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)', alignContent: 'start' }}>
        {receipt ? (
          <Receipt receipt={receipt} />
        ) : (
          <>
            <ActionForm name={name} onChange={(next) => change(() => setAction(next))} />
            {(name === 'verify' || isProposal(name)) && (
              <>
                {isProposal(name) && <Typography variant="body2">{t('bulk.sourceHelp')}</Typography>}
                <SourceFields
                  value={source}
                  onChange={(next) => change(() => setSource(next))}
                  required={name === 'verify'}
                  {...(isProposal(name) && { kinds: EvidenceKind.options })}
                />
              </>
            )}
            {isProposal(name) && (
              <TextField
                label={t('bulk.batchTitle')}
                value={title}
                onChange={(event) => setTitle(event.target.value)}
                required
                slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
              />
            )}
            {preview.isFetching && <LinearProgress aria-label={t('bulk.looking')} />}
            {preview.error && asked && (
              <ProblemNote problem={problemOf(preview.error)} onReload={() => void preview.refetch()} />
            )}
            {seen && asked && (
              <Preview
                preview={seen}
                outcome={asked.outcome}
                onOutcome={(outcome) => setAsked({ ...asked, outcome, page: 1 })}
                onPage={(page) => setAsked({ ...asked, page })}
              />
            )}
            <ProblemNote
              problem={order.problem}
              onReload={() => {
                order.clear();
                void preview.refetch();
              }}
            />
          </>
        )}
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
        {why && !receipt && (
          <Typography id="bulk-why" variant="body2" color="text.secondary" sx={{ flex: 1 }}>
            {t(why)}
          </Typography>
        )}
        <Button onClick={close} disabled={order.busy}>
          {t(receipt ? 'common.action.close' : 'common.action.cancel')}
        </Button>
        {!receipt && !seen && (
          <Button
            variant="contained"
            disabled={why !== undefined || preview.isFetching}
            aria-busy={preview.isFetching}
            aria-describedby={why ? 'bulk-why' : undefined}
            onClick={look}
          >
            {t('bulk.look')}
          </Button>
        )}
        {!receipt && seen && (
          <Button
            variant="contained"
            color={name === 'retire' ? 'error' : 'primary'}
            disabled={why !== undefined || order.busy || preview.isPlaceholderData}
            aria-busy={order.busy}
            aria-describedby={why ? 'bulk-why' : undefined}
            onClick={() => void order.run(undefined).then((done) => done && setReceipt(done))}
          >
            {t(isProposal(name) ? 'bulk.propose' : 'bulk.do', {
              smart_count: doable,
              count: new Intl.NumberFormat(locale).format(doable),
            })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
