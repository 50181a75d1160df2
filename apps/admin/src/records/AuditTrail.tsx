import { useState } from 'react';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Box, Button, Link as MuiLink, Skeleton, Typography } from '@mui/material';
import type { AuditEvent } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { ErrorState } from '../common/ErrorState.tsx';
import { When } from '../common/When.tsx';
import type { Page } from '../contract.ts';
import { useWords } from './words.ts';

const STEP = 25;

/** What the audit log says about one subject, newest first, each with the way to its proof. */
export function AuditTrail({ subject }: { subject: string }) {
  const { t } = useWords();
  const [perPage, setPerPage] = useState(STEP);
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'subject', subject, perPage],
    queryFn: ({ signal }) => api.get<Page<AuditEvent>>('/audit', { query: { subject, sort: '-seq', perPage }, signal }),
    placeholderData: keepPreviousData,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={120} />;
  if (data.data.length === 0) return <Typography color="text.secondary">{t('records.audit.none')}</Typography>;
  return (
    <Box>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data.data.map((event) => (
          <Box
            component="li"
            key={event.id}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              columnGap: 1.5,
              py: 1,
              borderBottom: 1,
              borderColor: 'divider',
              alignItems: 'baseline',
            }}
          >
            <MuiLink
              component={Link}
              to={`/audit/${event.seq}`}
              sx={{ fontVariantNumeric: 'tabular-nums' }}
              aria-label={t('records.audit.proof', { seq: event.seq })}
            >
              #{event.seq}
            </MuiLink>
            <Typography component="span" sx={{ fontWeight: 600 }}>
              {t(`audit.action.${event.action}`, { _: event.action })}
            </Typography>
            <bdi>{event.actorName ?? event.actor}</bdi>
            <Typography component="span" variant="body2" color="text.secondary">
              <When at={event.at} mode="datetime" />
            </Typography>
          </Box>
        ))}
      </Box>
      {data.total > data.data.length && (
        <Button size="small" onClick={() => setPerPage(perPage + STEP)} sx={{ mt: 1 }}>
          {t('common.action.showMore', { smart_count: Math.min(STEP, data.total - data.data.length) })}
        </Button>
      )}
    </Box>
  );
}
