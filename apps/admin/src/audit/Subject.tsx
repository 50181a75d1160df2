import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import { useTranslate } from 'ra-core';

const PLACES: Record<string, (id: string) => string> = {
  entry: (id) => `/entries/${id}/show`,
  organisation: (id) => `/organisations/${id}/show`,
  country: (id) => `/countries/${id}/show`,
  proposal: (id) => `/proposals/${id}/show`,
  snapshot: (id) => `/snapshots/${id}/show`,
  user: (id) => `/users/${id}`,
  policy: () => '/settings',
};

/** What an event was done to, as a link where there is a page. */
export function Subject({ subject }: { subject: string }) {
  const translate = useTranslate();
  const colon = subject.indexOf(':');
  const type = colon === -1 ? subject : subject.slice(0, colon);
  const id = colon === -1 ? '' : subject.slice(colon + 1);
  // Ids begin with the time they were made at, so neighbours differ at their end only.
  const shortId = id.length > 13 ? `…${id.slice(-8)}` : id;
  const name = `${translate(`audit.subject.${type}`, { _: type })} ${shortId}`.trim();
  const place = PLACES[type];
  if (!place || id === '') return <span title={subject}>{name}</span>;
  return (
    <Link component={RouterLink} to={place(id)} title={subject} sx={{ whiteSpace: 'nowrap' }}>
      {name}
    </Link>
  );
}
