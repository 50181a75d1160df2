import { Box, Link as MuiLink, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { When } from '../common/When.tsx';
import type { ProposalRow } from '../contract.ts';
import { Approvals } from '../proposals/ProposalSummary.tsx';
import { ProposalStateChip } from '../proposals/ProposalStateChip.tsx';
import { useWords } from './words.ts';
import { proposalHref } from './useRecord.ts';

/** Changes of a record that are on their way. */
export function OpenProposals({ proposals }: { proposals: readonly ProposalRow[] }) {
  const { t } = useWords();
  if (proposals.length === 0) return <Typography color="text.secondary">{t('records.open.none')}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {proposals.map((proposal) => (
        <li key={proposal.id}>
          <MuiLink component={Link} to={proposalHref(proposal.id)} sx={{ fontWeight: 600 }}>
            {t(`vocabulary.proposalKind.${proposal.kind}`)}
            {proposal.summary !== '' && (
              <>
                : <bdi>{proposal.summary}</bdi>
              </>
            )}
          </MuiLink>
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
              typography: 'body2',
              color: 'text.secondary',
            }}
          >
            <ProposalStateChip state={proposal.state} />
            {proposal.state === 'in-review' && (
              <Approvals given={proposal.approvals} required={proposal.requiredApprovals} />
            )}
            <bdi>{proposal.authorName}</bdi>
            <When at={proposal.updatedAt} mode="relative" />
          </Box>
        </li>
      ))}
    </Box>
  );
}
