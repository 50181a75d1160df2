import { type ReactNode } from 'react';
import { Box, Link } from '@mui/material';
import OpenInNew from '@mui/icons-material/OpenInNew';
import { useTranslate } from 'ra-core';

/** The URL when it is one a browser may open from here: http or https, nothing that runs. */
export function openable(address: string): URL | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A link to a page outside. Only http and https become links; everything else is shown as the text it is.
 * Shows the host as the machine sees it (`xn--…`), so that a look-alike shows itself.
 */
export function SafeLink({ href, children, full = false }: { href: string; children?: ReactNode; full?: boolean }) {
  const translate = useTranslate();
  const url = openable(href);
  if (!url) {
    return (
      <Box
        component="bdi"
        dir="ltr"
        title={translate('common.link.unsafe')}
        sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}
      >
        {href}
      </Box>
    );
  }
  const label = children ?? (full ? href : url.host.replace(/^www\./, ''));
  return (
    <Link
      href={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      referrerPolicy="no-referrer"
      title={url.href}
      sx={{ overflowWrap: 'anywhere' }}
    >
      <bdi dir={children === undefined ? 'ltr' : 'auto'}>{label}</bdi>
      {children !== undefined && (
        <>
          {' '}
          <Box component="bdi" dir="ltr" sx={{ color: 'text.secondary' }}>
            {url.host}
          </Box>
        </>
      )}
      <OpenInNew aria-hidden sx={{ fontSize: '0.85em', marginInlineStart: 0.5, verticalAlign: '-0.1em' }} />
      <Box component="span" className="visually-hidden">
        {` (${translate('common.link.newWindow')})`}
      </Box>
    </Link>
  );
}
