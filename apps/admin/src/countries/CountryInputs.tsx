import { useEffect } from 'react';
import { isCountry, Need, timeZonesOf } from '@waymark/domain';
import { useSearchParams } from 'react-router-dom';
import { EvidenceHere } from '../records/form/EvidenceHere.tsx';
import { EvidenceInputs } from '../records/form/EvidenceInputs.tsx';
import { todayIn } from '../records/form/newEvidence.ts';
import { useDocumentForm, useValue } from '../records/form/DocumentForm.tsx';
import { RecordsInput } from '../records/form/RecordPicker.tsx';
import { Section } from '../records/form/Section.tsx';
import { TableInput, TablesInput } from '../records/form/TableInput.tsx';
import { TextInput } from '../records/form/TextInput.tsx';
import { useWords } from '../records/words.ts';
import { CoverageInput } from './CoverageInput.tsx';
import { LegalInput } from './LegalInput.tsx';

/** The form of a country profile in sections. */
export default function CountryInputs({ asNew = false }: { asNew?: boolean }) {
  const { t } = useWords();
  return (
    <>
      {asNew && <FromCountry />}
      <FromNeed />
      <Section
        id="identity"
        title={t('countries.section.country')}
        pointers={['/country', '/timeZones', '/officialLanguages', '/neighbours']}
        open={asNew}
      >
        <TableInput pointer="/country" table="country" label={t('fields.country')} required />
        <TablesInput pointer="/officialLanguages" table="language" label={t('fields.officialLanguages')} />
        <TablesInput pointer="/timeZones" table="timeZone" label={t('fields.timeZones')} />
        <TablesInput pointer="/neighbours" table="country" label={t('fields.neighbours')} />
      </Section>
      <Section id="coverage" title={t('countries.coverage')} pointers={['/coverage']} open>
        <CoverageInput />
      </Section>
      <Section id="emergency" title={t('fields.emergency')} pointers={['/emergency']} open>
        <RecordsInput
          pointer="/emergency"
          resource="entries"
          label={t('fields.emergency')}
          help={t('countries.emergencyHelp')}
        />
        <EvidenceHere pointer="/emergency" />
      </Section>
      <Section id="legal" title={t('countries.legal')} pointers={['/legal']}>
        <LegalInput />
      </Section>
      <Section id="evidence" title={t('entries.section.evidence')} pointers={['/evidence']}>
        <EvidenceInputs />
      </Section>
      <Section id="internal" title={t('entries.section.internal')} pointers={['/slug', '/notesInternal', '/id']}>
        <TextInput
          pointer="/slug"
          label={t('fields.slug')}
          code
          required
          help={t('entries.form.slugHelp')}
          parse={(text) => text.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || undefined}
        />
        <TextInput
          pointer="/notesInternal"
          label={t('fields.notesInternal')}
          multiline
          help={t('records.form.internalHelp')}
        />
      </Section>
    </>
  );
}

/** Handle and time zones follow from the country chosen. */
function FromCountry() {
  const { store } = useDocumentForm();
  const country = useValue<string>('/country');
  useEffect(() => {
    if (country === undefined || !isCountry(country)) return;
    if (store.at('/slug') === undefined) store.set('/slug', country.toLowerCase());
    if (store.at('/timeZones') === undefined && timeZonesOf(country).length > 0)
      store.set('/timeZones', [...timeZonesOf(country)]);
  }, [country, store]);
  return null;
}

/** `?need=` is what the research is about: its row is there, looked at today, and what was found is left to say. */
function FromNeed() {
  const { store, reveal } = useDocumentForm();
  const [params] = useSearchParams();
  const need = Need.safeParse(params.get('need')).data;
  useEffect(() => {
    if (need === undefined) return undefined;
    // Drafts may lack anything; of the rows only the need is read.
    const rows = (store.at('/coverage') ?? []) as { need: string }[];
    const found = rows.findIndex((row) => row.need === need);
    if (found < 0) store.set('/coverage', [...rows, { need, checkedAt: todayIn(new Date()) }]);
    // The form around it decides first what is focused when it appears.
    const timer = setTimeout(() => reveal(`/coverage/${found < 0 ? rows.length : found}/checkedAt`));
    return () => clearTimeout(timer);
  }, [need, store, reveal]);
  return null;
}
