import { useMemo } from 'react';
import { Box } from '@mui/material';
import { Link, useParams } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { When } from '../common/When.tsx';
import type { RecordView } from '../contract.ts';
import { networkName, useWords } from '../records/words.ts';
import { nameOfDocument } from '../records/nameOfDocument.ts';
import { OpenProposals } from '../records/OpenProposals.tsx';
import { recordTabs } from '../records/recordTabsOf.tsx';
import { RecordTabs } from '../records/RecordTabs.tsx';
import { RetirementNote } from '../records/RetirementNote.tsx';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { StateChip } from '../records/StateChip.tsx';
import { recordHref, useRecord } from '../records/useRecord.ts';
import { RecordSources } from '../records/ValueWithSource.tsx';
import { useMay } from '../session/current.ts';
import { ChangeHref } from './ChannelView.tsx';
import { EntryActions } from './EntryActions.tsx';
import { EntryCard } from './EntryCard.tsx';
import { SuspensionNotice } from './SuspensionNotice.tsx';
import { VerificationSummary, VerificationTab } from './VerificationTab.tsx';

/** One entry: the card as the public will see it, who says so, what is on its way, how it came to be. */
export default function EntryShow() {
  const { id } = useParams();
  const { data, error, refetch } = useRecord('entry', id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <EntryPage view={data} />;
}

function EntryPage({ view }: { view: RecordView<'entry'> }) {
  const words = useWords();
  const { t, locale } = words;
  const mayWrite = useMay('proposal.write');
  const mayReadChecks = useMay('verification.read');
  const { doc, references } = view;
  const name = nameOfDocument('entry', doc, locale);
  const sources = useMemo(
    () => ({ resource: 'entries' as const, id: view.id, revision: view.revision, doc }),
    [view.id, view.revision, doc],
  );
  const changeHref =
    mayWrite && view.state === 'active'
      ? (path: string) => `/entries/${view.id}?focus=${encodeURIComponent(path)}`
      : undefined;
  return (
    <RecordSources value={sources}>
      <ChangeHref value={changeHref}>
        <Page
          title={name}
          width="wide"
          back={{ to: '/entries', label: t('entries.title') }}
          actions={<EntryActions view={view} name={name} />}
        >
          {view.state === 'suspended' && <SuspensionNotice view={view} />}
          {doc.retirement && <RetirementNote retirement={doc.retirement} references={references} type="entry" />}
          <Box
            sx={{
              display: 'grid',
              gap: 2.5,
              gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0, 3fr) minmax(280px, 2fr)' },
              alignItems: 'start',
            }}
          >
            <Box component="section" aria-label={t('entries.card.title')} sx={{ minWidth: 0 }}>
              <Box sx={{ typography: 'body2', color: 'text.secondary', mb: 0.75 }}>{t('entries.card.title')}</Box>
              <EntryCard entry={doc} references={references} organisationName={view.organisationName} />
            </Box>
            <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0,1fr)', mt: { lg: 3.5 } }}>
              {mayReadChecks && (
                <Panel title={t('checks.panel')}>
                  <VerificationSummary view={view} />
                </Panel>
              )}
              <Panel title={t('records.open.title')}>
                <OpenProposals proposals={view.openProposals} />
              </Panel>
              <Panel title={t('entries.about')}>
                <Facts
                  facts={[
                    [t('entries.list.state'), <StateChip key="state" state={view.state} />],
                    [t('fields.slug'), <code key="slug">{view.slug}</code>],
                    [t('records.revision'), <span key="revision">{view.revision}</span>],
                    [t('records.updatedAt'), <When key="when" at={view.updatedAt} mode="datetime" />],
                    [
                      t('fields.organisation'),
                      <Link
                        key="organisation"
                        to={recordHref('organisation', doc.organisation)}
                        style={{ color: 'inherit' }}
                      >
                        <bdi>{references[doc.organisation]?.name ?? view.organisationName ?? doc.organisation}</bdi>
                      </Link>,
                    ],
                    ...(doc.memberships.length > 0
                      ? ([
                          [
                            t('entries.list.networks'),
                            doc.memberships.map(({ network }) => networkName(network)).join(', '),
                          ],
                        ] as const)
                      : []),
                    ...(doc.notesInternal
                      ? ([
                          [
                            t('fields.notesInternal'),
                            <span key="notes" dir="auto" style={{ whiteSpace: 'pre-line' }}>
                              {doc.notesInternal}
                            </span>,
                          ],
                        ] as const)
                      : []),
                  ]}
                />
              </Panel>
            </Box>
          </Box>
          <RecordTabs
            tabs={[
              ...recordTabs(view, 'entries', words),
              ...(mayReadChecks
                ? [{ key: 'verification', label: t('checks.panel'), content: <VerificationTab view={view} /> }]
                : []),
            ]}
          />
        </Page>
      </ChangeHref>
    </RecordSources>
  );
}
