import { useMemo, type ReactNode } from 'react';
import { Alert, Box, Link as TextLink, Paper, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import type { References } from '../contract.ts';
import { ChangeTable } from '../proposals/ChangeTable.tsx';
import { recordHref, useRecord } from '../records/useRecord.ts';
import { withFact, type RawDocument } from '../records/path.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { listText } from '../records/valueLines.ts';
import { useWords } from '../records/words.ts';
import { Cell, CertaintySign, useCodeText } from './Code.tsx';
import type { Decision, ImportView, Outcome } from './contract.ts';
import { Disagreements } from './Disagreements.tsx';
import { OutcomeChip } from './OutcomeChip.tsx';
import { RowDecision } from './RowDecision.tsx';
import { RowNotes } from './RowNotes.tsx';
import { isEntryId, isWaiting, ROW, rowName } from './outcome.ts';

const NOBODY: References = {};

/** One row: what becomes of it and why, old beside new as a reviewer will see it, and the ways to overrule it. */
export function RowDetail({
  view,
  row,
  said,
  isBusy,
  onDecide,
}: {
  view: ImportView;
  row: Outcome;
  /** What was decided on this page; null when it was taken back, nothing when nobody touched it. */
  said: Decision | null | undefined;
  isBusy: boolean;
  onDecide: (decision: Decision | null) => void;
}) {
  const words = useWords();
  const { t } = words;
  const name = rowName(row, view.mapping);
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-label={t('imports.rows.about', { row: row.row })}
      sx={{ p: { xs: 1.5, sm: 2.5 }, minWidth: 0, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5 }}>
          <OutcomeChip action={row.action} />
          {row.certainty !== 'certain' && row.action !== 'reject' && <CertaintySign certainty={row.certainty} />}
          <Typography component="span" variant="body2" color="text.secondary">
            {t('imports.rows.place', { row: row.row, line: row.line })}
            {row.since !== null && ` · ${t(`imports.since.row.${row.since}`)}`}
          </Typography>
        </Box>
        <Typography variant="h2" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
          <bdi>{name || t('imports.rows.unnamed')}</bdi>
        </Typography>
      </Box>
      <Why row={row} />
      {row.disagreements.length > 0 && <Disagreements row={row} />}
      {view.state === 'open' && <RowDecision view={view} row={row} said={said} isBusy={isBusy} onDecide={onDecide} />}
      {row.changes.length > 0 && <Changes row={row} />}
      {row.notes.length > 0 && <RowNotes notes={row.notes} />}
      <AsSent view={view} row={row} />
    </Paper>
  );
}

/** Why the row is what it is, in a sentence. */
function Why({ row }: { row: Outcome }) {
  const words = useWords();
  const { t, locale } = words;
  const say = useCodeText();
  const { action, of, ofName, question, rejection } = row;
  const entry: ReactNode =
    of === null ? null : isEntryId(of) ? (
      <TextLink component={Link} to={recordHref('entry', of)} target="_blank">
        <bdi>{ofName ?? of}</bdi>
      </TextLink>
    ) : (
      t('imports.rows.otherRow', { row: of.slice(ROW.length) })
    );
  if (action === 'reject' && rejection) {
    return (
      <Alert severity="error">
        {say('rejection', rejection)}
        {rejection.column !== undefined && (
          <Box>
            {t('imports.rows.inColumn')} <bdi>{rejection.column}</bdi>
          </Box>
        )}
        <Detail text={rejection.detail} />
      </Alert>
    );
  }
  if (action === 'decide' && question) {
    const differing = row.fields.map((field) =>
      field.startsWith('/') ? fieldLabel(field, words) : t(`imports.field.${field}`, { _: field }),
    );
    return (
      <Alert severity="warning">
        {say('question', question)}
        {differing.length > 0 && <Box>{t('imports.rows.differs', { fields: listText(differing, locale) })}</Box>}
      </Alert>
    );
  }
  return (
    <>
      {isWaiting(row) && <Alert severity="warning">{t('imports.rows.unclear')}</Alert>}
      {action === 'new' ? (
        <Typography>
          {t('imports.rows.newText')} {row.organisation && <RunBy organisation={row.organisation} />}
        </Typography>
      ) : (
        <Typography>
          {t(action === 'update' ? 'imports.rows.updateText' : 'imports.rows.duplicateText')} {entry}
        </Typography>
      )}
    </>
  );
}

/** Who would run a new entry; an organisation that is new too becomes a proposal of its own. */
function RunBy({ organisation: { id, name } }: { organisation: NonNullable<Outcome['organisation']> }) {
  const { t } = useWords();
  return (
    <>
      {t(id === null ? 'imports.rows.newOrganisation' : 'imports.rows.runBy')}{' '}
      {id === null ? (
        <bdi>{name}</bdi>
      ) : (
        <TextLink component={Link} to={recordHref('organisation', id)} target="_blank">
          <bdi>{name}</bdi>
        </TextLink>
      )}
    </>
  );
}

/** More that the server knows of it, in English. */
function Detail({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Box component="bdi" lang="en" dir="ltr" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
      {text}
    </Box>
  );
}

function Changes({ row }: { row: Outcome }) {
  const { data } = useRecord('entry', row.action === 'update' ? (row.of ?? undefined) : undefined);
  // What a channel is called stands in the document, which a row carries only as its changes.
  const after = useMemo(
    () => row.changes.reduce<RawDocument>((doc, { path, after: value }) => withFact(doc, path, value), {}),
    [row.changes],
  );
  return (
    <ChangeTable
      changes={row.changes}
      references={data?.references ?? NOBODY}
      docs={[after, data?.doc]}
      onlyNew={row.action === 'new'}
    />
  );
}

/** The row as it stands in the file. */
function AsSent({ view, row }: { view: ImportView; row: Outcome }) {
  const { t } = useWords();
  const filled = row.cells.map((text, at) => ({ text, at })).filter(({ text }) => text.trim() !== '');
  if (filled.length === 0) return null;
  return (
    <Box component="details" {...(row.action === 'decide' || row.action === 'reject' ? { open: true } : {})}>
      <Box component="summary" sx={{ typography: 'h3', cursor: 'pointer', mb: 1, width: 'fit-content' }}>
        {t('imports.rows.asSent')}
      </Box>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gridTemplateColumns: 'fit-content(38%) minmax(0, 1fr)',
          columnGap: 2,
          rowGap: 0.5,
          typography: 'body2',
          '& dt': { color: 'text.secondary', overflowWrap: 'anywhere' },
          '& dd': { m: 0, minWidth: 0 },
        }}
      >
        {filled.map(({ text, at }) => (
          <Box key={at} sx={{ display: 'contents' }}>
            <dt>
              <bdi>{view.header[at]?.trim() || t('imports.columns.unnamed', { number: at + 1 })}</bdi>
            </dt>
            <dd>
              <Cell text={text} />
            </dd>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
