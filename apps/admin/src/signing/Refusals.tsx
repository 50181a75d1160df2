import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import type { SigningRefusal } from '@waymark/domain';
import { useTranslate } from 'ra-core';

/** What speaks against signing and nobody may answer for. While one stands, nothing is signed. */
export function Refusals({ refusals }: { refusals: readonly SigningRefusal[] }) {
  const translate = useTranslate();
  return (
    <Alert severity="error" role="alert">
      <AlertTitle>{translate('signing.refusals.title')}</AlertTitle>
      <Typography sx={{ mb: 1 }}>{translate('signing.refusals.text')}</Typography>
      <Reasons refusals={refusals} />
    </Alert>
  );
}

/** Reasons, each with the place it was found at. */
export function Reasons({ refusals }: { refusals: readonly SigningRefusal[] }) {
  const translate = useTranslate();
  const codes = [...new Set(refusals.map(({ code }) => code))];
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
      {codes.map((code) => (
        <li key={code}>
          <Box component="span" sx={{ fontWeight: 650 }}>
            {translate(`signing.refusal.${code}`, { _: code })}
          </Box>
          {refusals
            .filter((refusal) => refusal.code === code)
            .map(({ detail }) => (
              // The detail comes from the rule, in English, with names and values in it; it stays on the side of its title.
              <Box key={detail} sx={{ typography: 'body2', overflowWrap: 'anywhere' }}>
                <bdi lang="en">{detail}</bdi>
              </Box>
            ))}
        </li>
      ))}
    </Box>
  );
}
