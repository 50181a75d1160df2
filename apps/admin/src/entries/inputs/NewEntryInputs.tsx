import { useEffect, useRef, useState } from 'react';
import { Alert, Box, Button, Chip, Link as MuiLink, Paper, TextField, Typography } from '@mui/material';
import AddLink from '@mui/icons-material/AddLink';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import { useQuery } from '@tanstack/react-query';
import {
  AnonymityLevel,
  Audience,
  hostOf,
  Kind,
  parseWebUrl,
  pickText,
  type Evidence,
  type LocalText,
} from '@waymark/domain';
import { Link } from 'react-router-dom';
import { api } from '../../api.ts';
import type { Page, RecordRow } from '../../contract.ts';
import { ChoiceInput, ChoicesInput } from '../../records/form/ChoiceInput.tsx';
import { useDocument, useDocumentForm, useField } from '../../records/form/DocumentForm.tsx';
import { LocalTextInput } from '../../records/form/LocalTextInput.tsx';
import { todayIn, withSource } from '../../records/form/newEvidence.ts';
import { RecordInput } from '../../records/form/RecordPicker.tsx';
import { Row } from '../../records/form/Section.tsx';
import { useWords } from '../../records/words.ts';
import { recordHref } from '../../records/useRecord.ts';
import { handleOf, usualFor, WHOLE_PAGE } from '../newEntry.ts';
import { AcceptsInput } from './AcceptsInput.tsx';
import { PhoneInput } from './PhoneInput.tsx';
import { ServesInput } from './ServesInput.tsx';

type ChannelDraft = { id: string; type: string; value?: { href?: string } };

/** The questions a new entry cannot do without, in the order a page answers them. Kind, area and address fill in what usually follows. */
export function NewEntryInputs() {
  const { t } = useWords();
  const level = useField<string>('/anonymity/level').value;
  useHandle();
  useUsual();
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby="new-entry"
      sx={{ p: { xs: 1.5, sm: 2.5 }, mb: 2, display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0,1fr)' }}
    >
      <Typography id="new-entry" variant="h2">
        {t('entries.create.essentials')}
      </Typography>
      <WebAddress />
      <LocalTextInput pointer="/names" label={t('fields.names')} required withOfficial max={200} />
      <Row>
        <ChoiceInput pointer="/kind" label={t('fields.kind')} words="kind" codes={Kind.options} required />
        <RecordInput pointer="/organisation" resource="organisations" label={t('fields.organisation')} required />
      </Row>
      <MissingOrganisation />
      <ServesInput />
      <AcceptsInput />
      <ChoicesInput pointer="/audience" label={t('fields.audience')} words="audience" codes={Audience.options} />
      <ChoiceInput
        pointer="/anonymity/level"
        label={t('fields.anonymity')}
        words="anonymity"
        codes={AnonymityLevel.options}
        {...(level === undefined ? {} : { help: t(`vocabulary.anonymityLong.${level}`) })}
      />
      <QuickPhone />
      <OfficialPage />
    </Paper>
  );
}

/** The page it is known by: becomes its first channel, finds entries that are there already and suggests who runs it. */
function WebAddress() {
  const { t } = useWords();
  const { store } = useDocumentForm();
  const { value: channels = [] } = useField<ChannelDraft[]>('/channels');
  const at = channels.findIndex(({ type }) => type === 'url');
  const href = channels[at]?.value?.href;
  const [text, setText] = useState(href ?? '');
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
  const parsed = text.trim() === '' ? undefined : parseWebUrl(whole);
  const keep = () => {
    if (text.trim() === '' && at >= 0) store.set(`/channels/${at}`, undefined);
    if (!parsed?.ok || parsed.href === href) return;
    if (at >= 0) store.set(`/channels/${at}/value/href`, parsed.href);
    else store.set('/channels', [{ id: 'web', type: 'url', value: { href: parsed.href } }, ...channels]);
    setText(parsed.href);
  };
  return (
    <Box>
      <TextField
        label={t('entries.create.webAddress')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
        error={parsed?.ok === false && text.includes('.')}
        helperText={parsed?.ok === false && text.includes('.') ? parsed.fix : t('entries.create.webAddressHelp')}
        fullWidth
        autoFocus
        placeholder="https://"
        slotProps={{ htmlInput: { dir: 'ltr', inputMode: 'url', spellCheck: false } }}
      />
      {href !== undefined && <KnownAlready host={(hostOf(href) ?? '').replace(/^www\./, '')} />}
    </Box>
  );
}

/** Entries and organisations under the same host. */
function KnownAlready({ host }: { host: string }) {
  const { t } = useWords();
  const { store } = useDocumentForm();
  const organisation = useField<string>('/organisation').value;
  const ask = (resource: 'entries' | 'organisations') => ({
    queryKey: [resource, 'host', host],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<Page<RecordRow>>(`/${resource}`, { query: { q: host, perPage: 4 }, signal }),
  });
  const entries = useQuery(ask('entries')).data?.data ?? [];
  const organisations = useQuery(ask('organisations')).data?.data ?? [];
  const suggested = [
    ...organisations.map(({ id, name }) => ({ id, name })),
    ...entries.flatMap(({ organisationId, organisationName }) =>
      organisationId && organisationName ? [{ id: organisationId, name: organisationName }] : [],
    ),
  ].filter(({ id }, i, all) => all.findIndex((other) => other.id === id) === i);
  return (
    <Box sx={{ display: 'grid', gap: 1, mb: 1 }}>
      {entries.length > 0 && (
        <Alert severity="info">
          {t('entries.create.knownAlready')}{' '}
          {entries.map(({ id, name }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <MuiLink component={Link} to={recordHref('entry', id)} target="_blank" color="inherit">
                <bdi>{name}</bdi>
              </MuiLink>
            </span>
          ))}
        </Alert>
      )}
      {organisation === undefined && suggested.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
          <Typography variant="body2">{t('entries.create.suggested')}</Typography>
          {suggested.slice(0, 3).map(({ id, name }) => (
            <Chip
              key={id}
              label={name}
              size="small"
              color="primary"
              variant="outlined"
              onClick={() => store.set('/organisation', id)}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}

function MissingOrganisation() {
  const { t } = useWords();
  const { value } = useField<string>('/organisation');
  if (value !== undefined) return null;
  return (
    <Typography variant="body2" color="text.secondary">
      {t('entries.create.noOrganisation')}{' '}
      <MuiLink component={Link} to="/organisations/create" target="_blank">
        {t('organisations.create.title')}
      </MuiLink>
    </Typography>
  );
}

/** A number, when there is one: shown without having to ask for it when kinds are usually reached by phone. */
function QuickPhone() {
  const { t } = useWords();
  const { store } = useDocumentForm();
  const { value: channels = [] } = useField<ChannelDraft[]>('/channels');
  const at = channels.findIndex(({ type }) => type === 'phone');
  if (at < 0) {
    return (
      <Box>
        <Button
          size="small"
          onClick={() => store.set('/channels', [...channels, { id: 'tel', type: 'phone', value: {} }])}
        >
          {t('entries.create.addPhone')}
        </Button>
      </Box>
    );
  }
  return (
    <PhoneInput
      pointer={`/channels/${at}/value/number`}
      label={t('vocabulary.channelType.phone')}
      reachPointer={`/channels/${at}/reach`}
    />
  );
}

/** One official page as evidence for all of it: usually the address itself, one click. */
function OfficialPage() {
  const { t } = useWords();
  const { store } = useDocumentForm();
  const { value: list = [] } = useField<Evidence[]>('/evidence');
  const { value: channels = [] } = useField<ChannelDraft[]>('/channels');
  const href = channels.find(({ type }) => type === 'url')?.value?.href;
  const [url, setUrl] = useState('');
  const add = (address: string) =>
    store.set('/evidence', withSource(list, address, 'official-page', WHOLE_PAGE, todayIn(new Date())));
  const isUrl = parseWebUrl(url.trim()).ok;
  return (
    <Box
      role="group"
      aria-label={t('entries.create.evidence')}
      data-pointer="/evidence"
      sx={{ borderTop: 1, borderColor: 'divider', pt: 1.5 }}
    >
      <Typography sx={{ fontWeight: 600 }}>{t('entries.create.evidence')}</Typography>
      <Typography variant="body2" color="text.secondary">
        {t('entries.create.evidenceHelp')}
      </Typography>
      {list.map((e) => (
        <Typography key={e.id} variant="body2" sx={{ display: 'flex', gap: 0.75, mt: 0.5, alignItems: 'center' }}>
          <CheckCircleOutline aria-hidden color="success" fontSize="small" />
          <bdi>{e.title}</bdi>
        </Typography>
      ))}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mt: 0.5 }}>
        {href !== undefined && !list.some((e) => e.url === href) && (
          <Button variant="outlined" startIcon={<AddLink />} onClick={() => add(href)}>
            {t('entries.create.samePage')}
          </Button>
        )}
        <TextField
          label={t('records.evidence.url')}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          onBlur={() => {
            if (!isUrl) return;
            add(url.trim());
            setUrl('');
          }}
          margin="none"
          sx={{ flex: '1 1 240px' }}
          placeholder="https://"
          slotProps={{ htmlInput: { dir: 'ltr' } }}
        />
      </Box>
    </Box>
  );
}

/** Keeps the handle in step with name and area until somebody writes another. */
function useHandle() {
  const { store } = useDocumentForm();
  const doc = useDocument();
  const made = useRef<string | undefined>(undefined);
  const name = pickText(doc['names'] as LocalText | undefined);
  const area = (doc['serves'] as { area?: string }[] | undefined)?.[0]?.area;
  useEffect(() => {
    const slug = store.at('/slug');
    const wish = handleOf(name, area);
    if (wish === '' || (slug !== undefined && slug !== made.current)) return;
    made.current = wish;
    store.set('/slug', wish);
  }, [name, area, store]);
}

/** Fills in what a kind usually accepts and whom it serves, as long as nobody has said otherwise. */
function useUsual() {
  const { store } = useDocumentForm();
  const kind = useField<Kind>('/kind').value;
  useEffect(() => {
    if (kind === undefined) return;
    const { accepts, audience } = usualFor(kind);
    if (store.at('/accepts') === undefined && Object.keys(accepts).length > 0) store.set('/accepts', accepts);
    if (store.at('/audience') === undefined) store.set('/audience', audience);
  }, [kind, store]);
}
