import { VALUE_TYPE, type CorrectedValue, type CorrectionSubject } from '@waymark/domain';
import { element } from '../element.ts';
import { fill } from '../page.ts';
import { NOTE_LENGTH } from './correction.ts';
import { field, problemNote, select, valueOf } from './fields.ts';
import { countryNames, languageNames, nameOf } from './names.ts';
import { state, type Entry } from './state.ts';
import { TEXTS } from './texts.ts';

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

/** What is wrong. */
export function subjectPart(): HTMLElement {
  const texts = TEXTS[state.language];
  const choose = (subject: CorrectionSubject) => {
    Object.assign(state.form, { what: subject, channel: '', value: '' });
    state.problem = undefined;
    document.getElementById('details')?.replaceWith(detailPart());
  };
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
          checked: state.form.what === subject,
          onchange: () => choose(subject),
        }),
        texts.subject[subject],
      ),
    ),
    problemNote('what'),
  );
}

/** What is asked depends on what is wrong. */
export function detailPart(): HTMLElement {
  const { what, entry } = state.form;
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
  const texts = TEXTS[state.language];
  const types = what === 'wrong-number' ? WITH_NUMBER : what === 'wrong-address' ? WITH_SITE : undefined;
  const channels = entry.channels.filter(({ type }) => types?.includes(type) ?? true);
  if (channels.length === 0 || what === 'other') return undefined;
  const options = channels.map(({ id, label, address }): [string, string] => [
    id,
    [nameOf(label, state.language), address].filter(Boolean).join(' · '),
  ]);
  return field(
    'channel',
    texts.channel,
    select(
      'channel',
      [['', texts.anyChannel], ...options],
      state.form.channel,
      (value) => (state.form.channel = value),
    ),
  );
}

function valueField(type: CorrectedValue['type']): HTMLElement {
  const { form, language } = state;
  const texts = TEXTS[language];
  if (type === 'languages') {
    const options = [['', texts.anyLanguage] as const, ...languageNames(language)];
    return field(
      'value',
      texts.value.languages,
      select('value', options, form.value, (value) => (form.value = value)),
    );
  }
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
  const countries = [['', texts.chooseCountry] as const, ...countryNames(language)];
  return element(
    'div',
    {},
    field('value', texts.value[type], input, texts.valueHelp[type]),
    type === 'phone' &&
      field(
        'dialled-in',
        texts.dialledIn,
        select('dialled-in', countries, form.dialledIn, (value) => (form.dialledIn = value)),
      ),
    problemNote('value'),
  );
}

function noteField(what: CorrectionSubject): HTMLElement {
  const { form } = state;
  const texts = TEXTS[state.language];
  const count = element('p', { id: 'note-count', class: 'soft', role: 'status' });
  const sayLeft = () => {
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
      sayLeft();
    },
  });
  area.value = form.note;
  sayLeft();
  return element(
    'div',
    {},
    field('note', what === 'other' ? texts.noteNeeded : texts.note, area, texts.noteHelp),
    count,
    problemNote('note'),
  );
}

function contactField(): HTMLElement {
  const texts = TEXTS[state.language];
  const input = element('input', {
    id: 'contact',
    type: 'email',
    dir: 'ltr',
    autocomplete: 'email',
    maxlength: '100',
    value: state.form.contact,
    'aria-describedby': 'contact-help contact-problem',
    oninput: (event) => (state.form.contact = valueOf(event)),
  });
  return element('div', {}, field('contact', texts.contact, input, texts.contactHelp), problemNote('contact'));
}

function sendButton(): HTMLElement {
  return element(
    'div',
    { class: 'actions' },
    element('button', { type: 'submit', id: 'send', class: 'primary' }, TEXTS[state.language].send),
    element('p', { id: 'sending', role: 'status', class: 'soft' }),
  );
}
