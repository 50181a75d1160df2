import { Alert } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { When } from '../common/When.tsx';
import type { CourtesyView } from '../contract.ts';
import { useWords } from '../records/words.ts';

/** What was agreed with the organisation about being contacted, and a warning when it was contacted lately. */
export function CourtesyNote({ organisationId }: { organisationId: string }) {
  const { t } = useWords();
  const { data } = useQuery({
    queryKey: ['organisations', 'courtesy', organisationId],
    queryFn: ({ signal }) => api.get<CourtesyView>(`/organisations/${organisationId}/courtesy`, { signal }),
    retry: false,
  });
  if (!data || (data.lastContactAt === null && data.agreedWay === null)) return null;
  return (
    <Alert severity={data.insideCap ? 'warning' : 'info'} sx={{ mb: 2 }}>
      {data.insideCap && <strong>{t('checks.courtesy.tooSoon', { days: data.minDaysBetween })} </strong>}
      {data.lastContactAt !== null && (
        <>
          {t('checks.courtesy.last')} <When at={data.lastContactAt} />.{' '}
        </>
      )}
      {data.agreedWay !== null && (
        <>
          {t('checks.courtesy.agreed')} <bdi>{data.agreedWay}</bdi>
          {data.agreedHours !== null && (
            <>
              {', '}
              <bdi>{data.agreedHours}</bdi>
            </>
          )}
        </>
      )}
    </Alert>
  );
}
