import { useEffect, type ReactNode } from 'react';
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'ra-core';
import { DemoBanner } from '../layout/DemoBanner.tsx';
import { Brand } from '../layout/Mark.tsx';
import { DarkToggle, LanguageMenu } from '../layout/TopBar.tsx';
import { Hills } from './Hills.tsx';

/** Frame of the pages before the sign-in: who we are on one side, the form on the other. */
export function Gate({ title, children, width = 420 }: { title: string; children: ReactNode; width?: number }) {
  const translate = useTranslate();
  useEffect(() => {
    document.title = `${title} · Waymark`;
  }, [title]);
  return (
    <Box sx={{ minHeight: '100vh', display: 'flex', flexDirection: 'column' }}>
      <DemoBanner />
      <Box
        sx={{
          flex: 1,
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(340px, 5fr) minmax(0, 7fr)' },
        }}
      >
        <Box
          component="header"
          sx={{
            position: 'relative',
            overflow: 'hidden',
            display: 'flex',
            flexDirection: 'column',
            bgcolor: 'var(--wm-rail)',
            color: 'var(--wm-rail-text)',
            p: { xs: 2, md: 5 },
          }}
        >
          <Box sx={{ display: 'flex' }}>
            <Brand size={36} tone="#ffffff" />
          </Box>
          <Box sx={{ display: { xs: 'none', md: 'block' }, mt: 8, position: 'relative', zIndex: 1 }}>
            <Typography
              component="p"
              sx={{
                fontSize: '1.75rem',
                lineHeight: 1.25,
                fontWeight: 680,
                letterSpacing: '-0.015em',
                color: '#fff',
                maxWidth: '16ch',
              }}
            >
              {translate('session.tagline')}
            </Typography>
            <Typography component="p" sx={{ mt: 2, maxWidth: '38ch', color: 'var(--wm-rail-text)' }}>
              {translate('session.promise')}
            </Typography>
          </Box>
          <Hills />
        </Box>
        <Box
          component="main"
          id="main-content"
          sx={{ display: 'flex', flexDirection: 'column', minWidth: 0, p: { xs: 2, sm: 3 } }}
        >
          <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
            <LanguageMenu />
            <DarkToggle />
          </Box>
          <Box sx={{ width: '100%', maxWidth: width, mx: 'auto', my: 'auto', py: { xs: 2, md: 4 } }}>
            <Typography component="h1" variant="h1" sx={{ mb: 2.5 }}>
              {title}
            </Typography>
            {children}
          </Box>
        </Box>
      </Box>
    </Box>
  );
}
