import { useEffect, useRef, useState } from 'react';
import { Box, Button, IconButton, Paper, TextField, Tooltip, Typography } from '@mui/material';
import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import type { Decision, Refusal } from '@waymark/domain';
import { Link, useNavigate } from 'react-router-dom';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton, RefusalNote } from '../common/RefusalNote.tsx';
import { useShortcut } from '../common/useShortcut.ts';
import type { ProposalView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { proposalHref } from '../records/useRecord.ts';
import type { Deciding } from './useDecision.ts';

const KEYS = { approve: 'a', 'request-changes': 'r', decline: 'd' } as const;
const LOOKS = { approve: 'primary', 'request-changes': 'secondary', decline: 'error' } as const;
const DECISIONS = ['approve', 'request-changes', 'decline'] as const;

/** The three decisions with their keys, why one is not possible, and the ways to the next and the previous. Always in sight. */
export function DecisionBar({
  view,
  deciding,
  onReload,
}: {
  view: ProposalView;
  deciding: Deciding;
  onReload: () => void;
}) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Decision>();
  const refusals: Record<Decision, Refusal | null> = {
    approve: view.can.approve,
    'request-changes': view.can.requestChanges,
    decline: view.can.decline,
  };
  const codes = new Set(DECISIONS.map((decision) => refusals[decision]?.code));
  // One reason for all three is said once.
  const common = codes.size === 1 ? refusals.approve : null;
  const { previous, next } = view.neighbours;

  const choose = (decision: Decision) => {
    if (refusals[decision] === null) setChosen(decision);
  };
  useShortcut('a', 'proposals.keys.approve', () => choose('approve'), { group: 'proposals.keys.group' });
  useShortcut('r', 'proposals.keys.requestChanges', () => choose('request-changes'), { group: 'proposals.keys.group' });
  useShortcut('d', 'proposals.keys.decline', () => choose('decline'), { group: 'proposals.keys.group' });
  useShortcut('j', 'proposals.keys.next', () => next !== null && void navigate(proposalHref(next)), {
    group: 'proposals.keys.group',
  });
  useShortcut('k', 'proposals.keys.previous', () => previous !== null && void navigate(proposalHref(previous)), {
    group: 'proposals.keys.group',
  });

  return (
    <Paper
      component="section"
      aria-label={t('proposals.decide.title')}
      variant="outlined"
      sx={{ position: 'sticky', bottom: 0, zIndex: 3, p: 1.25, mt: 2.5, boxShadow: '0 -6px 24px rgba(0,0,0,.10)' }}
    >
      <ProblemNote
        problem={deciding.problem}
        onReload={() => {
          // What was wished for was wished of the old content.
          setChosen(undefined);
          deciding.clear();
          onReload();
        }}
      />
      {chosen === undefined ? (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          {DECISIONS.map((decision) =>
            common === null ? (
              <ActionButton
                key={decision}
                color={LOOKS[decision]}
                variant={decision === 'approve' ? 'contained' : 'outlined'}
                refusal={refusals[decision]}
                hint={<Key text={KEYS[decision]} />}
                onClick={() => choose(decision)}
              >
                {t(`proposals.decide.${decision}`)}
              </ActionButton>
            ) : (
              <Button
                key={decision}
                variant="outlined"
                color="inherit"
                aria-disabled
                aria-describedby="decide-why"
                sx={{ opacity: 0.55, cursor: 'default' }}
              >
                {t(`proposals.decide.${decision}`)}
              </Button>
            ),
          )}
          {common !== null && <RefusalNote refusal={common} id="decide-why" />}
          <Box sx={{ marginInlineStart: 'auto', display: 'flex' }}>
            <Neighbour id={previous} label={t('proposals.keys.previous')} isNext={false} />
            <Neighbour id={next} label={t('proposals.keys.next')} isNext />
          </Box>
        </Box>
      ) : (
        <Confirm
          key={chosen}
          decision={chosen}
          deciding={deciding}
          openComments={view.comments.some(({ resolvedAt }) => resolvedAt === null)}
          onCancel={() => setChosen(undefined)}
        />
      )}
    </Paper>
  );
}

function Confirm({
  decision,
  deciding,
  openComments,
  onCancel,
}: {
  decision: Decision;
  deciding: Deciding;
  openComments: boolean;
  onCancel: () => void;
}) {
  const { t } = useWords();
  const [comment, setComment] = useState('');
  const confirm = useRef<HTMLButtonElement>(null);
  const isRequired = decision !== 'approve';
  const isMissing = isRequired && comment.trim() === '';
  // Approving needs no words, so Enter is enough; the other two begin with the reason.
  useEffect(() => {
    if (!isRequired) confirm.current?.focus();
  }, [isRequired]);
  const send = () => {
    if (!isMissing) void deciding.run({ decision, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) });
  };
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
      }}
    >
      <Typography variant="h3" component="h2">
        {t(`proposals.decide.${decision}Title`)}
      </Typography>
      <TextField
        label={t(isRequired ? 'proposals.decide.reason' : 'proposals.decide.comment')}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        multiline
        maxRows={6}
        fullWidth
        required={isRequired}
        autoFocus={isRequired}
        helperText={openComments && decision === 'request-changes' ? t('proposals.decide.withComments') : undefined}
        slotProps={{ htmlInput: { maxLength: 2000, dir: 'auto' } }}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Button
          ref={confirm}
          type="submit"
          variant="contained"
          color={LOOKS[decision]}
          disabled={isMissing || deciding.busy}
          aria-busy={deciding.busy}
        >
          {t(`proposals.decide.${decision}Confirm`)}
        </Button>
        <Button onClick={onCancel}>{t('common.action.cancel')}</Button>
        {isMissing && (
          <Typography variant="body2" color="text.secondary">
            {t('refusals.comment-required')}
          </Typography>
        )}
      </Box>
    </Box>
  );
}

function Key({ text }: { text: string }) {
  return (
    <Box component="kbd" aria-hidden sx={{ marginInlineStart: 1, display: { xs: 'none', md: 'inline-block' } }}>
      {text}
    </Box>
  );
}

function Neighbour({ id, label, isNext }: { id: string | null; label: string; isNext: boolean }) {
  const Icon = isNext ? ChevronRight : ChevronLeft;
  if (id === null) return null;
  return (
    <Tooltip title={`${label} (${isNext ? 'j' : 'k'})`}>
      <IconButton
        component={Link}
        to={proposalHref(id)}
        aria-label={label}
        sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }}
      >
        <Icon />
      </IconButton>
    </Tooltip>
  );
}
