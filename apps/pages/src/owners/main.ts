import { fill, LANGUAGES, preferredLanguage, Refused, speak, type Language } from '../page.ts';
import { countChoices, emptyChoice, toAnswer, type Choice, type EntryChoice } from './answer.ts';
import { element } from '../element.ts';
import { channelLines, factLines, textIn, type OwnEntry } from './facts.ts';
import './owners.css';
import { readPage, sendAnswer, type OwnPage, type Receipt } from './server.ts';
import { wordsIn, type Words } from './texts.ts';
import { inputTypeOf, shownValue } from './value.ts';

/** The page behind a one-time link: a listed organisation sees its own entries and says whether they are right. */

const CHOICES: readonly Choice[] = ['right', 'wrong', 'unsaid'];

const token = location.hash.slice(1);
// Another letter opened in the same tab shows another page.
addEventListener('hashchange', () => location.reload());

let language = preferredLanguage(location.search, navigator.languages);
let page: OwnPage | undefined;
let receipt: Receipt | undefined;
let refused: Refused | undefined;
let isSending = false;
const choices = new Map<string, EntryChoice>();

void load();

async function load(): Promise<void> {
  draw();
  try {
    page = await readPage(token);
    for (const entry of page.entries) choices.set(entry.id, emptyChoice(entry));
  } catch (error) {
    refused = toRefused(error);
  }
  draw();
}

async function send(): Promise<void> {
  if (isSending || !page) return;
  refused = undefined;
  const answer = toAnswer(page.entries, choices);
  if (answer.entries.length === 0) refused = new Refused({ code: 'nothing-changed' });
  else {
    isSending = true;
    draw();
    try {
      receipt = await sendAnswer(token, answer);
    } catch (error) {
      refused = toRefused(error);
    }
    isSending = false;
  }
  draw();
  document.getElementById(receipt ? 'thanks' : 'problem')?.focus();
}

const toRefused = (error: unknown): Refused => (error instanceof Refused ? error : new Refused({}));

/** Everything is drawn anew: the page is small, and what was chosen stands in `choices`. */
function draw(): void {
  const words = wordsIn(language);
  const { texts } = words;
  speak(language, texts.title);
  const focused = document.activeElement?.id;
  document
    .getElementById('owners')
    ?.replaceChildren(
      element('header', {}, element('p', { class: 'mark' }, 'Waymark'), languageChoice(words)),
      element('main', {}, element('h1', {}, texts.title), ...body(words)),
    );
  if (focused) document.getElementById(focused)?.focus();
}

function languageChoice({ texts }: Words): HTMLElement {
  const buttons = Object.entries(LANGUAGES).map(([tag, name]) =>
    element(
      'button',
      {
        type: 'button',
        id: `language-${tag}`,
        lang: tag,
        'aria-pressed': String(tag === language),
        onclick: () => {
          language = tag as Language; // A key of LANGUAGES.
          draw();
        },
      },
      name,
    ),
  );
  return element('div', { role: 'group', 'aria-label': texts.language, class: 'languages' }, ...buttons);
}

function body(words: Words): (Node | undefined)[] {
  const { texts } = words;
  if (receipt) {
    return [
      element('h2', { id: 'thanks', tabindex: '-1' }, texts.thanks),
      element('p', {}, fill(texts.done, receipt)),
      element('p', {}, texts.close),
    ];
  }
  if (!page) return [refused ? problem(refused, words) : element('p', { role: 'status' }, texts.loading)];
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(page.until));
  const form = element(
    'form',
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        void send();
      },
    },
    ...page.entries.map((entry) => entryCard(entry, words)),
    refused && problem(refused, words),
    element('p', { id: 'summary', role: 'status' }, summaryText(words)),
    element(
      'button',
      { type: 'submit', id: 'send', class: 'primary', 'aria-disabled': isSending ? 'true' : undefined },
      isSending ? texts.sending : texts.send,
    ),
  );
  return [
    element('p', {}, fill(texts.intro, { organisation: page.organisation })),
    element('p', { class: 'soft' }, `${fill(texts.until, { date: until })} ${texts.never}`),
    form,
  ];
}

function problem({ code, errors }: Refused, { texts }: Words): HTMLElement {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
  const known: Record<string, string> = texts.error;
  const text = fill(known[code] ?? texts.error.other, { detail });
  return element('p', { id: 'problem', role: 'alert', tabindex: '-1', class: 'problem' }, text);
}

const summaryText = ({ texts }: Words): string => fill(texts.summary, countChoices(choices.values()));

/** Says the count anew without drawing the page, so that the cursor stays where somebody writes. */
function tally(words: Words): void {
  document.getElementById('summary')?.replaceChildren(summaryText(words));
}

function entryCard(entry: OwnEntry, words: Words): HTMLElement {
  const { texts } = words;
  const choice = choices.get(entry.id) ?? emptyChoice(entry);
  const id = `entry-${entry.id}`;
  const everything = element(
    'button',
    {
      type: 'button',
      id: `${id}-all`,
      onclick: () => {
        choice.facts = 'right';
        for (const said of Object.values(choice.channels)) said.is = 'right';
        draw();
      },
    },
    texts.allRight,
  );
  return element(
    'section',
    { 'aria-labelledby': `${id}-name`, class: 'card' },
    element('h2', { id: `${id}-name`, dir: 'auto' }, textIn(entry.names, language)),
    entry.summary && element('p', { dir: 'auto' }, textIn(entry.summary, language)),
    everything,
    element('h3', {}, texts.channels),
    entry.channels.length === 0 && element('p', {}, texts.noChannels),
    ...entry.channels.map((channel) => channelField(entry.id, channel, choice, words)),
    factsField(entry, choice, words),
    noteField(id, choice, words),
  );
}

function channelField(
  entryId: string,
  channel: OwnEntry['channels'][number],
  choice: EntryChoice,
  words: Words,
): HTMLElement {
  const { texts, word } = words;
  const said = choice.channels[channel.id] ?? { is: 'unsaid', written: '' };
  const id = `${entryId}-${channel.id}`;
  const type = inputTypeOf(channel);
  const label = [word('channelType', channel.type), textIn(channel.label, language)].filter(Boolean).join(': ');
  const radios = CHOICES.map((is) =>
    radio({ id, name: id, value: is, isChosen: said.is === is, label: texts[is] }, () => {
      said.is = is;
      draw();
    }),
  );
  return element(
    'fieldset',
    {},
    element('legend', {}, label),
    element('p', { class: 'value' }, element('bdi', { dir: 'ltr' }, shownValue(channel))),
    lines(channelLines(channel, words)),
    element('div', { class: 'choices' }, ...radios),
    said.is === 'wrong' &&
      type !== undefined &&
      element(
        'label',
        { class: 'field', for: `${id}-value` },
        texts.newValue,
        field(
          'input',
          `${id}-value`,
          said.written,
          { type, dir: 'ltr', autocomplete: 'off', maxlength: '2048' },
          (written) => {
            said.written = written;
          },
        ),
      ),
  );
}

function factsField(entry: OwnEntry, choice: EntryChoice, words: Words): HTMLElement {
  const { texts } = words;
  const id = `${entry.id}-facts`;
  const radios = (['right', 'unsaid'] as const).map((is) =>
    radio(
      {
        id,
        name: id,
        value: is,
        isChosen: choice.facts === is,
        label: is === 'right' ? texts.factsRight : texts.factsUnsaid,
      },
      () => {
        choice.facts = is;
        draw();
      },
    ),
  );
  return element(
    'fieldset',
    {},
    element('legend', {}, texts.facts),
    lines(factLines(entry, words)),
    element('div', { class: 'choices' }, ...radios),
  );
}

function noteField(id: string, choice: EntryChoice, words: Words): HTMLElement {
  const { texts } = words;
  return element(
    'label',
    { class: 'field', for: `${id}-note` },
    texts.note,
    field(
      'textarea',
      `${id}-note`,
      choice.note,
      { maxlength: '280', rows: '2', dir: 'auto', 'aria-describedby': `${id}-note-help` },
      (written) => {
        choice.note = written;
        tally(words);
      },
    ),
    element('span', { id: `${id}-note-help`, class: 'soft' }, texts.noteHelp),
  );
}

function field(
  name: 'input' | 'textarea',
  id: string,
  value: string,
  attributes: Record<string, string>,
  onWrite: (written: string) => void,
): HTMLElement {
  const made = element(name, { ...attributes, id, oninput: () => onWrite(made.value) });
  made.value = value;
  return made;
}

function radio(
  { id, name, value, isChosen, label }: { id: string; name: string; value: string; isChosen: boolean; label: string },
  onChoose: () => void,
): HTMLElement {
  const made = element('input', { type: 'radio', id: `${id}-${value}`, name, value, onchange: onChoose });
  made.checked = isChosen;
  return element('label', { for: `${id}-${value}` }, made, ` ${label}`);
}

function lines(pairs: readonly [string, string][]): HTMLElement | undefined {
  if (pairs.length === 0) return undefined;
  return element(
    'dl',
    {},
    ...pairs.map(([label, text]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, element('bdi', {}, text))),
    ),
  );
}
