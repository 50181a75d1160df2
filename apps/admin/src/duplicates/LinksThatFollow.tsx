import { Box, Link as MuiLink, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import type { Links } from '../contract.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { listText } from '../records/valueLines.ts';
import { recordHref } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';

/** Records that name the one that goes, and in which field: they will name the one that stays. */
export function LinksThatFollow({ links }: { links: Links }) {
  const words = useWords();
  const { t, locale } = words;
  return (
    <Box component="section" aria-labelledby="links-that-follow">
      <Typography id="links-that-follow" variant="h2" sx={{ mb: 1 }}>
        {t('duplicates.links.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {links.total === 0 ? t('duplicates.links.none') : t('duplicates.links.text', { smart_count: links.total })}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, mt: 1 }}>
        {links.rows.map(({ id, type, name, paths }) => (
          <Box component="li" key={id} sx={{ py: 0.5, typography: 'body2' }}>
            <MuiLink component={Link} to={recordHref(type, id)}>
              <bdi>{name}</bdi>
            </MuiLink>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {' · '}
              {listText([...new Set(paths.map((path) => fieldLabel(path, words, [])))], locale)}
            </Box>
          </Box>
        ))}
      </Box>
      {links.total > links.rows.length && (
        <Typography variant="body2" color="text.secondary">
          {t('duplicates.links.more', { smart_count: links.total - links.rows.length })}
        </Typography>
      )}
    </Box>
  );
}
