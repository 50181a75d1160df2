import type { ReactNode } from 'react';
import { Box, type ButtonProps } from '@mui/material';
import type { ProposalKind, RecordType } from '@waymark/domain';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import type { ProposalView } from '../contract.ts';
import { useMay } from '../session/current.ts';
import { proposalHref, RESOURCE_OF } from './useRecord.ts';

type StartProps = {
  kind: ProposalKind;
  recordType: RecordType;
  recordId: string;
  label: string;
  icon?: ReactNode;
  variant?: ButtonProps['variant'];
};

/** Starts a proposal that needs no form of its own (restore, lift) and opens it, to be sent to review. */
export function StartProposalButton({ kind, recordType, recordId, label, icon, variant = 'contained' }: StartProps) {
  const navigate = useNavigate();
  const mayWrite = useMay('proposal.write');
  const start = useVerb(() => api.post<ProposalView>('/proposals', { kind, recordType, recordId }), {
    refresh: ['proposals', RESOURCE_OF[recordType]],
    onDone: (view) => void navigate(proposalHref(view.id)),
  });
  return (
    <Box>
      <ActionButton
        variant={variant}
        refusal={mayWrite ? null : { code: 'not-permitted' }}
        busy={start.busy}
        startIcon={icon}
        onClick={() => void start.run(undefined)}
      >
        {label}
      </ActionButton>
      <ProblemNote problem={start.problem} />
    </Box>
  );
}
