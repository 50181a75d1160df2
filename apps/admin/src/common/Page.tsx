import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Title } from 'react-admin';
import { Box, Typography } from '@mui/material';
import ArrowBack from '@mui/icons-material/ArrowBack';
import { Link } from 'react-router-dom';

/** Widths of a page's content: `reading` for text and forms, `wide` for lists and comparisons. */
const WIDTHS = { reading: 880, normal: 1120, wide: 1520 };

export type PageProps = {
  /** Text of the page's h1 and of the browser tab. */
  title: string;
  /** One line under the title. */
  subtitle?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** The page above this one. */
  back?: { to: string; label: string };
  width?: keyof typeof WIDTHS;
  children: ReactNode;
};

/** Frame of every page: title, buttons beside it, a way back, content of a readable width. */
export function Page({ title, subtitle, actions, back, width = 'normal', children }: PageProps) {
  return (
    <Box sx={{ maxWidth: WIDTHS[width], width: '100%' }}>
      <Title title={title} preferenceKey={false} />
      <InHeader slot="page-back">
        {back && (
          <Box
            component={Link}
            to={back.to}
            sx={{
              display: 'inline-flex',
              alignItems: 'center',
              gap: 0.5,
              minHeight: 24,
              color: 'text.secondary',
              textDecoration: 'none',
              typography: 'body2',
              '&:hover': { color: 'text.primary', textDecoration: 'underline' },
            }}
          >
            <ArrowBack aria-hidden sx={{ fontSize: 16, '[dir=rtl] &': { transform: 'scaleX(-1)' } }} />
            {back.label}
          </Box>
        )}
      </InHeader>
      <InHeader slot="page-actions">{actions}</InHeader>
      {subtitle !== undefined && (
        <Typography component="div" color="text.secondary" sx={{ mt: -1, mb: 2.5, maxWidth: '72ch' }}>
          {subtitle}
        </Typography>
      )}
      {children}
    </Box>
  );
}

/** Puts children into the place the layout keeps beside the title. */
export function InHeader({ slot, children }: { slot: 'page-actions' | 'page-back'; children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById(slot)), [slot]);
  return place ? createPortal(children, place) : null;
}
