import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import Download from '@mui/icons-material/FileDownloadOutlined';
import { useQueries } from '@tanstack/react-query';
import type { UrgentReview, UrgentWithdrawal } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { api } from '../api.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { ErrorState } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import type { RecordView } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { nameOfDocument } from '../records/nameOfDocument.ts';
import { useWords } from '../records/words.ts';
import { Refusals } from '../signing/Refusals.tsx';
import { UploadSignatures } from '../signing/UploadSignatures.tsx';
import { useRoleInRoot } from '../signing/useBrowserKeys.ts';
import { KeyStatus } from '../snapshots/KeyStatus.tsx';
import { UrgentSign } from './UrgentSign.tsx';
import { useUrgent } from './useUrgent.ts';

/** What is withdrawn at this moment, whether apps know it, and the button that tells them. */
export function UrgentPage() {
  const translate = useTranslate();
  const urgent = useUrgent();
  const role = useRoleInRoot('urgent');
  return (
    <Page title={translate('signing.urgent.title')} subtitle={translate('signing.urgent.subtitle')} width="reading">
      {urgent.isError ? (
        <ErrorState error={urgent.error} onRetry={() => void urgent.refetch()} />
      ) : !urgent.data ? (
        <Loading />
      ) : (
        <Stack spacing={2}>
          {urgent.data.review ? (
            <ToSign review={urgent.data.review} digest={urgent.data.view.request?.digest} />
          ) : (
            <Alert severity="success">{translate('signing.urgent.current')}</Alert>
          )}
          <WholeList
            rows={urgent.data.view.withdrawals?.withdrawn ?? []}
            waiting={urgent.data.review && urgent.data.review.added.length}
          />
          {role && (
            <Panel title={translate('signing.urgent.keys')}>
              <KeyStatus roles={[role]} />
            </Panel>
          )}
        </Stack>
      )}
    </Page>
  );
}

function ToSign({ review, digest }: { review: UrgentReview; digest: string | undefined }) {
  const translate = useTranslate();
  return (
    <Panel title={translate('signing.urgent.waiting')} sx={{ borderColor: 'error.main' }}>
      <Stack spacing={2}>
        {review.refusals.length > 0 && <Refusals refusals={review.refusals} />}
        {review.added.length > 0 && (
          <div>
            <Typography component="h3" variant="h3" sx={{ mb: 0.5 }}>
              {translate('signing.urgent.added')}
            </Typography>
            <Withdrawn rows={review.added} />
          </div>
        )}
        {review.returned.length > 0 && (
          <div>
            <Typography component="h3" variant="h3" sx={{ mb: 0.5 }}>
              {translate('signing.urgent.returned')}
            </Typography>
            <Withdrawn rows={review.returned} />
          </div>
        )}
        <UrgentSign isRefused={review.refusals.length > 0} />
        {digest !== undefined && (
          <>
            {/* For who signs on a machine of their own: `waymark urgent sign`. */}
            <Button
              component="a"
              href={api.href('/urgent/request')}
              download="urgent.json"
              startIcon={<Download />}
              sx={{ alignSelf: 'start' }}
            >
              {translate('signing.urgent.download')}
            </Button>
            <UploadSignatures path="/urgent/signatures" digest={digest} refresh="urgent" />
          </>
        )}
      </Stack>
    </Panel>
  );
}

/**
 * Everything on the list. While one waits, this is what apps will have once it is signed; nothing where the panel above shows
 * all of it already.
 * @param waiting how many of them are new on the list that waits; null while apps have it
 */
function WholeList({ rows, waiting }: { rows: readonly UrgentWithdrawal[]; waiting: number | null }) {
  const translate = useTranslate();
  if (waiting !== null && rows.length === waiting) return null;
  return (
    <Panel title={translate(waiting === null ? 'signing.urgent.list' : 'signing.urgent.listThen')}>
      {rows.length > 0 ? <Withdrawn rows={rows} /> : <EmptyState title={translate('signing.urgent.none')} />}
    </Panel>
  );
}

/** Entries by the name people know, with why and since when. */
function Withdrawn({ rows }: { rows: readonly UrgentWithdrawal[] }) {
  const { t, locale } = useWords();
  const names = useQueries({
    queries: rows.map(({ id }) => ({
      queryKey: ['entries', 'name', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.get<RecordView<'entry'>>(`/entries/${id}`, { signal }),
    })),
  });
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
      {rows.map(({ id, channels, reason, since }, i) => {
        const entry = names[i]?.data;
        return (
          <li key={id + (channels?.join() ?? '')}>
            <Box component={Link} to={`/entries/${id}/show`} sx={{ color: 'primary.main', fontWeight: 650 }}>
              <bdi>{entry ? nameOfDocument('entry', entry.doc, locale) : id}</bdi>
            </Box>
            <Typography variant="body2" color="text.secondary">
              {t(`vocabulary.suspendReason.${reason}`, { _: reason })} · <When at={since} mode="datetime" />
              {channels && <> · {channels.join(', ')}</>}
            </Typography>
          </li>
        );
      })}
    </Box>
  );
}
