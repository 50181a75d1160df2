import { readFileSync } from 'node:fs';
import { expect, test, type Locator } from '@playwright/test';
import { button, heading, ownDemo, type DemoName } from '../support/browser.ts';
import { signIn } from '../support/client.ts';
import { lookAround, obstacles, soft, wear } from '../support/looks.ts';
import { startWeight } from '../support/startWeight.ts';

const demo = ownDemo();
// Screens do not depend on one another: half of them in each worker, with a demo each.
test.describe.configure({ mode: 'parallel' });
type Screen = {
  name: string;
  /** Who looks at it; nobody for the screens before signing in. */
  who: DemoName | 'nobody';
  place: () => string;
  /** What is there when all of it has come. */
  shows: RegExp;
  /** Refusals the browser writes into its log because the screen is about them. */
  logs?: RegExp;
  /** Elements just like others of the screen, for axe takes half a minute to see thousands. */
  repeated?: string;
};

/** Ids of what the screens show; they differ from demo to demo. */
const ids = {
  entry: '',
  organisation: '',
  country: '',
  person: '',
  change: '',
  creation: '',
  merge: '',
  twin: '',
  draft: '',
  consumer: '',
  batch: '',
  file: '',
};

test.beforeAll(async () => {
  const { url } = demo.server;
  const curator = await signIn(url, 'Demo Curator');
  const reviewer = await signIn(url, 'Demo Reviewer');
  const publisher = await signIn(url, 'Demo Publisher');
  const { body: entry } = await curator.get<{ id: string; doc: { organisation: string } }>('/entries/gb-stop-it-now');
  const admin = await signIn(url, 'Demo Admin');
  const { body: people } = await admin.get<{ data: { id: string; name: string }[] }>('/users');
  const { body: country } = await curator.get<{ id: string }>('/countries/GB');
  type Row = {
    id: string;
    kind: string;
    state: string;
    contentHash: string;
    recordType: string;
    recordId: string;
    risk: string;
  };
  const app = {
    name: 'Safe Harbour',
    contact: 'team@example.org',
    note: null,
    webhookUrl: 'https://app.example.org/hook',
  };
  const registered = await publisher.post<{ consumer: { id: string } }>('/consumers', app);
  ids.consumer = registered.body.consumer.id;
  const list = readFileSync(new URL('../../data/messy-sample.csv', import.meta.url));
  ids.file = (await curator.send<{ id: string }>('/imports?name=messy-sample.csv', list)).body.id;
  const { body: proposals } = await curator.get<{ data: Row[] }>('/proposals?perPage=100');
  const find = (is: (row: Row) => boolean): Row => {
    const found = proposals.data.find(is);
    if (!found) throw new Error('The demo lacks a proposal the screens need');
    return found;
  };
  ids.entry = entry.id;
  ids.organisation = entry.doc.organisation;
  ids.country = country.id;
  ids.person = people.data.find(({ name }) => name === 'Demo Curator')?.id ?? '';
  ids.change = find((row) => row.recordId === entry.id).id;
  ids.creation = find((row) => row.kind === 'create' && row.recordType === 'entry' && row.state === 'in-review').id;
  ids.twin = (await curator.get<{ id: string }>('/entries/pl-116111')).body.id;
  ids.merge = find((row) => row.kind === 'merge').id;
  ids.draft = find((row) => row.state === 'draft').id;

  const { body: british } = await curator.get<{ data: { id: string }[] }>('/entries?country=GB&perPage=3');
  const many = {
    selection: { ids: british.data.map(({ id }) => id) },
    action: { action: 'set', field: 'priority', value: 9 },
  };
  const { body: seen } = await curator.post<{ digest: string }>('/bulk/preview', many);
  const order = { ...many, digest: seen.digest, title: 'Britain comes later' };
  ids.batch = (await curator.post<{ batchId: string }>('/bulk', order)).body.batchId;

  // Two published snapshots to compare, and one that waits for a publisher.
  const approve = async ({ id, contentHash }: Row) => {
    expect((await reviewer.post(`/proposals/${id}/review`, { decision: 'approve', contentHash })).status).toBe(200);
  };
  const prepare = async () => (await publisher.post<{ sequence: number }>('/snapshots')).body.sequence;
  await approve(find(({ risk, state }) => risk === 'R0' && state === 'in-review'));
  expect((await publisher.post(`/snapshots/${await prepare()}/publish`)).status).toBe(200);
  await approve(find(({ risk, state }) => risk === 'R1' && state === 'in-review'));
  expect(await prepare()).toBe(3);
});

const at = (place: string) => () => place;
const SCREENS: Screen[] = [
  { name: 'sign-in', who: 'nobody', place: at('/login'), shows: /Who do you want to be/, logs: /status of 401/ },
  {
    name: 'dead link',
    who: 'nobody',
    place: at(`/links/${'x'.repeat(43)}`),
    shows: /no longer works/,
    logs: /status of 40[13]/,
  },
  { name: 'queue', who: 'Demo Reviewer', place: at('/'), shows: /To review/ },
  { name: 'empty queue', who: 'Demo Admin', place: at('/'), shows: /The path is clear/ },
  { name: 'entries', who: 'Demo Curator', place: at('/entries'), shows: /1–\d+ of/ },
  {
    name: 'entry',
    who: 'Demo Curator',
    place: () => `/entries/${ids.entry}/show`,
    shows: /0808 1000 900|808 100 0900/,
  },
  { name: 'new entry', who: 'Demo Curator', place: at('/entries/create'), shows: /What people need/ },
  {
    name: 'entry form',
    who: 'Demo Curator',
    place: () => `/entries/${ids.entry}?focus=%2Fchannels%2Ftel%2Fvalue`,
    shows: /This is what will be dialled/,
  },
  { name: 'organisations', who: 'Demo Curator', place: at('/organisations'), shows: /1–\d+ of/ },
  {
    name: 'organisation',
    who: 'Demo Curator',
    place: () => `/organisations/${ids.organisation}/show`,
    shows: /Stop It Now/,
  },
  {
    name: 'organisation form',
    who: 'Demo Curator',
    place: () => `/organisations/${ids.organisation}`,
    shows: /What and why, in one line/,
  },
  {
    name: 'new organisation',
    who: 'Demo Curator',
    place: at('/organisations/create'),
    shows: /What and why, in one line/,
  },
  { name: 'countries', who: 'Demo Curator', place: at('/countries'), shows: /1–\d+ of/ },
  { name: 'country', who: 'Demo Curator', place: () => `/countries/${ids.country}/show`, shows: /United Kingdom/ },
  {
    name: 'country form',
    who: 'Demo Curator',
    place: () => `/countries/${ids.country}`,
    shows: /What and why, in one line/,
  },
  {
    name: 'new country profile',
    who: 'Demo Curator',
    place: at('/countries/create'),
    shows: /What and why, in one line/,
  },
  {
    name: 'merge',
    who: 'Demo Curator',
    place: () => `/duplicates/merge?type=entry&stays=${ids.entry}`,
    shows: /The one that goes/,
  },
  {
    name: 'likely duplicates',
    who: 'Demo Curator',
    place: at('/duplicates'),
    shows: /Likely duplicates/,
  },
  {
    name: 'two entries side by side',
    who: 'Demo Curator',
    place: () => `/duplicates/merge?type=entry&stays=${ids.entry}&goes=${ids.twin}`,
    shows: /They differ in/,
  },
  { name: 'proposals', who: 'Demo Reviewer', place: at('/proposals'), shows: /1–\d+ of/ },
  {
    name: 'review of a changed number',
    who: 'Demo Reviewer',
    place: () => `/proposals/${ids.change}/show`,
    shows: /What people will dial or open/,
  },
  {
    name: 'review of a new entry',
    who: 'Demo Reviewer',
    place: () => `/proposals/${ids.creation}/show`,
    shows: /What people will dial or open/,
  },
  {
    name: 'review of a merge',
    who: 'Demo Reviewer',
    place: () => `/proposals/${ids.merge}/show`,
    shows: /Two entries become one/,
  },
  { name: 'batches', who: 'Demo Curator', place: at('/batches'), shows: /Britain comes later/ },
  { name: 'batch', who: 'Demo Reviewer', place: () => `/batches/${ids.batch}`, shows: /3 of 3 that you may approve/ },
  { name: 'draft', who: 'Demo Curator', place: () => `/proposals/${ids.draft}`, shows: /What and why, in one line/ },
  { name: 'snapshots', who: 'Demo Publisher', place: at('/snapshots'), shows: /Snapshot 3 waits to be published/ },
  { name: 'waiting snapshot', who: 'Demo Publisher', place: at('/snapshots/3/show'), shows: /Publish this\?/ },
  { name: 'first snapshot', who: 'Demo Publisher', place: at('/snapshots/1/show'), shows: /Content digest/ },
  { name: 'urgent list', who: 'Demo Publisher', place: at('/urgent'), shows: /Withdrawn now/ },
  {
    name: 'difference of snapshots',
    who: 'Demo Curator',
    place: at('/snapshots/compare?from=1&to=2'),
    shows: /From snapshot 1 to 2/,
  },
  { name: 'audit log', who: 'Demo Admin', place: at('/audit'), shows: /1–\d+ of/ },
  { name: 'proof', who: 'Demo Admin', place: at('/audit/5'), shows: /The event is in the log/ },
  { name: 'people', who: 'Demo Admin', place: at('/users'), shows: /1–6 of 6/ },
  {
    name: 'invitation',
    who: 'Demo Admin',
    place: at('/users/create'),
    shows: /Nothing changes until a second admin confirms/,
  },
  { name: 'person', who: 'Demo Admin', place: () => `/users/${ids.person}`, shows: /What this person did/ },
  { name: 'admin requests', who: 'Demo Admin', place: at('/admin-requests'), shows: /No request is open/ },
  { name: 'policy', who: 'Demo Admin', place: at('/settings'), shows: /In force: version 1/ },
  { name: 'account', who: 'Demo Admin', place: at('/account'), shows: /Change your password/ },
  { name: 'signing keys', who: 'Demo Publisher', place: at('/account/keys'), shows: /Make a key in this browser/ },
  { name: 'due checks', who: 'Demo Curator', place: at('/due?country=GB'), shows: /Stop It Now/ },
  { name: 'check', who: 'Demo Curator', place: () => `/due/${ids.entry}`, shows: /What we publish/ },
  { name: 'alarms', who: 'Demo Curator', place: at('/alarms'), shows: /No alarm is open/ },
  {
    name: 'verification of an entry',
    who: 'Demo Curator',
    place: () => `/entries/${ids.entry}/show?tab=verification`,
    shows: /Every look at it/,
  },
  {
    name: 'coverage',
    who: 'Demo Curator',
    place: at('/coverage'),
    shows: /A stale one in \d+ countries/,
    repeated: '[role=grid] tr:nth-child(n + 40)',
  },
  {
    name: 'what a person sees',
    who: 'Demo Curator',
    place: at('/coverage/routing?country=DE&verified=yes&reporter=child&platform=x'),
    shows: /Steps in order/,
  },
  {
    name: 'what a person sees after a change',
    who: 'Demo Reviewer',
    place: () => `/coverage/routing?country=GB&need=worried-about-behaviour&verified=yes&on=proposal%3A${ids.change}`,
    shows: /After this change/,
  },
  { name: 'corrections', who: 'Demo Curator', place: at('/corrections'), shows: /No correction waits/ },
  { name: 'outreach', who: 'Demo Curator', place: at('/outreach'), shows: /Contact with organisations/ },
  { name: 'apps', who: 'Demo Publisher', place: at('/consumers'), shows: /Safe Harbour/ },
  { name: 'new app', who: 'Demo Publisher', place: at('/consumers/create'), shows: /Standard Webhooks/ },
  { name: 'app', who: 'Demo Publisher', place: () => `/consumers/${ids.consumer}`, shows: /What it was told/ },
  { name: 'imports', who: 'Demo Curator', place: at('/imports'), shows: /To go on with/ },
  {
    name: 'columns of an import',
    who: 'Demo Curator',
    place: () => `/imports/${ids.file}?step=columns`,
    shows: /The same in every row/,
  },
  {
    name: 'rows of an import',
    who: 'Demo Curator',
    place: () => `/imports/${ids.file}?step=rows&show=update`,
    shows: /It changes/,
  },
  {
    name: 'who says so',
    who: 'Demo Curator',
    place: () => `/imports/${ids.file}?step=commit`,
    shows: /get a proposal each/,
  },
  { name: 'dashboard', who: 'Demo Curator', place: at('/dashboard'), shows: /Checks overdue/ },
];

for (const { name, who, place, shows, logs, repeated } of SCREENS) {
  test(`${name}: reads well in light and dark, fits a phone, runs from right to left`, async ({ browser }) => {
    const options = { place: place() };
    const tab = who === 'nobody' ? await demo.knock(browser, options) : await demo.enter(browser, who, options);
    await lookAround(tab, tab.page.getByText(shows).first(), repeated);
    expect(
      tab.errors.filter((text) => !logs?.test(text)),
      'errors in the log of the browser',
    ).toEqual([]);
  });
}

test('what opens over a screen reads well too, and one click tells who says so', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator', { place: `/entries/${ids.entry}/show` });
  const { page } = curator;
  const look = async (dialog: Locator) => {
    await expect(dialog).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await wear(page, colorScheme);
      await soft.poll(() => obstacles(page), colorScheme).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };

  const sources = page.getByRole('dialog', { name: 'Who says so, since when: Phone · Contact' });
  await curator.within('J13 who says so, since when', 1, async () => {
    await curator.click(button(curator, 'Who says so, since when: Phone · Contact').first());
    await expect(sources).toContainText('Official page');
    await expect(sources).toContainText('In the directory like this');
  });
  await look(sources);
  await curator.press('/');
  await look(page.getByRole('dialog', { name: 'Search entries or type where to go' }));
  await curator.press('?');
  await look(page.getByRole('dialog', { name: 'Keyboard shortcuts' }));
  await curator.click(button(curator, 'Suspend at once'));
  await look(page.getByRole('dialog', { name: /^Suspend/ }));
  await curator.click(button(curator, 'More actions'));
  await curator.click(page.getByRole('menuitem', { name: 'Retire …' }));
  await look(page.getByRole('dialog', { name: /^Retire/ }));
  await curator.goTo('/entries');
  await curator.click(button(curator, 'Export'));
  await look(page.getByRole('menu', { name: 'Export' }));
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await curator.click(button(curator, 'Change these …'));
  await curator.click(page.getByRole('menuitem', { name: 'Retire …' }));
  const retiring = page.getByRole('dialog', { name: /^Retire · 25 entries/ });
  await retiring.getByRole('combobox', { name: 'Reason' }).selectOption('Closed');
  await curator.click(retiring.getByRole('button', { name: 'Look at it first' }));
  await expect(retiring.getByText('25 × to review')).toBeVisible();
  await look(retiring);
});

test('by keyboard alone: the queue is walked, the first opened, and approved', async ({ browser }) => {
  const reviewer = await demo.enter(browser, 'Demo Reviewer');
  const items = reviewer.page.getByRole('main').getByRole('listitem').getByRole('link');
  await reviewer.within('J1 what must I do now', 0, () => expect(items.first()).toBeVisible());
  await reviewer.press('j');
  await expect(items.nth(1)).toBeFocused();
  await reviewer.press('k');
  await expect(items.first()).toBeFocused();
  await reviewer.press('Enter');
  await expect(button(reviewer, 'Approve')).toBeVisible();
  await reviewer.press('a');
  await expect(button(reviewer, 'Yes, approve')).toBeFocused();
  await reviewer.press('Enter');
  await expect(reviewer.page.getByText(/^Approved/)).toBeVisible();
});

test('nobody loads what their queue does not need: at most 380 kB of scripts until it is there', async ({
  browser,
}) => {
  const { page } = await demo.enter(browser, 'Demo Reviewer');
  expect(await startWeight(page, demo.server.url)).toBeLessThan(380);
});

test('a browser that asks for Arabic gets it, from right to left', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator', { locale: 'ar' });
  await expect(heading(curator, 'مهامي')).toBeVisible();
  await expect(curator.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(curator.page.locator('html')).toHaveAttribute('lang', 'ar');
});
