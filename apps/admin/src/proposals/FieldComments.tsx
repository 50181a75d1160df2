import { useState } from 'react';
import { Box, Button, TextField, Typography } from '@mui/material';
import ChatBubbleOutline from '@mui/icons-material/ChatBubbleOutline';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import type { Comment } from '@waymark/domain';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { ProposalView } from '../contract.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { useWords } from '../records/words.ts';

/** Comments as they were written; they stay and can only be settled. Those on another place than `at` say which. */
export function CommentList({
  comments,
  view,
  at,
}: {
  comments: readonly Comment[];
  view: ProposalView;
  at: string | null;
}) {
  const words = useWords();
  if (comments.length === 0) return null;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, mt: 1.25, display: 'grid', gap: 1 }}>
      {comments.map((comment) => (
        <CommentItem
          key={comment.id}
          comment={comment}
          about={
            comment.path === null || comment.path === at
              ? undefined
              : fieldLabel(comment.path, words, [view.doc, view.base])
          }
          proposalId={view.id}
          mayResolve={view.can.comment === null}
        />
      ))}
    </Box>
  );
}

function CommentItem({
  comment,
  about,
  proposalId,
  mayResolve,
}: {
  comment: Comment;
  about: string | undefined;
  proposalId: string;
  mayResolve: boolean;
}) {
  const { t } = useWords();
  const isSettled = comment.resolvedAt !== null;
  const resolve = useVerb(() => api.post(`/proposals/${proposalId}/comments/${comment.id}/resolve`), {
    refresh: ['proposals'],
  });
  return (
    <Box
      component="li"
      sx={{
        borderInlineStart: '3px solid',
        borderColor: isSettled ? 'divider' : 'secondary.main',
        paddingInlineStart: 1.5,
      }}
    >
      <Typography
        variant="body2"
        color="text.secondary"
        component="div"
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}
      >
        <Box component="bdi" sx={{ fontWeight: 650, color: 'text.primary' }}>
          {comment.authorName}
        </Box>
        <When at={comment.at} mode="relative" />
        {about !== undefined && <span>{t('proposals.comment.on', { about })}</span>}
        {isSettled && (
          <span>
            <CheckCircleOutline aria-hidden sx={{ fontSize: 15, verticalAlign: '-2px' }} />{' '}
            {t('proposals.comment.settled')}
          </span>
        )}
      </Typography>
      <Typography
        dir="auto"
        sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere', color: isSettled ? 'text.secondary' : undefined }}
      >
        {comment.text}
      </Typography>
      {!isSettled && mayResolve && (
        <Button
          size="small"
          onClick={() => void resolve.run(undefined)}
          disabled={resolve.busy}
          sx={{ px: 0.5, minHeight: 26 }}
        >
          {t('proposals.comment.settle')}
        </Button>
      )}
      <ProblemNote problem={resolve.problem} />
    </Box>
  );
}

export type CommentBoxProps = {
  view: ProposalView;
  path: string | null;
  /** Name of the place, for those who listen. */
  about: string;
  onClose: () => void;
  /** Sends the proposal back with this comment as its reason. */
  onSendBack?: ((text: string) => void) | undefined;
  isBusy?: boolean;
};

/** Writing a comment on a place; from here a reviewer can also send the proposal back with it. */
export function CommentBox({ view, path, about, onClose, onSendBack, isBusy = false }: CommentBoxProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const comment = useVerb(
    () => api.post(`/proposals/${view.id}/comments`, { text: text.trim(), ...(path === null ? {} : { path }) }),
    {
      refresh: ['proposals'],
      onDone: onClose,
    },
  );
  const empty = text.trim() === '' ? ({ code: 'comment-required' } as const) : undefined;
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) void comment.run(undefined);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      sx={{ mt: 1.25 }}
    >
      <TextField
        label={t('proposals.comment.on', { about })}
        value={text}
        onChange={(event) => setText(event.target.value)}
        multiline
        minRows={2}
        fullWidth
        autoFocus
        slotProps={{ htmlInput: { dir: 'auto', maxLength: 2000 } }}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        {onSendBack && (
          <Button
            variant="contained"
            color="secondary"
            disabled={empty !== undefined || isBusy}
            onClick={() => onSendBack(text.trim())}
          >
            {t('proposals.comment.sendBack')}
          </Button>
        )}
        <Button
          type="submit"
          variant={onSendBack ? 'outlined' : 'contained'}
          disabled={empty !== undefined || comment.busy}
        >
          {t('proposals.comment.add')}
        </Button>
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        {empty && (
          <Typography variant="body2" color="text.secondary">
            {t('proposals.comment.writeFirst')}
          </Typography>
        )}
      </Box>
      <ProblemNote problem={comment.problem} />
    </Box>
  );
}

/** Opens the box. Disabled with its reason where commenting is refused. */
export function CommentButton({ view, about, onClick }: { view: ProposalView; about: string; onClick: () => void }) {
  const { t } = useWords();
  return (
    <ActionButton
      size="small"
      variant="text"
      color="inherit"
      startIcon={<ChatBubbleOutline />}
      refusal={view.can.comment}
      aria-label={t('proposals.comment.on', { about })}
      onClick={onClick}
    >
      {t('proposals.comment.short')}
    </ActionButton>
  );
}
