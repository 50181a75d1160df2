// A page that works with the server gone. It needs three files beside it: browser.js (from packages/reader/dist), seed.zip (made with
// `waymark-reader seed`), and this one. The public tree is looked for at ./repo, or where
// the address of this page says so: index.html#tree=https://example.org/repo
import { open } from './browser.js';

const tree = new URLSearchParams(location.hash.slice(1)).get('tree') ?? new URL('repo', location.href).href;
const reader = await open({ urls: tree, seed: 'seed.zip' });

const form = document.querySelector('#ask');
const steps = document.querySelector('#steps');
const withdrawn = document.querySelector('#withdrawn');
const age = document.querySelector('#age');

function show() {
  const { need, country } = Object.fromEntries(new FormData(form));
  const route = reader.route({ need, country });
  steps.replaceChildren(...route.steps.map((step) => item(reader.describe(step, navigator.language))));
  // Named, so that nobody wonders or dials from memory; there is no way to get through in it.
  const marked = route.withheld.filter((row) => row.withdrawn);
  withdrawn.replaceChildren(...marked.map((row) => mark(reader.describe(row, navigator.language))));
  const { sequence, createdAt } = reader.snapshot;
  const checked = reader.checkedAt ? `checked ${new Date(reader.checkedAt).toLocaleString()}` : 'not checked yet';
  age.textContent = `Snapshot ${sequence} of ${createdAt.slice(0, 10)}, ${checked}${reader.state === 'fresh' ? '' : ' (may be out of date)'}`;
  document.documentElement.dataset.state = reader.state;
}

/** Text alone, never markup: what is published is text. */
function item({ title, ways }) {
  const element = document.createElement('li');
  element.append(title, ...ways.map(({ type, address }) => line(`${type}: ${address}`)));
  return element;
}

function mark({ title, withdrawn: { reason, since } }) {
  const element = document.createElement('li');
  element.textContent = `${title}: temporarily withdrawn since ${since.slice(0, 10)} (${reason})`;
  return element;
}

function line(text) {
  const element = document.createElement('div');
  element.textContent = text;
  return element;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  show();
});
reader.subscribe(show);
show();
