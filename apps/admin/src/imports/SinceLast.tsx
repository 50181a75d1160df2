import { Alert, Box } from '@mui/material';
import { When } from '../common/When.tsx';
import { useWords } from '../records/words.ts';
import type { ImportView } from './contract.ts';

/** What the partner changed since their last list, in figures. */
export function SinceLast({ view }: { view: ImportView }) {
  const { t, locale } = useWords();
  const { since } = view.preview;
  if (since === null) return null;
  const number = new Intl.NumberFormat(locale);
  return (
    <Alert severity="info" sx={{ mb: 2 }}>
      {t('imports.since.comparedWith')} <bdi>{since.name}</bdi>, <When at={since.committedAt} />
      <Box
        component="ul"
        sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none', display: 'flex', flexWrap: 'wrap', columnGap: 2.5 }}
      >
        {(['added', 'changed', 'same', 'gone'] as const).map((each) => (
          <li key={each}>
            <strong>{number.format(since[each])}</strong> {t(`imports.since.${each}`)}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
