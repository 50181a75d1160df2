import { useState } from 'react';
import { Alert, AlertTitle, Box, Stack, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { useParams } from 'react-router-dom';
import type { SigningRefusalCode, SnapshotReview } from '@waymark/domain';
import { isApiError } from '../api.ts';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import { Loading } from '../layout/Loading.tsx';
import { DifferenceView } from '../snapshots/DifferenceView.tsx';
import { ForgetMemory } from './ForgetMemory.tsx';
import { NewContacts } from './NewContacts.tsx';
import { Questions } from './Questions.tsx';
import { sortRefusals, type Question } from './questions.ts';
import { Refusals } from './Refusals.tsx';
import type { Reviewed } from './review.ts';
import { SignBar } from './SignBar.tsx';
import { SixWords } from './SixWords.tsx';
import { TrustChanges } from './TrustChanges.tsx';
import { useReview } from './useReview.ts';

/** What only helps when this browser begins anew. */
const LOST: readonly SigningRefusalCode[] = ['memory-behind', 'memory-damaged'];

/** A publisher looks at a waiting snapshot as a signer does, on this machine and by its own means, and signs what was shown. */
export function ReviewPage() {
  const translate = useTranslate();
  const sequence = Number(useParams()['sequence']);
  const reviewed = useReview(sequence);
  return (
    <Page
      title={translate('signing.review.title', { n: sequence })}
      subtitle={translate('signing.review.subtitle')}
      back={{ to: `/snapshots/${sequence}/show`, label: translate('snapshots.name', { n: sequence }) }}
      width="wide"
    >
      {reviewed.isError ? (
        <>
          <ErrorState error={reviewed.error} onRetry={() => void reviewed.refetch()} />
          {/* Not the server's: what this browser keeps, or what it was given, cannot be read. */}
          {!isApiError(reviewed.error) && <ForgetMemory />}
        </>
      ) : reviewed.data ? (
        <ReviewOf sequence={sequence} reviewed={reviewed.data} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function ReviewOf({ sequence, reviewed }: { sequence: number; reviewed: Reviewed }) {
  const translate = useTranslate();
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const { review } = reviewed;
  const { final, questions } = sortRefusals(review.refusals);
  const answer = ({ key }: Question, isMeant: boolean) =>
    setAnswered((before) => new Set(isMeant ? [...before, key] : [...before].filter((each) => each !== key)));
  return (
    <Stack spacing={2}>
      {reviewed.behind !== null && (
        <Alert severity="warning">
          {translate('signing.review.behind')}{' '}
          <span lang="en" dir="auto">
            {reviewed.behind}
          </span>
        </Alert>
      )}
      {final.length > 0 && <Refusals refusals={final} />}
      {final.some(({ code }) => LOST.includes(code)) && <ForgetMemory />}
      <What review={review} />
      {review.difference && <DifferenceView difference={review.difference} />}
      {review.contacts.length > 0 && <NewContacts records={review.contacts} />}
      <TrustChanges delegations={review.delegations} policies={review.policies} />
      {questions.length > 0 && final.length === 0 && (
        <Questions questions={questions} answered={answered} onAnswer={answer} />
      )}
      <SignBar
        sequence={sequence}
        unpacked={reviewed.unpacked}
        isRefused={final.length > 0}
        questions={questions}
        open={questions.filter(({ key }) => !answered.has(key)).length}
      />
      {review.unproven.length > 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ maxWidth: '80ch' }}>
          {translate('signing.review.unproven')} <code dir="ltr">{review.unproven.join(' ')}</code>
        </Typography>
      )}
    </Stack>
  );
}

/** What it is, what it was compared with, and the six words. */
function What({ review }: { review: SnapshotReview }) {
  const translate = useTranslate();
  const { comparedWith, digest } = review;
  if (digest === null) return null;
  return (
    <Panel title={translate('signing.words.title')}>
      <Box sx={{ display: 'grid', gap: 2 }}>
        <Typography sx={{ maxWidth: '72ch' }}>{translate('signing.words.text')}</Typography>
        <SixWords digest={digest} label={translate('signing.words.title')} />
        <Typography variant="body2" color="text.secondary">
          {translate('signing.review.version', { n: review.version })}{' '}
          {review.expires !== null && (
            <>
              {translate('signing.review.expires')} <When at={review.expires} />
            </>
          )}
        </Typography>
        <Alert severity={comparedWith ? 'success' : 'warning'} role="note">
          <AlertTitle>
            {comparedWith
              ? translate('signing.review.compared', { n: comparedWith.sequence })
              : translate('signing.review.first')}
          </AlertTitle>
          {comparedWith ? (
            <>
              {translate('signing.review.verifiedAt')} <When at={comparedWith.verifiedAt} mode="datetime" />
            </>
          ) : (
            translate('signing.review.firstText')
          )}
        </Alert>
        {review.notes.map((note) => (
          <Alert key={note} severity="info" lang="en" role="note">
            <span dir="auto">{note}</span>
          </Alert>
        ))}
      </Box>
    </Panel>
  );
}
