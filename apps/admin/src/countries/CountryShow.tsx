import { useMemo } from 'react';
import { Box, Button, Link as MuiLink, Paper, Typography } from '@mui/material';
import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import { countryName, languageName } from '@waymark/domain';
import { Link, useParams } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { SafeLink } from '../common/SafeLink.tsx';
import { When } from '../common/When.tsx';
import type { RecordView } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { routingHref } from '../coverage/routingAddress.ts';
import { Localised } from '../records/localised.tsx';
import { OpenProposals } from '../records/OpenProposals.tsx';
import { RecordActions } from '../records/RecordActions.tsx';
import { recordTabs } from '../records/recordTabsOf.tsx';
import { RecordTabs } from '../records/RecordTabs.tsx';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { recordHref, useRecord } from '../records/useRecord.ts';
import { RecordSources, ValueWithSource } from '../records/ValueWithSource.tsx';
import { CoverageTable } from './CoverageTable.tsx';

/** One country: which needs are covered, its emergency numbers, what the law says. */
export default function CountryShow() {
  const { id } = useParams();
  const { data, error, refetch } = useRecord('country', id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <CountryPage view={data} />;
}

function CountryPage({ view }: { view: RecordView<'country'> }) {
  const words = useWords();
  const { t, locale } = words;
  const { doc, references } = view;
  const sources = useMemo(
    () => ({ resource: 'countries' as const, id: view.id, revision: view.revision, doc }),
    [view.id, view.revision, doc],
  );
  return (
    <RecordSources value={sources}>
      <Page
        title={countryName(doc.country, locale)}
        width="wide"
        back={{ to: '/countries', label: t('countries.title') }}
        actions={<RecordActions view={view} />}
      >
        <Box
          sx={{
            display: 'grid',
            gap: 2.5,
            gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0, 3fr) minmax(280px, 2fr)' },
            alignItems: 'start',
          }}
        >
          <Box component="section" aria-labelledby="coverage" sx={{ minWidth: 0 }}>
            <Typography id="coverage" variant="h2" sx={{ mb: 1 }}>
              {t('countries.coverage')}
            </Typography>
            <CoverageTable profile={doc} />
            <Button
              component={Link}
              to={`/entries?filter=${encodeURIComponent(JSON.stringify({ country: doc.country }))}`}
              sx={{ mt: 1 }}
            >
              {t('countries.entries', { country: countryName(doc.country, locale) })}
            </Button>
            <Button
              component={Link}
              to={routingHref({ country: doc.country, need: 'csam-online' })}
              startIcon={<PersonSearch />}
              sx={{ mt: 1 }}
            >
              {t('coverage.see.ofCountry')}
            </Button>
          </Box>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0,1fr)' }}>
            <Panel title={t('fields.emergency')}>
              {(doc.emergency ?? []).length === 0 ? (
                <Typography color="text.secondary">{t('countries.noEmergency')}</Typography>
              ) : (
                <ValueWithSource path="/emergency" block>
                  {(doc.emergency ?? []).map((id) => (
                    <Box key={id}>
                      <MuiLink component={Link} to={recordHref('entry', id)}>
                        <bdi>{references[id]?.name ?? id}</bdi>
                      </MuiLink>
                    </Box>
                  ))}
                </ValueWithSource>
              )}
            </Panel>
            <Panel title={t('entries.about')}>
              <Facts
                facts={[
                  [
                    t('fields.officialLanguages'),
                    (doc.officialLanguages ?? []).map((tag) => languageName(tag, locale)).join(', ') || '–',
                  ],
                  [
                    t('fields.timeZones'),
                    (doc.timeZones ?? []).map((zone) => zone.replaceAll('_', ' ')).join(', ') || '–',
                  ],
                  [
                    t('fields.neighbours'),
                    (doc.neighbours ?? []).map((code) => countryName(code, locale)).join(', ') || '–',
                  ],
                ]}
              />
            </Panel>
            <Panel title={t('records.open.title')}>
              <OpenProposals proposals={view.openProposals} />
            </Panel>
          </Box>
        </Box>
        {(doc.legal ?? []).length > 0 && (
          <Box component="section" aria-labelledby="legal" sx={{ mt: 3 }}>
            <Typography id="legal" variant="h2" sx={{ mb: 1 }}>
              {t('countries.legal')}
            </Typography>
            <Box
              sx={{
                display: 'grid',
                gap: 1.25,
                gridTemplateColumns: { xs: 'minmax(0,1fr)', md: 'repeat(2, minmax(0,1fr))' },
              }}
            >
              {(doc.legal ?? []).map((note) => (
                <Paper key={note.id} variant="outlined" sx={{ p: 2 }}>
                  <ValueWithSource path={`/legal/${note.id}`}>
                    <Typography variant="h3">{t(`vocabulary.legalTopic.${note.topic}`)}</Typography>
                  </ValueWithSource>
                  <Typography sx={{ my: 0.75 }}>
                    <Localised text={note.text} />
                  </Typography>
                  <Typography variant="body2" color="text.secondary" component="div">
                    {note.source && <SafeLink href={note.source} />} {note.edition}{' '}
                    {note.checkedAt && <When at={note.checkedAt} />}
                  </Typography>
                </Paper>
              ))}
            </Box>
          </Box>
        )}
        <RecordTabs tabs={recordTabs(view, 'countries', words)} />
      </Page>
    </RecordSources>
  );
}
