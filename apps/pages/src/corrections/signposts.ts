import type { Signpost } from '@waymark/domain';
import { element } from '../element.ts';
import { read } from '../page.ts';
import type { Texts } from './texts.ts';

/** Where reports belong that are made in a country; those of the world without one. @throws Refused */
export async function readSignposts(country: string): Promise<Signpost[]> {
  const query = country === '' ? '' : `?country=${country}`;
  return (await read<{ data: Signpost[] }>(`/signposts${query}`)).data;
}

/** Links to who can act. These are published addresses of the directory, never anything somebody typed. */
export function signpostList(signposts: readonly Signpost[], texts: Texts): HTMLElement {
  if (signposts.length === 0) return element('p', {}, texts.noSignposts);
  return element(
    'ul',
    { class: 'signposts' },
    ...signposts.map(({ name, type, address }) => {
      const href = type === 'phone' ? `tel:${address}` : address;
      const isSafe = type === 'phone' || address.startsWith('https://');
      const shown = type === 'phone' ? address : address.replace(/^https:\/\//, '').replace(/\/$/, '');
      return element(
        'li',
        {},
        element('bdi', { class: 'name' }, name),
        ' ',
        isSafe
          ? element('a', { href, rel: 'noopener noreferrer', dir: 'ltr' }, shown)
          : element('bdi', { dir: 'ltr' }, shown),
      );
    }),
  );
}
