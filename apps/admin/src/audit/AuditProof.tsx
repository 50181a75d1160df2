import { useMemo } from 'react';
import { Alert, AlertTitle, Box, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'ra-core';
import { useParams } from 'react-router-dom';
import { api } from '../api.ts';
import { CopyButton } from '../common/Copy.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Hash } from '../common/Hash.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import type { AuditProof as Proof } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { checkProof, type CheckedProof } from './checkProof.ts';
import { PublishedHead } from './PublishedHead.tsx';
import { Subject } from './Subject.tsx';
import { usePublicLog } from './usePublishedHead.ts';

/** Proof that one event is in the log, checked here in the browser and not by the server that keeps the log. */
export function AuditProof() {
  const translate = useTranslate();
  const { seq = '' } = useParams();
  const log = usePublicLog();
  // Proven under the head that was signed for everybody, as soon as there is one that holds the event.
  const published = log.data?.published?.size ?? 0;
  const size = Number(seq) < published ? published : undefined;
  const proof = useQuery({
    queryKey: ['audit', 'proof', seq, size],
    enabled: !log.isPending,
    queryFn: ({ signal }) => api.get<Proof>(`/audit/${encodeURIComponent(seq)}/proof`, { query: { size }, signal }),
  });
  return (
    <Page
      title={translate('audit.proofOf', { seq })}
      back={{ to: '/audit', label: translate('audit.title') }}
      width="reading"
    >
      {proof.isError ? (
        <ErrorState error={proof.error} onRetry={() => void proof.refetch()} />
      ) : proof.data ? (
        <Stack spacing={2}>
          <Checked proof={proof.data} signedRoot={size === undefined ? undefined : log.data?.published?.root} />
          <PublishedHead />
        </Stack>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function check(proof: Proof): CheckedProof | undefined {
  try {
    return checkProof(proof);
  } catch {
    // Hashes that are no hashes prove nothing.
    return undefined;
  }
}

/** @param signedRoot root of the signed head that the proof must lead to; undefined while none holds the event */
function Checked({ proof, signedRoot }: { proof: Proof; signedRoot: string | undefined }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  const result = useMemo(() => check(proof), [proof]);
  const isProven =
    result?.isLeaf === true && result.isIncluded && (signedRoot === undefined || signedRoot === proof.root);
  const { leaf } = proof;
  return (
    <Stack spacing={2}>
      <Alert severity={isProven ? 'success' : 'error'} role="status">
        <AlertTitle>{translate(isProven ? 'audit.proven' : 'audit.notProven')}</AlertTitle>
        {translate(isProven ? 'audit.provenText' : 'audit.notProvenText', { size: number.format(proof.size) })}{' '}
        {isProven && translate(signedRoot === undefined ? 'audit.public.notYet' : 'audit.public.under')}
      </Alert>
      <Panel title={translate('audit.leaf')}>
        <Facts
          facts={[
            [translate('audit.column.action'), translate(`audit.action.${leaf.action}`, { _: leaf.action })],
            [translate('audit.column.at'), <When key="at" at={leaf.at} mode="datetime" />],
            [translate('audit.column.actor'), <code key="actor">{leaf.actor}</code>],
            [translate('audit.column.subject'), <Subject key="subject" subject={leaf.subject} />],
            [translate('audit.commitment'), <Hash key="commitment" value={leaf.commitment} />],
          ]}
        />
      </Panel>
      <Panel
        title={translate('audit.path')}
        actions={<CopyButton text={JSON.stringify(proof, null, 2)} label={translate('audit.copyProof')} />}
      >
        <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
          <Step title={translate('audit.step.leaf')} hash={proof.leafHash} isGood={result?.isLeaf ?? false} />
          {result?.steps.map((step, i) => (
            <Step
              key={step.result}
              title={translate(step.side === 'left' ? 'audit.step.left' : 'audit.step.right', {
                n: number.format(i + 1),
              })}
              sibling={step.sibling}
              hash={step.result}
              isGood
            />
          ))}
          <Step title={translate('audit.step.root')} hash={proof.root} isGood={isProven} />
        </Box>
      </Panel>
    </Stack>
  );
}

function Step({ title, sibling, hash, isGood }: { title: string; sibling?: string; hash: string; isGood: boolean }) {
  return (
    <Box
      component="li"
      sx={{
        borderInlineStart: '4px solid',
        borderInlineStartColor: isGood ? 'success.main' : 'error.main',
        paddingInlineStart: 1.5,
        py: 0.25,
        minWidth: 0,
      }}
    >
      <Typography variant="body2" color="text.secondary">
        {title}
      </Typography>
      {sibling !== undefined && (
        <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary' }}>
          + <Hash value={sibling} />
        </Box>
      )}
      <Box sx={{ fontSize: '0.8125rem' }}>
        {sibling !== undefined && '= '}
        <Hash value={hash} />
      </Box>
    </Box>
  );
}
