import { memo } from 'react';
import { Box, Checkbox, Chip, Typography } from '@mui/material';
import { OPEN_STATES, type Refusal } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { RefusalNote } from '../common/RefusalNote.tsx';
import { RiskChip } from '../common/RiskChip.tsx';
import { proposalName } from '../proposals/proposalName.ts';
import { ProposalStateChip } from '../proposals/ProposalStateChip.tsx';
import { Approvals } from '../proposals/ProposalSummary.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { proposalHref, recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import type { BatchRow, RowProposal } from './contract.ts';
import { RowChanges } from './RowChanges.tsx';

export type RowCardProps = {
  row: BatchRow;
  at: number;
  isActive: boolean;
  /** Without a tick box for those who do not review. */
  isTicked: boolean | undefined;
  /** Why it cannot be ticked. */
  refusal: Pick<Refusal, 'code'> | null;
  onFocus: (at: number) => void;
  onToggle: (proposalId: string) => void;
};

/** One row of a batch: what it would change, how far it is, and why nothing can be decided where that is so. */
export const RowCard = memo(function RowCard({
  row,
  at,
  isActive,
  isTicked,
  refusal,
  onFocus,
  onToggle,
}: RowCardProps) {
  const words = useWords();
  const { t, locale } = words;
  const { proposal } = row;
  const href = hrefOf(row);
  const number = t('batches.row', { n: rowNumber(row, locale) });
  const about = proposal ?? (row.record && { recordType: row.record.type, recordName: row.record.name });
  const name = about ? proposalName(about, words) : number;
  return (
    <Box
      component="li"
      data-at={at}
      tabIndex={-1}
      onFocus={() => onFocus(at)}
      aria-label={name}
      sx={{
        p: { xs: 1.25, sm: 1.75 },
        // What has the focus is not hidden below the bars above and below.
        scrollMarginBlock: '96px',
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 180px',
        boxShadow: isActive ? 'inset 4px 0 0 var(--wm-blaze)' : 'none',
        '[dir=rtl] &': { boxShadow: isActive ? 'inset -4px 0 0 var(--wm-blaze)' : 'none' },
        bgcolor: isActive ? 'action.hover' : 'transparent',
        '&:not(:last-child)': { borderBottom: 1, borderColor: 'divider' },
        '&:focus-visible': { outline: '3px solid var(--wm-focus)', outlineOffset: -3 },
      }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.75 }}>
        {isTicked !== undefined && proposal && (
          <Checkbox
            size="small"
            checked={isTicked}
            disabled={refusal !== null}
            onChange={() => onToggle(proposal.id)}
            slotProps={{ input: { 'aria-label': t('common.table.select', { name }) } }}
            sx={{ m: -0.75 }}
          />
        )}
        <Typography component="h2" variant="h3" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {href === undefined ? (
            name
          ) : (
            <Box component={Link} to={href} sx={{ color: 'primary.main' }}>
              <bdi>{name}</bdi>
            </Box>
          )}
        </Typography>
        {name !== number && row.row !== null && (
          <Typography component="span" variant="body2" color="text.secondary">
            {number}
          </Typography>
        )}
        {proposal ? (
          <ProposalFacts proposal={proposal} />
        ) : (
          <Chip size="small" label={t(`batches.result.${row.result}`)} />
        )}
      </Box>
      {isTicked !== undefined && refusal && proposal?.state === 'in-review' && <RefusalNote refusal={refusal} />}
      <WhyNot row={row} />
      {proposal && (
        <Box sx={{ mt: 0.5, marginInline: { xs: -1.25, sm: -1 } }}>
          <RowChanges proposal={proposal} name={name} />
        </Box>
      )}
    </Box>
  );
});

/** The proposal's own page; the record where the row became none. */
export function hrefOf({ proposal, record, recordId }: BatchRow): string | undefined {
  if (proposal) return proposalHref(proposal.id);
  return record && recordId !== null ? recordHref(record.type, recordId) : undefined;
}

function rowNumber({ row, position }: BatchRow, locale: string): string {
  return new Intl.NumberFormat(locale).format(row ?? position + 1);
}

function ProposalFacts({ proposal }: { proposal: RowProposal }) {
  const { t } = useWords();
  const { kind, recordType, risk, state, approvals, requiredApprovals } = proposal;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1.25,
        rowGap: 0.5,
        marginInlineStart: { md: 'auto' },
      }}
    >
      <Typography component="span" variant="body2">
        {t(`vocabulary.proposalKind.${kind}`)}
        {recordType !== 'entry' && ` · ${t(`vocabulary.recordType.${recordType}`)}`}
      </Typography>
      <RiskChip risk={risk} />
      <Approvals given={approvals} required={requiredApprovals} isClosed={state === 'applied'} isShort />
      <ProposalStateChip state={state} />
    </Box>
  );
}

/** Why a row is no proposal in review: said while it still holds. */
function WhyNot({ row: { refusal, proposal } }: { row: BatchRow }) {
  const words = useWords();
  const isPast = proposal !== null && (!OPEN_STATES.includes(proposal.state) || proposal.state === 'in-review');
  if (refusal === null || isPast) return null;
  const places = refusal.errors ?? [];
  return (
    <Box sx={{ mt: 0.5 }}>
      <RefusalNote refusal={refusal} />
      {places.length > 0 && (
        <Box component="ul" sx={{ m: 0, paddingInlineStart: 3, typography: 'body2', color: 'text.secondary' }}>
          {places.slice(0, 5).map(({ path, message }) => (
            <li key={path + message}>
              {fieldLabel(path, words, [proposal?.outline])}: <bdi lang="en">{message}</bdi>
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}
