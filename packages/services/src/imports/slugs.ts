import { usedSlugs, type Reader } from '@waymark/store';

/** As long as a handle may be. */
const LONGEST = 80;

/**
 * Handles that nobody uses or ever used, and that differ from each other: those wanted, where they are free, otherwise with a number.
 * @returns one for each that is wanted, in their order
 */
export async function freeSlugs(
  read: Reader,
  type: 'entry' | 'organisation',
  wanted: readonly string[],
): Promise<string[]> {
  const given = new Set<string>();
  const used = await usedSlugs(read, type, wanted);
  const slugs: string[] = [];
  for (const slug of wanted) {
    let free = slug;
    for (let n = 2; given.has(free) || used.has(free); n += 1) {
      free = numbered(slug, n);
      if (!given.has(free) && (await usedSlugs(read, type, [free])).size > 0) used.add(free);
    }
    given.add(free);
    slugs.push(free);
  }
  return slugs;
}

const numbered = (slug: string, n: number): string =>
  `${slug.slice(0, LONGEST - String(n).length - 1).replace(/-+$/, '')}-${n}`;
