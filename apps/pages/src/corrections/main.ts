import { element } from '../element.ts';
import { LANGUAGES, speak, type Language } from '../page.ts';
import { chooseEntry, entryPart } from './chooseEntry.ts';
import './corrections.css';
import { detailPart, subjectPart } from './details.ts';
import { elsewhere, showSignposts } from './elsewhere.ts';
import { beginProof } from './proof.ts';
import { state } from './state.ts';
import { submit } from './submit.ts';
import { TEXTS } from './texts.ts';

/** The page on which anybody says that something in the directory is wrong. */

void begin();

async function begin(): Promise<void> {
  draw();
  void showSignposts();
  const wanted = new URLSearchParams(location.search).get('entry');
  if (wanted === null || wanted === '') return;
  await chooseEntry(wanted);
  draw();
}

function draw(): void {
  speak(state.language, TEXTS[state.language].title);
  const main = { form: formParts, done: doneParts, report: reportParts }[state.step]();
  document
    .getElementById('corrections')
    ?.replaceChildren(
      element('header', {}, element('p', { class: 'brand' }, mark(), 'Waymark'), languageChoice()),
      element('main', {}, ...main),
    );
}

function mark(): HTMLElement {
  return element('img', { src: '/waymark.svg', alt: '', width: '28', height: '28' });
}

function languageChoice(): HTMLElement {
  const choose = (tag: string) => {
    state.language = tag as Language; // A key of LANGUAGES.
    draw();
    document.querySelector<HTMLElement>(`button[lang="${tag}"]`)?.focus();
  };
  return element(
    'div',
    { role: 'group', 'aria-label': TEXTS[state.language].language, class: 'languages' },
    ...Object.entries(LANGUAGES).map(([tag, name]) =>
      element(
        'button',
        {
          type: 'button',
          class: 'quiet',
          lang: tag,
          'aria-pressed': String(tag === state.language),
          onclick: () => choose(tag),
        },
        name,
      ),
    ),
  );
}

function formParts(): HTMLElement[] {
  const texts = TEXTS[state.language];
  return [
    element('h1', {}, texts.title),
    element('p', { class: 'intro' }, texts.intro),
    // Above the form on every screen: who reports something must not look for it.
    element(
      'section',
      { class: 'warning', 'aria-labelledby': 'no-reports' },
      element('h2', { id: 'no-reports' }, texts.noReports),
      element('p', {}, texts.noReportsText),
      ...elsewhere(),
    ),
    element(
      'form',
      {
        novalidate: true,
        oninput: beginProof,
        onsubmit: (event) => {
          event.preventDefault();
          void submit(draw);
        },
      },
      entryPart(draw),
      ...(state.form.entry ? [subjectPart(), detailPart()] : []),
    ),
  ];
}

function doneParts(): HTMLElement[] {
  const texts = TEXTS[state.language];
  const again = () => {
    Object.assign(state.form, { entry: undefined, what: undefined, channel: '', value: '', note: '' });
    state.step = 'form';
    draw();
    document.getElementById('search')?.focus();
  };
  return [
    element('h1', { id: 'said', tabindex: '-1' }, texts.thanks),
    element('p', {}, texts.done),
    element('button', { type: 'button', onclick: again }, texts.again),
  ];
}

function reportParts(): HTMLElement[] {
  const texts = TEXTS[state.language];
  const back = () => {
    state.step = 'form';
    draw();
  };
  return [
    element('h1', { id: 'said', tabindex: '-1' }, texts.report),
    element('p', {}, texts.reportText),
    element('section', { class: 'warning' }, ...elsewhere()),
    element('button', { type: 'button', class: 'quiet', onclick: back }, texts.back),
  ];
}
