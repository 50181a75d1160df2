import {
  COUNTRIES,
  disclosureOf,
  VALUE_TYPE,
  type CorrectedValue,
  type CorrectionSubject,
  type Signpost,
} from '@waymark/domain';
import { element } from '../element.ts';
import {
  fill,
  LANGUAGES,
  likelyCountry,
  preferredLanguage,
  read,
  Refused,
  send,
  speak,
  type Language,
} from '../page.ts';
import './corrections.css';
import { beginProof, takeProof } from './proof.ts';
import { readSignposts, signpostList } from './signposts.ts';
import { TEXTS, type Texts } from './texts.ts';
import { typedNumber, typedSite } from './typed.ts';

/** The page on which anybody says that something in the directory is wrong. It keeps nothing, in the browser neither. */

type LocalText = Record<string, { text: string; origin?: string }>;
type Found = { slug: string; names: LocalText; areas: string[] };
type Entry = Found & { channels: { id: string; type: string; label?: LocalText; address: string }[] };

const SUBJECTS: readonly CorrectionSubject[] = [
  'wrong-number',
  'wrong-address',
  'closed',
  'hours',
  'language',
  'other',
];
const WITH_NUMBER: readonly string[] = ['phone', 'sms', 'textphone', 'relay'];
const WITH_SITE: readonly string[] = ['url', 'chat', 'app', 'video-relay'];
/** Many of the languages hotlines offer; another one is told in the note. */
const OFFERED =
  'am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km ko ku ky lo lt lv mk mn ms mt my ne nl no pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th ti tk tl tr uk ur uz vi yo zh zu';
const NOTE_LENGTH = 280;

const address = new URLSearchParams(location.search);
let language: Language = preferredLanguage(location.search, navigator.languages);
let texts: Texts = TEXTS[language];

/** What was chosen and typed: drawn again when the language changes. */
const form: {
  entry: Entry | undefined;
  what: CorrectionSubject | undefined;
  channel: string;
  value: string;
  dialledIn: string;
  note: string;
  contact: string;
} = { entry: undefined, what: undefined, channel: '', value: '', dialledIn: '', note: '', contact: '' };
let country = likelyCountry(navigator.languages) ?? '';
if (!COUNTRIES.includes(country)) country = '';
let step: 'form' | 'done' | 'report' = 'form';
let signposts: readonly Signpost[] = [];
let problem: { field: string; text: string } | undefined;
let isSending = false;
let isGone = false;

void begin();

async function begin(): Promise<void> {
  draw();
  void showSignposts();
  const wanted = address.get('entry');
  if (wanted === null || wanted === '') return;
  await choose(wanted).catch(() => {
    isGone = true;
  });
  draw();
}

async function choose(slug: string): Promise<void> {
  form.entry = await read<Entry>(`/entries/${encodeURIComponent(slug)}`);
  form.channel = '';
  isGone = false;
  const [area] = form.entry.areas;
  form.dialledIn = form.entry.areas.length === 1 && area !== '001' ? (area ?? '') : country;
}

async function showSignposts(): Promise<void> {
  const asked = country;
  const found = await readSignposts(asked).catch(() => []);
  if (asked !== country) return;
  signposts = found;
  for (const place of document.querySelectorAll('[data-signposts]'))
    place.replaceChildren(signpostList(signposts, texts));
}

// Drawing

function draw(): void {
  texts = TEXTS[language];
  speak(language, texts.title);
  const main = { form: formParts, done: doneParts, report: reportParts }[step]();
  document
    .getElementById('corrections')
    ?.replaceChildren(
      element('header', {}, element('p', { class: 'brand' }, mark(), 'Waymark'), languageChoice()),
      element('main', {}, ...main),
    );
  for (const place of document.querySelectorAll('[data-signposts]'))
    place.replaceChildren(signpostList(signposts, texts));
}

function mark(): HTMLElement {
  return element('img', { src: '/waymark.svg', alt: '', width: '28', height: '28' });
}

function languageChoice(): HTMLElement {
  return element(
    'div',
    { role: 'group', 'aria-label': texts.language, class: 'languages' },
    ...Object.entries(LANGUAGES).map(([tag, name]) =>
      element(
        'button',
        {
          type: 'button',
          class: 'quiet',
          lang: tag,
          'aria-pressed': String(tag === language),
          onclick: () => {
            language = tag as Language; // A key of LANGUAGES.
            draw();
            document.querySelector<HTMLElement>(`button[lang="${tag}"]`)?.focus();
          },
        },
        name,
      ),
    ),
  );
}

function formParts(): HTMLElement[] {
  return [
    element('h1', {}, texts.title),
    element('p', { class: 'intro' }, texts.intro),
    noReports(),
    element(
      'form',
      {
        novalidate: true,
        oninput: beginProof,
        onsubmit: (event) => {
          event.preventDefault();
          void submit();
        },
      },
      entryPart(),
      ...(form.entry ? [subjectPart(), detailPart()] : []),
    ),
  ];
}

/** Stands above the form on every screen: who reports something must not look for it. */
function noReports(): HTMLElement {
  return element(
    'section',
    { class: 'warning', 'aria-labelledby': 'no-reports' },
    element('h2', { id: 'no-reports' }, texts.noReports),
    element('p', {}, texts.noReportsText),
    countryField(),
    element('div', { 'data-signposts': true, role: 'status' }),
    element('p', {}, texts.emergency),
  );
}

function countryField(): HTMLElement {
  return field(
    'country',
    texts.where,
    select('country', [['', texts.chooseCountry], ...countryNames()], country, (value) => {
      country = value;
      void showSignposts();
    }),
  );
}

function countryNames(): [string, string][] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return COUNTRIES.map((code): [string, string] => [code, names.of(code) ?? code]).sort(([, a], [, b]) =>
    a.localeCompare(b, language),
  );
}

function languageNames(): [string, string][] {
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return OFFERED.split(' ')
    .map((tag): [string, string] => [tag, names.of(tag) ?? tag])
    .sort(([, a], [, b]) => a.localeCompare(b, language));
}

function entryPart(): HTMLElement {
  if (form.entry) {
    return element(
      'section',
      { class: 'card chosen' },
      element('p', { class: 'soft' }, texts.chosen),
      element('p', { class: 'name' }, element('bdi', {}, nameOf(form.entry.names))),
      element(
        'button',
        {
          type: 'button',
          class: 'quiet',
          onclick: () => {
            form.entry = undefined;
            draw();
            document.getElementById('search')?.focus();
          },
        },
        texts.other,
      ),
    );
  }
  const results = element('ul', { class: 'results' });
  const said = element('p', { role: 'status', class: 'soft' });
  let asked = 0;
  const look = async (q: string) => {
    asked += 1;
    const own = asked;
    if (q.trim().length < 2) return show([], '');
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (own !== asked) return undefined;
    const { data } = await read<{ data: Found[] }>(`/entries?q=${encodeURIComponent(q.trim())}`).catch(() => ({
      data: [],
    }));
    if (own !== asked) return undefined;
    return show(data, data.length === 0 ? texts.foundNone : fill(texts.found, { n: data.length }));
  };
  const show = (found: readonly Found[], words: string) => {
    said.textContent = words;
    results.replaceChildren(
      ...found.map(({ slug, names, areas }) =>
        element(
          'li',
          {},
          element(
            'button',
            { type: 'button', class: 'result', onclick: () => void open(slug) },
            element('bdi', { class: 'name' }, nameOf(names)),
            ' ',
            element('span', { class: 'soft' }, areas.slice(0, 3).map(areaName).join(', ')),
          ),
        ),
      ),
    );
  };
  const open = async (slug: string) => {
    await choose(slug).catch(() => {
      isGone = true;
    });
    draw();
    document.querySelector<HTMLElement>('input[name="what"]')?.focus();
  };
  return element(
    'section',
    { class: 'card' },
    isGone && element('p', { role: 'status' }, texts.gone),
    field(
      'search',
      texts.entry,
      element('input', {
        id: 'search',
        type: 'search',
        autocomplete: 'off',
        maxlength: '80',
        'aria-describedby': 'search-help',
        oninput: (event) => void look(valueOf(event)),
      }),
      texts.search,
    ),
    said,
    results,
    problemNote('entry'),
  );
}

function subjectPart(): HTMLElement {
  return element(
    'fieldset',
    { class: 'card' },
    element('legend', {}, texts.what),
    ...SUBJECTS.map((subject) =>
      element(
        'label',
        { class: 'choice' },
        element('input', {
          type: 'radio',
          name: 'what',
          value: subject,
          checked: form.what === subject,
          onchange: () => {
            form.what = subject;
            form.channel = '';
            form.value = '';
            problem = undefined;
            document.getElementById('details')?.replaceWith(detailPart());
          },
        }),
        texts.subject[subject],
      ),
    ),
    problemNote('what'),
  );
}

/** What is asked depends on what is wrong. */
function detailPart(): HTMLElement {
  const { what, entry } = form;
  if (!what || !entry) return element('div', { id: 'details' }, problemNote('form'), sendButton());
  const type = VALUE_TYPE[what];
  return element(
    'div',
    { id: 'details' },
    element(
      'section',
      { class: 'card' },
      channelField(entry, what),
      type && valueField(type),
      noteField(what),
      contactField(),
    ),
    problemNote('form'),
    sendButton(),
  );
}

function channelField(entry: Entry, what: CorrectionSubject): HTMLElement | undefined {
  const types = what === 'wrong-number' ? WITH_NUMBER : what === 'wrong-address' ? WITH_SITE : undefined;
  const channels = entry.channels.filter(({ type }) => types?.includes(type) ?? true);
  if (channels.length === 0 || what === 'other') return undefined;
  const options = channels.map(({ id, label, address: at }): [string, string] => [
    id,
    [nameOf(label), at].filter(Boolean).join(' · '),
  ]);
  return field(
    'channel',
    texts.channel,
    select('channel', [['', texts.anyChannel], ...options], form.channel, (value) => (form.channel = value)),
  );
}

function valueField(type: CorrectedValue['type']): HTMLElement {
  if (type === 'languages')
    return field(
      'value',
      texts.value.languages,
      select('value', [['', texts.anyLanguage], ...languageNames()], form.value, (value) => (form.value = value)),
    );
  const input = element('input', {
    id: 'value',
    type: type === 'phone' ? 'tel' : type === 'website' ? 'url' : 'text',
    dir: type === 'hours' ? 'auto' : 'ltr',
    autocomplete: 'off',
    maxlength: type === 'hours' ? '80' : '300',
    value: form.value,
    'aria-describedby': 'value-help value-problem',
    oninput: (event) => (form.value = valueOf(event)),
  });
  return element(
    'div',
    {},
    field('value', texts.value[type], input, texts.valueHelp[type]),
    type === 'phone' &&
      field(
        'dialled-in',
        texts.dialledIn,
        select(
          'dialled-in',
          [['', texts.chooseCountry], ...countryNames()],
          form.dialledIn,
          (value) => (form.dialledIn = value),
        ),
      ),
    problemNote('value'),
  );
}

function noteField(what: CorrectionSubject): HTMLElement {
  const count = element('p', { id: 'note-count', class: 'soft', role: 'status' });
  const tell = () => {
    const left = NOTE_LENGTH - [...form.note].length;
    count.textContent = left >= 0 ? fill(texts.left, { n: left }) : fill(texts.over, { n: -left });
    count.classList.toggle('over', left < 0);
  };
  const area = element('textarea', {
    id: 'note',
    rows: '3',
    dir: 'auto',
    'aria-describedby': 'note-help note-problem',
    oninput: (event) => {
      form.note = valueOf(event);
      tell();
    },
  });
  area.value = form.note;
  tell();
  return element(
    'div',
    {},
    field('note', what === 'other' ? texts.noteNeeded : texts.note, area, texts.noteHelp),
    count,
    problemNote('note'),
  );
}

function contactField(): HTMLElement {
  return element(
    'div',
    {},
    field(
      'contact',
      texts.contact,
      element('input', {
        id: 'contact',
        type: 'email',
        dir: 'ltr',
        autocomplete: 'email',
        maxlength: '100',
        value: form.contact,
        'aria-describedby': 'contact-help contact-problem',
        oninput: (event) => (form.contact = valueOf(event)),
      }),
      texts.contactHelp,
    ),
    problemNote('contact'),
  );
}

function sendButton(): HTMLElement {
  return element(
    'div',
    { class: 'actions' },
    element('button', { type: 'submit', id: 'send', class: 'primary' }, texts.send),
    element('p', { id: 'sending', role: 'status', class: 'soft' }),
  );
}

function doneParts(): HTMLElement[] {
  return [
    element('h1', { id: 'said', tabindex: '-1' }, texts.thanks),
    element('p', {}, texts.done),
    element('button', { type: 'button', onclick: () => startAgain() }, texts.again),
  ];
}

function reportParts(): HTMLElement[] {
  return [
    element('h1', { id: 'said', tabindex: '-1' }, texts.report),
    element('p', {}, texts.reportText),
    element(
      'section',
      { class: 'warning' },
      countryField(),
      element('div', { 'data-signposts': true, role: 'status' }),
      element('p', {}, texts.emergency),
    ),
    element(
      'button',
      {
        type: 'button',
        class: 'quiet',
        onclick: () => {
          step = 'form';
          draw();
        },
      },
      texts.back,
    ),
  ];
}

function startAgain(): void {
  Object.assign(form, { entry: undefined, what: undefined, channel: '', value: '', note: '' });
  step = 'form';
  draw();
  document.getElementById('search')?.focus();
}

function field(id: string, label: string, control: HTMLElement, help?: string): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    control,
    help ? element('p', { id: `${id}-help`, class: 'soft' }, help) : undefined,
  );
}

function select(
  id: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
  onChoose: (value: string) => void,
): HTMLElement {
  return element(
    'select',
    { id, onchange: (event) => onChoose(valueOf(event)) },
    ...options.map(([value, name]) => element('option', { value, selected: value === chosen }, name)),
  );
}

/** Where a problem is told: beside its field, and read out. */
function problemNote(name: string): HTMLElement {
  const note = element('p', { id: `${name}-problem`, class: 'problem', role: 'alert' });
  if (problem?.field === name) note.textContent = problem.text;
  return note;
}

function tell(name: string, text: string): void {
  problem = { field: name, text };
  for (const note of document.querySelectorAll('.problem')) note.textContent = '';
  const note = document.getElementById(`${name}-problem`);
  if (note) note.textContent = text;
  const at = { entry: 'search', what: undefined }[name] ?? name;
  (name === 'what' ? document.querySelector<HTMLElement>('input[name="what"]') : document.getElementById(at))?.focus();
}

const valueOf = (event: Event): string => {
  const { target } = event;
  return target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
    ? target.value
    : '';
};

function nameOf(names: LocalText | undefined): string {
  const all = Object.values(names ?? {});
  return (names?.[language] ?? all.find(({ origin }) => origin === 'official') ?? names?.['en'] ?? all[0])?.text ?? '';
}

function areaName(code: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}

// Sending

/** What was typed as the server takes it, or the field at fault. */
function typed(): { correction: Record<string, unknown> } | { field: string; text: string } {
  const { entry, what } = form;
  if (!entry) return { field: 'entry', text: texts.error.entry };
  if (!what) return { field: 'what', text: texts.error.what };
  const note = form.note.trim();
  if ([...note].length > NOTE_LENGTH) return { field: 'note', text: texts.error.noteLong };
  if (what === 'other' && note === '') return { field: 'note', text: texts.error.note };
  const contact = form.contact.trim();
  if (contact !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact))
    return { field: 'contact', text: texts.error.contact };
  const value = typedValue(VALUE_TYPE[what]);
  if (value === 'wrong')
    return { field: 'value', text: VALUE_TYPE[what] === 'phone' ? texts.error.phone : texts.error.website };
  return {
    correction: {
      entry: entry.slug,
      what,
      ...(form.channel === '' ? {} : { channel: form.channel }),
      ...(value === undefined ? {} : { value }),
      ...(note === '' ? {} : { note }),
      ...(contact === '' ? {} : { contact }),
      ...(country === '' ? {} : { country }),
    },
  };
}

function typedValue(type: CorrectedValue['type'] | undefined): CorrectedValue | undefined | 'wrong' {
  const written = form.value.trim();
  if (type === undefined || written === '') return undefined;
  if (type === 'hours') return { type, text: written };
  if (type === 'languages') return { type, tags: [written] };
  return (type === 'phone' ? typedNumber(written, form.dialledIn || undefined) : typedSite(written)) ?? 'wrong';
}

/** The guard runs here first: what looks like a report does not even leave the browser. The server runs it again. */
function looksLikeReport(): boolean {
  const names = form.entry ? Object.values(form.entry.names).map(({ text }) => text) : [];
  const hours = form.what === 'hours' ? form.value : '';
  return [form.note, hours].some((text) => disclosureOf(text, names) !== 'clean');
}

async function submit(): Promise<void> {
  if (isSending) return;
  if (looksLikeReport()) return showReport();
  const said = typed();
  if ('field' in said) return tell(said.field, said.text);
  isSending = true;
  const [button, sending] = [document.getElementById('send'), document.getElementById('sending')];
  button?.setAttribute('aria-disabled', 'true');
  if (sending) sending.textContent = texts.checking;
  try {
    await send('/corrections', { correction: said.correction, proof: await takeProof() });
    step = 'done';
    draw();
    document.getElementById('said')?.focus();
  } catch (error) {
    button?.removeAttribute('aria-disabled');
    if (sending) sending.textContent = '';
    refuse(error instanceof Refused ? error : new Refused({}));
  } finally {
    isSending = false;
  }
  return undefined;
}

function refuse(refused: Refused): void {
  if (refused.code === 'looks-like-a-report') return showReport();
  const path = refused.errors[0]?.path ?? '';
  const name = ['value', 'note', 'contact'].find((each) => path.includes(`/${each}`)) ?? 'form';
  const texted: Record<string, string> = texts.error;
  return tell(name, texted[refused.code] ?? texts.error.other);
}

/** What was written is forgotten here too: nobody finds it in the form of a shared computer. */
function showReport(): void {
  form.note = '';
  if (form.what === 'hours') form.value = '';
  step = 'report';
  draw();
  document.getElementById('said')?.focus();
}
