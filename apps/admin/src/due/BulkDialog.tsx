import { useState } from 'react';
import {
  Alert,
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Paper,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import { useQueries } from '@tanstack/react-query';
import { channelAddress, factsOnList, methodOfList, networksOf, type Entry, type ListFact } from '@waymark/domain';
import { api } from '../api.ts';
import { FactChoice } from '../bulk/FactChoice.tsx';
import { emptySource, SourceFields, toEvidence } from '../bulk/SourceFields.tsx';
import { ProblemNote } from '../common/ErrorState.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { BulkRecorded, DueRow, RecordView } from '../contract.ts';
import { networkName, useWords } from '../records/words.ts';

/** One official list as evidence for many entries: what it confirms of each stands in its row, and any row can be left out. */
export function BulkDialog({ rows, onClose }: { rows: readonly DueRow[]; onClose: (isDone: boolean) => void }) {
  const { t } = useWords();
  const views = useQueries({
    queries: rows.map(({ recordId }) => ({
      queryKey: ['entries', 'view', recordId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<RecordView<'entry'>>(`/entries/${recordId}`, { signal }),
    })),
    combine: (all) => ({
      docs: new Map(all.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
      isPending: all.some(({ isPending }) => isPending),
    }),
  });
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [source, setSource] = useState(emptySource('official-register'));
  const [facts, setFacts] = useState<readonly ListFact[]>(['membership', 'name']);
  const [chosenNetwork, setNetwork] = useState<string>();
  const docs = rows.flatMap(({ recordId }) => views.docs.get(recordId) ?? []);
  const networks = networksOf(docs.map(({ doc }) => doc));
  const network = chosenNetwork ?? networks[0];
  const items = docs.map((view) => ({ view, paths: factsOnList(view.doc, facts, network) }));
  const chosen = items.filter(({ view, paths }) => paths.length > 0 && !out.has(view.id));
  const evidence = source.url.trim() === '' ? undefined : toEvidence(source);
  const record = useVerb(
    () =>
      api.post<{ results: BulkRecorded[] }>('/verifications/bulk', {
        method: methodOfList(facts),
        evidence: evidence ? [{ ...evidence, id: 'list', supports: [] }] : [],
        items: chosen.map(({ view, paths }) => ({ recordId: view.id, revision: view.revision, paths })),
      }),
    { refresh: ['due', 'entries'] },
  );
  const [results, setResults] = useState<readonly BulkRecorded[]>();

  const why = !evidence
    ? 'due.bulk.needUrl'
    : facts.length === 0
      ? 'due.bulk.needFacts'
      : chosen.length === 0
        ? 'due.bulk.needRows'
        : undefined;
  const close = () => onClose(results !== undefined);
  return (
    <Dialog open onClose={close} maxWidth="md" fullWidth aria-labelledby="bulk-title">
      <DialogTitle id="bulk-title">{t('due.bulk.title', { smart_count: rows.length })}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {results ? (
          <Results results={results} nameOf={(id) => rows.find(({ recordId }) => recordId === id)?.name ?? id} />
        ) : (
          <>
            <Typography>{t('due.bulk.text')}</Typography>
            <SourceFields value={source} onChange={setSource} required autoFocus />
            <FactChoice value={facts} onChange={setFacts}>
              {networks.length > 1 && facts.includes('membership') && (
                <TextField
                  select
                  margin="none"
                  label={t('records.list.facet.network')}
                  value={network}
                  onChange={(event) => setNetwork(event.target.value)}
                  sx={{ minWidth: 160 }}
                >
                  {networks.map((each) => (
                    <MenuItem key={each} value={each}>
                      {networkName(each)}
                    </MenuItem>
                  ))}
                </TextField>
              )}
            </FactChoice>
            {views.isPending ? (
              <Skeleton variant="rounded" height={160} />
            ) : (
              <TableContainer component={Paper} variant="outlined" sx={{ overflowX: 'auto', maxHeight: 320 }}>
                <Table size="small" stickyHeader aria-label={t('due.bulk.rows')}>
                  <TableHead>
                    <TableRow>
                      <TableCell scope="col">{t('fields.names')}</TableCell>
                      <TableCell scope="col">{t('due.bulk.compare')}</TableCell>
                    </TableRow>
                  </TableHead>
                  <TableBody>
                    {items.map(({ view, paths }) => (
                      <TableRow key={view.id}>
                        <TableCell component="th" scope="row">
                          <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
                            <Checkbox
                              size="small"
                              checked={paths.length > 0 && !out.has(view.id)}
                              disabled={paths.length === 0}
                              onChange={(_, on) =>
                                setOut((old) => {
                                  const next = new Set(old);
                                  if (on) next.delete(view.id);
                                  else next.add(view.id);
                                  return next;
                                })
                              }
                            />
                            <bdi>{view.name}</bdi>
                          </Box>
                        </TableCell>
                        <TableCell>
                          {paths.length === 0 ? (
                            t('due.bulk.notOnList')
                          ) : (
                            <Compared doc={view.doc} facts={facts} network={network} />
                          )}
                        </TableCell>
                      </TableRow>
                    ))}
                  </TableBody>
                </Table>
              </TableContainer>
            )}
            <ProblemNote problem={record.problem} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        {why && !results && (
          <Typography id="bulk-why" variant="body2" color="text.secondary" sx={{ flex: 1 }}>
            {t(why)}
          </Typography>
        )}
        <Button onClick={close}>{t(results ? 'common.action.close' : 'common.action.cancel')}</Button>
        {!results && (
          <Button
            variant="contained"
            disabled={why !== undefined || record.busy}
            aria-busy={record.busy}
            aria-describedby={why ? 'bulk-why' : undefined}
            onClick={() => void record.run(undefined).then((done) => done && setResults(done.results))}
          >
            {t('due.bulk.confirm', { smart_count: chosen.length })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** What of the entry is to be found on the list, as it stands in the directory. */
function Compared({ doc, facts, network }: { doc: Entry; facts: readonly ListFact[]; network: string | undefined }) {
  const member = doc.memberships.find((each) => each.network === network);
  const channel = doc.channels.find(({ retired }) => retired === undefined);
  return (
    <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
      {facts.includes('membership') && member && network !== undefined && (
        <span>
          {networkName(network)} {member.status}
        </span>
      )}
      {facts.includes('contact') && channel && (
        <bdi dir="ltr" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {channelAddress(channel)}
        </bdi>
      )}
    </Box>
  );
}

function Results({ results, nameOf }: { results: readonly BulkRecorded[]; nameOf: (id: string) => string }) {
  const { t } = useWords();
  const failed = results.filter(({ ok }) => !ok);
  return (
    <>
      <Alert severity={failed.length === 0 ? 'success' : 'warning'}>
        {t('due.bulk.done', { smart_count: results.length - failed.length })}
        {failed.length > 0 && ` ${t('due.bulk.failed', { smart_count: failed.length })}`}
      </Alert>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.5 }}>
        {results.map(({ recordId, ok, code, title }) => (
          <Box component="li" key={recordId} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            {ok ? <CheckCircleOutline color="success" aria-hidden /> : <ErrorOutline color="error" aria-hidden />}
            <bdi>{nameOf(recordId)}</bdi>
            <Typography variant="body2" color="text.secondary" component="span">
              {ok ? t('checks.done.confirmed') : t(`refusals.${code ?? 'internal'}`, { _: title ?? '' })}
            </Typography>
          </Box>
        ))}
      </Box>
    </>
  );
}
