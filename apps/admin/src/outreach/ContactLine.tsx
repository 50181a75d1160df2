import { Box, Chip, Typography } from '@mui/material';
import { languageName } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { When } from '../common/When.tsx';
import { useWords } from '../records/words.ts';
import type { Outreach } from './outreach.ts';

const COLOURS = {
  open: 'info',
  answered: 'success',
  'no-answer': 'warning',
  failed: 'error',
  superseded: 'default',
} as const;

/** One contact: how, when, by whom, and what came of it. */
export function ContactLine({ contact }: { contact: Outreach }) {
  const { t, locale } = useWords();
  const { way, template, attempt, language, outcome, answer } = contact;
  const what = way === 'mail' ? t(`outreach.template.${template ?? 'first'}`, { attempt }) : t(`outreach.way.${way}`);
  return (
    <Box sx={{ display: 'grid', gap: 0.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.5 }}>
        <Typography component="span" sx={{ fontWeight: 600 }}>
          {what}
        </Typography>
        <Chip size="small" color={COLOURS[outcome]} variant="outlined" label={t(`outreach.outcome.${outcome}`)} />
      </Box>
      <Typography variant="body2" color="text.secondary" component="div">
        <When at={contact.at} mode="datetime" /> · <bdi>{contact.byName}</bdi>
        {language && ` · ${languageName(language, locale)}`}
        {contact.nextAt && (
          <>
            {` · ${t('outreach.next')} `}
            <When at={contact.nextAt} />
          </>
        )}
      </Typography>
      {contact.note && (
        <Typography variant="body2" dir="auto" sx={{ whiteSpace: 'pre-line' }}>
          {contact.note}
        </Typography>
      )}
      {answer && (
        <Typography variant="body2" component="div">
          {t('outreach.answer.came', { confirmed: answer.confirmed, corrected: answer.corrected })}{' '}
          {t(answer.counts ? 'outreach.answer.counts' : 'outreach.answer.countsNot')}
          {answer.proposals.map((id, i) => (
            <span key={id}>
              {' '}
              <Link to={`/proposals/${id}/show`}>{t('outreach.answer.draft', { n: i + 1 })}</Link>
            </span>
          ))}
        </Typography>
      )}
    </Box>
  );
}
