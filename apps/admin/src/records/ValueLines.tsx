import type { ReactNode } from 'react';
import { Box } from '@mui/material';
import type { References } from '../contract.ts';
import { inLanguage } from './inLanguage.ts';
import { useWords } from './words.ts';
import { valueLines, type Line } from './valueLines.ts';

/** A value as labelled lines. `large` for contact values, which people compare digit by digit. */
export function ValueLines({
  path,
  value,
  references,
  large = false,
}: {
  path: string;
  value: unknown;
  references: References;
  large?: boolean;
}) {
  const words = useWords();
  const lines = valueLines(path, value, { ...words, references });
  if (lines.length === 0) return <Box component="span">–</Box>;
  const [only] = lines;
  if (lines.length === 1 && only?.label === undefined && only) return <LineText line={only} large={large} />;
  return <LineList lines={lines} text={(line, isBare) => <LineText line={line} large={large && isBare} />} />;
}

/** Lines in pairs of label and text; those without a label stand above, being the value itself. */
export function LineList({
  lines,
  text,
}: {
  lines: readonly Line[];
  text: (line: Line, isBare: boolean) => ReactNode;
}) {
  const bare = lines.filter(({ label }) => label === undefined);
  const labelled = lines.filter(({ label }) => label !== undefined);
  return (
    <>
      {bare.map((line, i) => (
        <Box key={i}>{text(line, true)}</Box>
      ))}
      {labelled.length > 0 && (
        <Box
          component="dl"
          sx={{
            m: 0,
            display: 'grid',
            gridTemplateColumns: 'fit-content(42%) minmax(0, 1fr)',
            columnGap: 1.5,
            rowGap: 0.25,
            typography: 'body2',
          }}
        >
          {labelled.map((line, i) => (
            <Box key={i} sx={{ display: 'contents' }}>
              <Box component="dt" sx={{ color: 'text.secondary' }}>
                {line.label}
              </Box>
              <Box component="dd" sx={{ m: 0, minWidth: 0 }}>
                {text(line, false)}
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </>
  );
}

export function LineText({ line, large = false }: { line: Line; large?: boolean }) {
  const isCode = line.code === true;
  return (
    <Box
      component="bdi"
      {...(isCode ? { dir: 'ltr' } : line.lang !== undefined ? inLanguage(line.lang) : {})}
      sx={{
        overflowWrap: 'anywhere',
        whiteSpace: 'pre-line',
        fontVariantNumeric: 'tabular-nums',
        ...(large && isCode ? { fontSize: '1.25rem', fontWeight: 650, letterSpacing: '0.01em' } : {}),
      }}
    >
      {line.text}
    </Box>
  );
}
