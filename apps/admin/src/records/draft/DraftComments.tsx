import { Alert, AlertTitle, Box, Button, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { When } from '../../common/When.tsx';
import type { ProposalView } from '../../contract.ts';
import { fieldLabel } from '../fieldLabel.ts';
import { useWords } from '../words.ts';

/** What the reviewers asked for, above the form, each with the way to its field. */
export function DraftComments({ view, onGo }: { view: ProposalView; onGo: (path: string) => void }) {
  const t = useTranslate();
  const words = useWords();
  const open = view.comments.filter(({ resolvedAt }) => resolvedAt === null);
  const asked =
    view.state === 'changes-requested'
      ? view.reviews.filter(({ decision, comment }) => decision === 'request-changes' && comment)
      : [];
  const last = asked.at(-1);
  if (open.length === 0 && last === undefined) return null;
  return (
    <Alert severity="warning" sx={{ mb: 2, '& .MuiAlert-message': { flex: 1, minWidth: 0 } }}>
      <AlertTitle>{t('records.draft.asked')}</AlertTitle>
      {last && (
        <Typography component="blockquote" sx={{ m: 0, mb: 1, whiteSpace: 'pre-line' }} dir="auto">
          {last.comment}{' '}
          <Typography component="span" variant="body2">
            — <bdi>{last.reviewerName}</bdi>, <When at={last.at} mode="relative" />
          </Typography>
        </Typography>
      )}
      <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
        {open.map(({ id, path, text, authorName, at }) => (
          <Box component="li" key={id} sx={{ mb: 0.5 }}>
            {path !== null && (
              <Button
                size="small"
                color="inherit"
                variant="outlined"
                onClick={() => onGo(path)}
                sx={{ marginInlineEnd: 1 }}
              >
                {fieldLabel(path, words, [view.doc, view.base])}
              </Button>
            )}
            <span dir="auto">{text}</span>{' '}
            <Typography component="span" variant="body2">
              — <bdi>{authorName}</bdi>, <When at={at} mode="relative" />
            </Typography>
          </Box>
        ))}
      </Box>
    </Alert>
  );
}
