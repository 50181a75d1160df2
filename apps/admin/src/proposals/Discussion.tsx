import { useState } from 'react';
import { Box, Chip, Typography } from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import DoNotDisturbOn from '@mui/icons-material/DoNotDisturbOnOutlined';
import Reply from '@mui/icons-material/Reply';
import type { Review } from '@waymark/domain';
import { When } from '../common/When.tsx';
import type { ProposalView } from '../contract.ts';
import { otherComments } from './commentsAt.ts';
import { useWords } from '../records/words.ts';
import { CommentBox, CommentButton, CommentList } from './FieldComments.tsx';
import type { Deciding } from './useDecision.ts';

/** What was decided and said: reviews in order, void ones struck through; comments on the whole; comments whose field is no change any more. */
export function Discussion({ view, deciding }: { view: ProposalView; deciding: Deciding }) {
  const { t } = useWords();
  const [isWriting, setWriting] = useState(false);
  return (
    <Box component="section" aria-labelledby="discussion">
      <Typography id="discussion" variant="h2" sx={{ mb: 1 }}>
        {t('proposals.discussion')}
      </Typography>
      {view.reviews.length === 0 && view.comments.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('proposals.noDiscussion')}
        </Typography>
      )}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
        {view.reviews.map((review) => (
          <ReviewItem key={review.id} review={review} isCurrent={review.contentHash === view.contentHash} />
        ))}
      </Box>
      <CommentList comments={otherComments(view, view.changes)} view={view} at={null} />
      {isWriting ? (
        <CommentBox
          view={view}
          path={null}
          about={t('proposals.comment.whole')}
          onClose={() => setWriting(false)}
          isBusy={deciding.busy}
        />
      ) : (
        <Box sx={{ mt: 1 }}>
          <CommentButton view={view} about={t('proposals.comment.whole')} onClick={() => setWriting(true)} />
        </Box>
      )}
    </Box>
  );
}

const LOOKS = {
  approve: { Icon: CheckCircleOutline, color: 'success' },
  'request-changes': { Icon: Reply, color: 'warning' },
  decline: { Icon: DoNotDisturbOn, color: 'error' },
} as const;

function ReviewItem({ review, isCurrent }: { review: Review; isCurrent: boolean }) {
  const { t } = useWords();
  const { Icon, color } = LOOKS[review.decision];
  const isVoid = review.voidedAt !== null;
  const line = (
    <>
      <Box component="bdi" sx={{ fontWeight: 650 }}>
        {review.reviewerName}
      </Box>{' '}
      {t(`vocabulary.decision.${review.decision}`)} · <When at={review.at} mode="relative" />
    </>
  );
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Icon aria-hidden color={isVoid ? 'disabled' : color} sx={{ mt: 0.25 }} />
      <Box sx={{ minWidth: 0 }}>
        <Typography component="div" variant="body2" color={isVoid ? 'text.secondary' : undefined}>
          {isVoid ? <s>{line}</s> : line}{' '}
          {isVoid && (
            <Chip
              component="span"
              size="small"
              label={t(isCurrent ? 'proposals.review.sentBack' : 'proposals.review.void')}
            />
          )}
          {!isVoid && review.decision === 'approve' && !isCurrent && (
            <Chip component="span" size="small" label={t('proposals.review.otherContent')} />
          )}
        </Typography>
        {review.comment !== null && review.comment !== '' && (
          <Typography
            dir="auto"
            sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere', color: isVoid ? 'text.secondary' : undefined }}
          >
            {review.comment}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
