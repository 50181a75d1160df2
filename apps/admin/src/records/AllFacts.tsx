import { Box, Paper, Typography } from '@mui/material';
import { diffDocuments } from '@waymark/domain';
import type { References } from '../contract.ts';
import { fieldLabel } from './fieldLabel.ts';
import { useWords } from './words.ts';
import { ValueLines } from './ValueLines.tsx';
import { ValueWithSource } from './ValueWithSource.tsx';

const ELSEWHERE = ['/id'];

/** Every fact of a document, as it would be reviewed, each with its sources. Evidence has a tab of its own. */
export function AllFacts({
  doc,
  references,
  skip = [],
}: {
  doc: unknown;
  references: References;
  skip?: readonly string[];
}) {
  const words = useWords();
  const facts = diffDocuments(undefined, doc).filter(
    ({ path, class: kind }) =>
      kind !== 'evidence' && ![...ELSEWHERE, ...skip].some((p) => path === p || path.startsWith(`${p}/`)),
  );
  return (
    <Paper variant="outlined" component="dl" sx={{ m: 0 }}>
      {facts.map(({ path, after, class: kind }, i) => (
        <Box
          key={path}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: '240px minmax(0,1fr)' },
            columnGap: 2,
            px: 2,
            py: 1.25,
            borderTop: i === 0 ? 0 : 1,
            borderColor: 'divider',
          }}
        >
          <Typography component="dt" variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            {fieldLabel(path, words, [doc])}
          </Typography>
          <Box component="dd" sx={{ m: 0, minWidth: 0 }}>
            {kind === 'internal' || path === '/slug' ? (
              <ValueLines path={path} value={after} references={references} />
            ) : (
              <ValueWithSource path={path} block isWide>
                <ValueLines path={path} value={after} references={references} />
              </ValueWithSource>
            )}
          </Box>
        </Box>
      ))}
    </Paper>
  );
}
