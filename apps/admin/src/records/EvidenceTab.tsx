import { Box, Chip, Paper, Typography } from '@mui/material';
import type { Evidence } from '@waymark/domain';
import { EvidenceItem } from './EvidenceItem.tsx';
import { fieldLabel } from './fieldLabel.ts';
import { useWords } from './words.ts';

/** All sources of a record and what each speaks for. */
export function EvidenceTab({ doc }: { doc: { evidence: readonly Evidence[] } }) {
  const words = useWords();
  const { t } = words;
  if (doc.evidence.length === 0)
    return <Typography color="text.secondary">{t('records.evidence.noneAtAll')}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {doc.evidence.map((evidence) => (
        <Paper key={evidence.id} component="li" variant="outlined" sx={{ p: 2 }}>
          <EvidenceItem evidence={evidence} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 1, alignItems: 'center' }}>
            <Typography variant="body2" color="text.secondary" component="span">
              {t('fields.part.supports')}
            </Typography>
            {evidence.supports.map((path) => (
              <Chip key={path} size="small" variant="outlined" label={fieldLabel(path, words, [doc])} />
            ))}
            {evidence.supports.length === 0 && <span>{t('records.evidence.supportsNothing')}</span>}
          </Box>
        </Paper>
      ))}
    </Box>
  );
}
