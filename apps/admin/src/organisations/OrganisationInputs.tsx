import { useEffect, useRef } from 'react';
import { Box, Button, IconButton } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { hostOf, OrganisationType, pickText, type LocalText } from '@waymark/domain';
import { handleOf } from '../entries/newEntry.ts';
import { UrlInput } from '../entries/inputs/UrlInput.tsx';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';
import { useDocument, useDocumentForm, useField, useValue } from '../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../records/form/EvidenceHere.tsx';
import { EvidenceInputs } from '../records/form/EvidenceInputs.tsx';
import { LocalTextInput } from '../records/form/LocalTextInput.tsx';
import { MembershipsInput } from '../records/form/MembershipsInput.tsx';
import { NamesInput } from '../records/form/NamesInput.tsx';
import { RecordInput } from '../records/form/RecordPicker.tsx';
import { RetirementInputs } from '../records/form/RetirementInputs.tsx';
import { Row, Section } from '../records/form/Section.tsx';
import { TableInput } from '../records/form/TableInput.tsx';
import { NumberInput, TextInput } from '../records/form/TextInput.tsx';
import { useWords } from '../records/words.ts';
import { ContactsInput } from './ContactsInput.tsx';

const PLACES = {
  identity: ['/names', '/acronym', '/otherNames', '/type', '/description', '/locatedIn'],
  web: ['/website', '/domains'],
  relations: ['/parent', '/successor', '/memberships', '/transparency', '/identifiers'],
  evidence: ['/evidence'],
  internal: ['/slug', '/contactsInternal', '/confirmationDomain', '/notesInternal', '/id'],
};

/** The form of an organisation in sections. */
export default function OrganisationInputs({ asNew = false }: { asNew?: boolean }) {
  const { t } = useWords();
  const retirement = useValue<object>('/retirement');
  return (
    <>
      {asNew && <Handle />}
      {retirement !== undefined && (
        <Section id="retirement" title={t('fields.retirement')} pointers={['/retirement']} open>
          <RetirementInputs />
        </Section>
      )}
      <Section id="identity" title={t('entries.section.identity')} pointers={PLACES.identity} open>
        <LocalTextInput pointer="/names" label={t('fields.names')} required withOfficial max={200} />
        <Row>
          <ChoiceInput
            pointer="/type"
            label={t('fields.type')}
            words="organisationType"
            codes={OrganisationType.options}
            required
          />
          <TextInput pointer="/acronym" label={t('fields.acronym')} />
          <TableInput pointer="/locatedIn" table="country" label={t('fields.locatedIn')} />
        </Row>
        <LocalTextInput pointer="/description" label={t('fields.description')} multiline max={600} />
        <NamesInput />
      </Section>
      <Section id="web" title={t('organisations.section.web')} pointers={PLACES.web} open>
        <UrlInput pointer="/website" label={t('fields.website')} />
        <EvidenceHere pointer="/website" />
        <DomainsInput />
      </Section>
      <Section id="relations" title={t('entries.section.relations')} pointers={PLACES.relations}>
        <Row>
          <RecordInput pointer="/parent" resource="organisations" label={t('fields.parent')} />
          <RecordInput pointer="/successor" resource="organisations" label={t('fields.successor')} />
        </Row>
        <MembershipsInput />
        <Row>
          <UrlInput pointer="/transparency/url" label={t('fields.transparency')} />
          <NumberInput pointer="/transparency/latestYear" label={t('fields.part.latestYear')} />
          <TextInput pointer="/transparency/cadence" label={t('fields.part.cadence')} />
        </Row>
        <IdentifiersInput />
      </Section>
      <Section id="evidence" title={t('entries.section.evidence')} pointers={PLACES.evidence}>
        <EvidenceInputs />
      </Section>
      <Section id="internal" title={t('entries.section.internal')} pointers={PLACES.internal}>
        <TextInput
          pointer="/slug"
          label={t('fields.slug')}
          code
          required
          help={t('entries.form.slugHelp')}
          parse={(text) => text.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || undefined}
        />
        <TextInput
          pointer="/confirmationDomain"
          label={t('fields.confirmationDomain')}
          code
          help={t('organisations.confirmationHelp')}
        />
        <ContactsInput />
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

type Domain = { host?: string; role?: string };

/** Hosts the organisation is known to use: addresses elsewhere are flagged in review. The website's own host is one click away. */
function DomainsInput() {
  const { t } = useWords();
  const { value = [], set } = useField<Domain[]>('/domains');
  const website = useValue<string>('/website');
  const own = website === undefined ? undefined : hostOf(website)?.replace(/^www\./, '');
  const add = (domain: Domain) => set([...value, domain]);
  return (
    <Box role="group" aria-label={t('organisations.domains')}>
      {value.map((_domain, i) => (
        <Box key={i}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <TextInput
              pointer={`/domains/${i}/host`}
              label={t('fields.domains')}
              code
              parse={(text) => text.trim().toLowerCase() || undefined}
              placeholder="example.org"
            />
            <ChoiceInput
              pointer={`/domains/${i}/role`}
              label={t('fields.part.role')}
              words="domainRole"
              codes={['main', 'service', 'mail', 'former']}
            />
            <IconButton
              aria-label={t('records.form.remove', { name: `${t('fields.domains')} ${i + 1}` })}
              onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
            >
              <DeleteOutline />
            </IconButton>
          </Box>
          <EvidenceHere pointer={`/domains/${i}`} />
        </Box>
      ))}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        {own !== undefined && own !== '' && !value.some(({ host }) => host === own) && (
          <Button size="small" variant="outlined" startIcon={<Add />} onClick={() => add({ host: own, role: 'main' })}>
            {own}
          </Button>
        )}
        <Button size="small" startIcon={<Add />} onClick={() => add({ role: 'main' })}>
          {t('organisations.addDomain')}
        </Button>
      </Box>
    </Box>
  );
}

function IdentifiersInput() {
  const { t } = useWords();
  const { value = [], set } = useField<object[]>('/identifiers');
  return (
    <Box role="group" aria-label={t('fields.identifiers')}>
      {value.map((_identifier, i) => (
        <Box key={i} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <TextInput pointer={`/identifiers/${i}/scheme`} label={t('fields.part.scheme')} code />
          <TextInput pointer={`/identifiers/${i}/value`} label={t('fields.part.value')} code />
          <IconButton
            aria-label={t('records.form.remove', { name: `${t('fields.identifiers')} ${i + 1}` })}
            onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
          >
            <DeleteOutline />
          </IconButton>
        </Box>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => set([...value, {}])}>
        {t('organisations.addIdentifier')}
      </Button>
    </Box>
  );
}

/** Keeps the handle in step with the name until somebody writes another. */
function Handle() {
  const { store } = useDocumentForm();
  const doc = useDocument();
  const made = useRef<string | undefined>(undefined);
  const name = pickText(doc['names'] as LocalText | undefined);
  useEffect(() => {
    const slug = store.at('/slug');
    const wish = handleOf(name, undefined);
    if (wish === '' || (slug !== undefined && slug !== made.current)) return;
    made.current = wish;
    store.set('/slug', wish);
  }, [name, store]);
  return null;
}
