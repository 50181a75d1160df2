import { element } from '../element.ts';
import { fill, read } from '../page.ts';
import { field, problemNote, valueOf } from './fields.ts';
import { areaName, nameOf } from './names.ts';
import { state, type Entry, type Found } from './state.ts';
import { TEXTS } from './texts.ts';

/** Takes an entry of the directory, or says that it is not there. */
export async function chooseEntry(slug: string): Promise<void> {
  const { form } = state;
  try {
    form.entry = await read<Entry>(`/entries/${encodeURIComponent(slug)}`);
  } catch {
    state.isGone = true;
    return;
  }
  form.channel = '';
  state.isGone = false;
  const [area] = form.entry.areas;
  form.dialledIn = form.entry.areas.length === 1 && area !== '001' ? (area ?? '') : state.country;
}

/** The entry it is about, or the search for it. */
export function entryPart(draw: () => void): HTMLElement {
  return state.form.entry ? chosen(state.form.entry, draw) : search(draw);
}

function chosen({ names }: Entry, draw: () => void): HTMLElement {
  const texts = TEXTS[state.language];
  const another = () => {
    state.form.entry = undefined;
    draw();
    document.getElementById('search')?.focus();
  };
  return element(
    'section',
    { class: 'card chosen' },
    element('p', { class: 'soft' }, texts.chosen),
    element('p', { class: 'name' }, element('bdi', {}, nameOf(names, state.language))),
    element('button', { type: 'button', class: 'quiet', onclick: another }, texts.other),
  );
}

function search(draw: () => void): HTMLElement {
  const texts = TEXTS[state.language];
  const results = element('ul', { class: 'results' });
  const said = element('p', { role: 'status', class: 'soft' });
  const open = async (slug: string) => {
    await chooseEntry(slug);
    draw();
    document.querySelector<HTMLElement>('input[name="what"]')?.focus();
  };
  const show = (found: readonly Found[], words: string) => {
    said.textContent = words;
    results.replaceChildren(...found.map((one) => result(one, () => void open(one.slug))));
  };
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
  return element(
    'section',
    { class: 'card' },
    state.isGone && element('p', { role: 'status' }, texts.gone),
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

function result({ names, areas }: Found, onclick: () => void): HTMLElement {
  const { language } = state;
  const where = areas
    .slice(0, 3)
    .map((code) => areaName(code, language))
    .join(', ');
  return element(
    'li',
    {},
    element(
      'button',
      { type: 'button', class: 'result', onclick },
      element('bdi', { class: 'name' }, nameOf(names, language)),
      ' ',
      element('span', { class: 'soft' }, where),
    ),
  );
}
