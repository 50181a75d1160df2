import { element } from '../element.ts';
import { field, select } from './fields.ts';
import { countryNames } from './names.ts';
import { readSignposts, signpostList } from './signposts.ts';
import { state } from './state.ts';
import { TEXTS } from './texts.ts';

/** Who reports something must not look for it: the country, and who can act there. */
export function elsewhere(): HTMLElement[] {
  const texts = TEXTS[state.language];
  const country = select(
    'country',
    [['', texts.chooseCountry], ...countryNames(state.language)],
    state.country,
    (value) => {
      state.country = value;
      void showSignposts();
    },
  );
  return [
    field('country', texts.where, country),
    element('div', { 'data-signposts': true, role: 'status' }, signpostList(state.signposts, texts)),
    element('p', {}, texts.emergency),
  ];
}

/** Asks who can act in the country that was chosen last. */
export async function showSignposts(): Promise<void> {
  const asked = state.country;
  const found = await readSignposts(asked).catch(() => []);
  if (asked !== state.country) return;
  state.signposts = found;
  for (const place of document.querySelectorAll('[data-signposts]'))
    place.replaceChildren(signpostList(found, TEXTS[state.language]));
}
