import {
  areaCountries,
  countryName,
  escapeText,
  pickText,
  type Country,
  type PublishedEntry,
  type PublishedOrganisation,
} from '@waymark/domain';
import { articleOf } from './article.ts';
import { STYLE } from './style.ts';

/** Sorting as people in no country in particular expect it, and the same on every machine. */
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const WORLD = '001';

/**
 * The whole directory as one page that needs nothing but itself: no script, no image, no request. So that a person can look at
 * a snapshot, on paper too. Nothing in it depends on the day it is made.
 */
export function directoryPage(
  entries: readonly PublishedEntry[],
  organisations: ReadonlyMap<string, PublishedOrganisation>,
): string {
  const sorted = [...entries].sort(
    (a, b) => collator.compare(pickText(a.names), pickText(b.names)) || (a.id < b.id ? -1 : 1),
  );
  const places = entriesByPlace(sorted);
  const articles = sorted.map((entry) => articleOf(entry, organisations.get(entry.organisation)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Where to report and find help</title>
<style>${STYLE}</style>
</head>
<body>
<div class="page">
<header>
<h1>Where to report and find help</h1>
<p>If a child is in danger now, call the emergency number of the country you are in.</p>
<p class="soft">${entries.length} hotlines, helplines, portals and bodies. A copy for reading: what apps use is signed, and lies beside this page.</p>
</header>
<nav aria-label="Countries">
<h2>Countries</h2>
<ul>
${places.map(({ code, name, found }) => `<li><a href="#in:${code}">${escapeText(name)}</a> <span class="soft">${found.length}</span></li>`).join('\n')}
</ul>
</nav>
<main>
${places.map(placeSection).join('\n')}
<h2 id="in:all">All entries</h2>
${articles.join('\n')}
</main>
</div>
</body>
</html>
`;
}

type Place = { code: string; name: string; found: PublishedEntry[] };

/** Worldwide first, then the countries by name. @param entries in the order they are shown in */
function entriesByPlace(entries: readonly PublishedEntry[]): Place[] {
  const places = new Map<string, PublishedEntry[]>();
  for (const entry of entries) {
    for (const code of placesOf(entry)) places.set(code, [...(places.get(code) ?? []), entry]);
  }
  const nameOf = (code: string) => (code === WORLD ? 'Worldwide' : countryName(code as Country, 'en'));
  const isLater = (code: string) => (code === WORLD ? 0 : 1);
  return [...places]
    .map(([code, found]) => ({ code, name: nameOf(code), found }))
    .sort((a, b) => isLater(a.code) - isLater(b.code) || collator.compare(a.name, b.name));
}

function placesOf({ serves }: PublishedEntry): Set<string> {
  return new Set(
    serves.flatMap(({ area }) => {
      const countries = areaCountries(area);
      return countries === 'world' ? [WORLD] : countries;
    }),
  );
}

// A colon stands in no handle, so that no entry can have the id of a country.
function placeSection({ code, name, found }: Place): string {
  const items = found.map(
    ({ slug, names }) => `<li><a href="#${escapeText(slug)}" dir="auto">${escapeText(pickText(names))}</a></li>`,
  );
  return `<section aria-labelledby="in:${code}">\n<h2 id="in:${code}">${escapeText(name)}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n</section>`;
}
