import { useMemo } from 'react';
import { Box, Link as MuiLink, Paper, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { countryName } from '@waymark/domain';
import { Link, useParams } from 'react-router-dom';
import { api } from '../api.ts';
import { ErrorState } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { SafeLink } from '../common/SafeLink.tsx';
import type { Page as ApiPage, RecordRow, RecordView } from '../contract.ts';
import { OutreachPanel } from '../outreach/OutreachPanel.tsx';
import { networkName, useWords } from '../records/words.ts';
import { Localised } from '../records/localised.tsx';
import { nameOfDocument } from '../records/nameOfDocument.ts';
import { OpenProposals } from '../records/OpenProposals.tsx';
import { RecordActions } from '../records/RecordActions.tsx';
import { recordTabs } from '../records/recordTabsOf.tsx';
import { RecordTabs } from '../records/RecordTabs.tsx';
import { RetirementNote } from '../records/RetirementNote.tsx';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { StateChip } from '../records/StateChip.tsx';
import { recordHref, useRecord } from '../records/useRecord.ts';
import { RecordSources, ValueWithSource } from '../records/ValueWithSource.tsx';

/** One organisation: who they are, their known domains, what they run. */
export default function OrganisationShow() {
  const { id } = useParams();
  const { data, error, refetch } = useRecord('organisation', id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <OrganisationPage view={data} />;
}

function OrganisationPage({ view }: { view: RecordView<'organisation'> }) {
  const words = useWords();
  const { t, locale } = words;
  const { doc, references } = view;
  const name = nameOfDocument('organisation', doc, locale);
  const sources = useMemo(
    () => ({ resource: 'organisations' as const, id: view.id, revision: view.revision, doc }),
    [view.id, view.revision, doc],
  );
  return (
    <RecordSources value={sources}>
      <Page
        title={name}
        width="wide"
        back={{ to: '/organisations', label: t('organisations.title') }}
        actions={<RecordActions view={view} />}
      >
        {doc.retirement && <RetirementNote retirement={doc.retirement} references={references} type="organisation" />}
        <Box
          sx={{
            display: 'grid',
            gap: 2.5,
            gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0, 3fr) minmax(280px, 2fr)' },
            alignItems: 'start',
          }}
        >
          <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 }, borderTop: 4, borderTopColor: 'primary.main' }}>
            <Typography variant="overline" component="p" color="text.secondary">
              <ValueWithSource path="/type">{t(`vocabulary.organisationType.${doc.type}`)}</ValueWithSource>
            </Typography>
            <Typography variant="h2" sx={{ fontSize: '1.5rem' }}>
              <Localised text={doc.names} /> {doc.acronym && <span>({doc.acronym})</span>}
            </Typography>
            {doc.description && (
              <Typography sx={{ mt: 1, mb: 2, maxWidth: '64ch' }}>
                <Localised text={doc.description} />
              </Typography>
            )}
            <Box sx={{ mt: 2 }}>
              <Facts
                facts={[
                  ...(doc.website
                    ? ([
                        [
                          t('fields.website'),
                          <ValueWithSource key="website" path="/website">
                            <SafeLink href={doc.website} full />
                          </ValueWithSource>,
                        ],
                      ] as const)
                    : []),
                  ...(doc.locatedIn
                    ? ([
                        [
                          t('fields.locatedIn'),
                          <ValueWithSource key="located" path="/locatedIn">
                            {countryName(doc.locatedIn, locale)}
                          </ValueWithSource>,
                        ],
                      ] as const)
                    : []),
                  [
                    t('organisations.domains'),
                    doc.domains.length === 0
                      ? t('organisations.noDomains')
                      : doc.domains.map(({ host, role }) => (
                          <Box key={host}>
                            <ValueWithSource path={`/domains/${host}`}>
                              <code dir="ltr">{host}</code>&nbsp;({t(`vocabulary.domainRole.${role}`)})
                            </ValueWithSource>
                          </Box>
                        )),
                  ],
                  ...(doc.memberships.length > 0
                    ? ([
                        [
                          t('fields.memberships'),
                          doc.memberships.map(({ network, status }) => (
                            <Box key={network}>
                              <ValueWithSource path={`/memberships/${network}`}>
                                {networkName(network)} ({status})
                              </ValueWithSource>
                            </Box>
                          )),
                        ],
                      ] as const)
                    : []),
                  ...(doc.parent
                    ? ([
                        [
                          t('fields.parent'),
                          <MuiLink key="parent" component={Link} to={recordHref('organisation', doc.parent)}>
                            {references[doc.parent]?.name ?? doc.parent}
                          </MuiLink>,
                        ],
                      ] as const)
                    : []),
                  [t('entries.list.state'), <StateChip key="state" state={view.state} />],
                ]}
              />
            </Box>
          </Paper>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0,1fr)' }}>
            <Panel title={t('organisations.runs')}>
              <Runs id={view.id} />
            </Panel>
            <Panel title={t('records.open.title')}>
              <OpenProposals proposals={view.openProposals} />
            </Panel>
            <OutreachPanel organisationId={view.id} isActive={view.state === 'active'} />
          </Box>
        </Box>
        <RecordTabs tabs={recordTabs(view, 'organisations', words)} />
      </Page>
    </RecordSources>
  );
}

/** The entries an organisation answers for. */
function Runs({ id }: { id: string }) {
  const { t } = useWords();
  const { data, error } = useQuery({
    queryKey: ['entries', 'of', id],
    queryFn: ({ signal }) =>
      api.get<ApiPage<RecordRow>>('/entries', { query: { organisation: id, perPage: 10, sort: 'name' }, signal }),
  });
  if (error) return <ErrorState error={error} />;
  if (data?.total === 0) return <Typography color="text.secondary">{t('organisations.runsNothing')}</Typography>;
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
        {(data?.data ?? []).map((row) => (
          <li key={row.id}>
            <Link to={recordHref('entry', row.id)} style={{ color: 'inherit', fontWeight: 600 }}>
              <bdi>{row.name}</bdi>
            </Link>{' '}
            <Typography component="span" variant="body2" color="text.secondary">
              {t(`vocabulary.kind.${row.kind}`, { _: row.kind })}
            </Typography>
          </li>
        ))}
      </Box>
      {(data?.total ?? 0) > 10 && (
        <MuiLink
          component={Link}
          to={`/entries?filter=${encodeURIComponent(JSON.stringify({ organisation: id }))}`}
          sx={{ display: 'inline-block', mt: 1 }}
        >
          {t('organisations.runsAll', { smart_count: data?.total ?? 0 })}
        </MuiLink>
      )}
    </>
  );
}
