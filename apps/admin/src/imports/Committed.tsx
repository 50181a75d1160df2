import { useEffect, useRef } from 'react';
import { Box, Button, Typography } from '@mui/material';
import Download from '@mui/icons-material/Download';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { Panel } from '../common/Panel.tsx';
import { useWords } from '../records/words.ts';
import type { ImportView } from './contract.ts';
import { importPath } from './useImports.ts';

/** What became of the file: the batch that reviewers look at, and a report of every row as it was sent. */
export function Committed({ view }: { view: ImportView }) {
  const { t } = useWords();
  // The way on is at hand for who came here by keyboard.
  const onward = useRef<HTMLAnchorElement>(null);
  useEffect(() => onward.current?.focus(), []);
  return (
    <Panel title={t('imports.result.title')} sx={{ maxWidth: 880 }}>
      <Typography sx={{ mb: 2, maxWidth: '72ch' }}>{t('imports.result.text')}</Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 3 }}>
        {view.batchId !== null && (
          <Button component={Link} ref={onward} to={`/batches/${view.batchId}`} variant="contained" size="large">
            {t('imports.result.toBatch')}
          </Button>
        )}
        <Button component={Link} to="/imports" size="large">
          {t('imports.result.another')}
        </Button>
      </Box>
      <Report view={view} />
    </Panel>
  );
}

/** Every row as it was sent, with what became of it and why. */
export function Report({ view }: { view: ImportView }) {
  const { t } = useWords();
  return (
    <Box>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t('imports.report.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1, maxWidth: '72ch' }}>
        {t('imports.report.text')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            variant="outlined"
            startIcon={<Download />}
            href={api.href(`${importPath(view.id)}/report`, { format })}
            download
          >
            {t(`imports.report.${format}`)}
          </Button>
        ))}
        <Button
          component="a"
          startIcon={<Download />}
          href={api.href(`${importPath(view.id)}/report`, { format: 'xlsx', rows: 'unfinished' })}
          download
        >
          {t('imports.report.unfinished')}
        </Button>
      </Box>
    </Box>
  );
}
