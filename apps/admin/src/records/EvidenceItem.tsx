import { Box, Chip, Typography } from '@mui/material';
import { reliabilityOf, type Evidence } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { SafeLink } from '../common/SafeLink.tsx';
import { When } from '../common/When.tsx';
import { inLanguage } from './inLanguage.ts';

/** One source: what it is, how reliable, when it was seen, and what it says. */
export function EvidenceItem({ evidence, isNew = false }: { evidence: Evidence; isNew?: boolean }) {
  const t = useTranslate();
  const reliability = reliabilityOf(evidence);
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="body2" component="div" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {evidence.url === undefined ? (
          <bdi>{evidence.title}</bdi>
        ) : (
          <SafeLink href={evidence.url}>{evidence.title}</SafeLink>
        )}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.25, mt: 0.25 }}>
        {isNew && <Chip size="small" color="primary" variant="outlined" label={t('records.evidence.new')} />}
        <ReliabilityText reliability={reliability} />
        <Typography variant="body2" color="text.secondary" component="span">
          {t(`vocabulary.evidenceKind.${evidence.kind}`)}
          {evidence.publisher !== undefined && (
            <>
              {' · '}
              <bdi>{evidence.publisher}</bdi>
            </>
          )}
          {evidence.capturedAt !== undefined && (
            <>
              {' · '}
              {t('records.evidence.seen')} <When at={evidence.capturedAt} />
            </>
          )}
        </Typography>
      </Box>
      {evidence.excerpt !== undefined && (
        <Typography
          component="blockquote"
          variant="body2"
          sx={{
            m: 0,
            mt: 0.75,
            paddingInlineStart: 1.25,
            borderInlineStart: '3px solid',
            borderColor: 'divider',
            whiteSpace: 'pre-line',
            overflowWrap: 'anywhere',
          }}
          {...(evidence.language === undefined ? { dir: 'auto' as const } : inLanguage(evidence.language))}
        >
          {evidence.excerpt}
        </Typography>
      )}
    </Box>
  );
}

const MARKS = { primary: '●●●', secondary: '●●○', tertiary: '●○○' } as const;

/** Reliability in words; the dots only help the eye. */
function ReliabilityText({ reliability }: { reliability: keyof typeof MARKS }) {
  const t = useTranslate();
  return (
    <Typography
      component="span"
      variant="body2"
      sx={{
        fontWeight: 600,
        color:
          reliability === 'primary' ? 'success.main' : reliability === 'secondary' ? 'text.secondary' : 'warning.main',
      }}
    >
      <span aria-hidden style={{ letterSpacing: 1, marginInlineEnd: 4, fontSize: '0.75em' }}>
        {MARKS[reliability]}
      </span>
      {t(`vocabulary.reliability.${reliability}`)}
    </Typography>
  );
}
