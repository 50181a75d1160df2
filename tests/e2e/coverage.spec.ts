import { expect, test } from '@playwright/test';
import type { Dashboard, Preview } from '@waymark/services';
import { button, heading, link, ownDemo, type Tab } from '../support/browser.ts';
import { obstacles, wear } from '../support/looks.ts';
import { signIn, type Client } from '../support/client.ts';

const demo = ownDemo();
let api: Client;
test.beforeAll(async () => {
  api = await signIn(demo.server.url, 'Demo Curator');
});

type ApiPage<Row> = { data: Row[]; total: number };
type Matrix = { countries: { country: string; cells: Record<string, { state: string; options: number }> }[] };
const name = (country: string) => new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;

const grid = ({ page }: Tab) => page.getByRole('grid', { name: 'Country by need' });
const cell = (tab: Tab, country: string, column: number) =>
  grid(tab)
    .getByRole('row', { name: new RegExp(`^${country}`) })
    .getByRole('gridcell')
    .nth(column);

/** Countries whose best answer for abuse images online fits; counted from what the server says. */
async function countriesWith(is: (cells: { state: string; options: number }[]) => boolean): Promise<string[]> {
  const { body } = await api.get<Matrix>('/coverage');
  const needs = ['csam-url', 'csam-app', 'csam-p2p', 'csam-darkweb', 'livestream', 'ai-generated', 'non-photographic'];
  return body.countries
    .filter(({ cells }) => is(needs.flatMap((need) => cells[need] ?? [])))
    .map(({ country }) => country);
}

test('which countries have no option, a stale one, a single one: answered on arrival', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');
  const { page } = curator;
  const stale = await countriesWith((cells) => cells.length > 0 && cells.every(({ state }) => state === 'stale'));
  expect(stale.length).toBeGreaterThan(10);
  const answers = page.getByRole('list', { name: 'Asked first' });
  await curator.within('J12 which countries have no option, a stale one, a single one', 1, async () => {
    await curator.click(link(curator, 'Coverage'));
    await expect(answers.getByRole('listitem')).toHaveText([
      /^No option known in /,
      new RegExp(`^A stale one in ${stale.length} countries`),
      /^A single one in \d+ countries/,
    ]);
  });
  await expect(answers.getByRole('listitem').nth(1)).toContainText(name(stale[0] ?? ''));

  await test.step('one press leaves only these in the table, and in the address', async () => {
    await curator.click(button(curator, /^A stale one in/));
    await expect(page.getByText(`${stale.length} countries`, { exact: true })).toBeVisible();
    await expect(grid(curator).getByRole('rowheader')).toHaveCount(stale.length);
    await expect(page).toHaveURL(/show=stale/);
    const later = await curator.again();
    await expect(grid(later).getByRole('rowheader')).toHaveCount(stale.length);
  });

  await test.step('the map says the same as the table, country by country', async () => {
    const map = page.getByRole('group', { name: /^World map: Abuse images online/ });
    const inMap = () =>
      map
        .getByRole('button', { name: /: Stale/ })
        .evaluateAll((shapes) => [...new Set(shapes.map((shape) => shape.getAttribute('data-country') ?? ''))].sort());
    await expect.poll(inMap).toEqual([...stale].sort());
    await expect(map.getByRole('button')).toHaveCount(250);
  });
});

test('what does a person in a country with a need see: asked from the start page', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');
  const { page } = curator;
  await curator.within('J11 what does a person in X with need Y see', 2, async () => {
    await curator.press('/');
    await curator.type('germany abuse images');
    await expect(page.getByRole('option', { name: 'What does a person see in Germany: Abuse images' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await curator.press('Enter');
    await expect(heading(curator, 'What does a person see?')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Country the person is in' })).toHaveValue('Germany');
    await expect(page.getByRole('list').getByText('Go to the police of Germany')).toBeVisible();
  });

  await test.step('what is held back is named with its reason, and shown as if it were verified', async () => {
    const inside = page.getByRole('region', { name: 'Inside view: what is not shown, and why' });
    await expect(inside).toContainText('eco Beschwerdestelle: it is not verified well enough');
    await curator.click(button(curator, 'Show as if verified'));
    await expect(inside).toContainText('Nothing that would fit is held back.');
    const { body } = await api.post<Preview>('/routing/preview', {
      request: { country: 'DE', need: 'csam-online' },
      on: { directory: true },
      assumeVerified: true,
    });
    const steps = page.getByRole('region', { name: 'Steps in order' });
    for (const step of body.route?.steps ?? []) await expect(steps).toContainText(step.name ?? '');
    expect(body.route?.steps.length).toBeGreaterThan(2);
    await expect(steps.locator('ol > li')).toHaveCount(body.route?.steps.length ?? 0);
  });

  await test.step('the question is in the address, for somebody else to open', async () => {
    const later = await curator.again();
    await expect(later.page.getByRole('combobox', { name: 'Country the person is in' })).toHaveValue('Germany');
    await expect(later.page.getByRole('checkbox', { name: 'As if all were verified' })).toBeChecked();
  });
});

test('from a cell one comes to its entries, to research and to what a person sees', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator', { place: '/coverage' });
  const { page } = curator;
  await curator.click(cell(curator, 'Germany', 0));
  const drawer = page.getByRole('dialog', { name: /Germany/ });
  await expect(drawer).toContainText(/Stale: \d+ entries, 0 verified/);
  await expect(drawer.getByRole('link', { name: 'eco Beschwerdestelle' })).toHaveAttribute(
    'href',
    /#\/entries\/.+\/show/,
  );

  await test.step('what lies over the page reads well in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await wear(page, colorScheme);
      await expect.poll(() => obstacles(page), colorScheme).toEqual([]);
    }
  });

  await test.step('research begins in the profile of the country, at the need', async () => {
    await curator.click(drawer.getByRole('link', { name: 'Start research' }));
    await expect(heading(curator, /Germany/)).toBeVisible();
    const coverage = page.getByText('Abuse images on a website', { exact: true }).first();
    await expect(coverage).toBeVisible();
    await expect(page.getByLabel(/^Checked on/).last()).toBeFocused();
  });

  await test.step('a country without a profile gets one', async () => {
    await page.goto('/#/coverage?country=AQ&cell=grooming');
    await expect(page.getByRole('dialog', { name: /Antarctica/ })).toContainText('The country has no profile yet.');
    await curator.click(page.getByRole('link', { name: 'Start research' }));
    await expect(page.getByRole('combobox', { name: /Country/ }).first()).toHaveValue('Antarctica');
    await expect(page.getByText('Grooming', { exact: true }).first()).toBeVisible();
  });

  await test.step('the question is asked for the country and the need of the cell', async () => {
    await page.goto('/#/coverage?country=GB&cell=grooming');
    await curator.click(page.getByRole('dialog').getByRole('link', { name: 'What does a person see?' }));
    await expect(page).toHaveURL(/#\/coverage\/routing\?country=GB&need=grooming/);
  });
});

test('by keyboard alone: cell to cell, into the drawer and back, and over the map', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');
  const { page } = curator;
  await curator.press('g');
  await curator.press('v');
  await expect(grid(curator)).toBeVisible();
  const hidden = button(curator, /^Also show \d+ of which nothing is known$/);
  await hidden.focus();
  await curator.press('Enter');
  await expect(grid(curator).getByRole('rowheader')).toHaveCount(250);
  const stops = grid(curator).locator('[tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await stops.focus();
  await curator.press('ArrowDown');
  await curator.press('ArrowRight');
  await curator.press('ArrowRight');
  await expect(page.locator('[data-row="1"][data-column="2"]')).toBeFocused();
  await curator.press('Control+End');
  await expect(grid(curator).getByRole('row').last().getByRole('gridcell').last()).toBeFocused();
  await curator.press('Control+Home');
  await curator.press('ArrowRight');
  await curator.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('Afghanistan');
  await curator.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(page.locator('[data-row="0"][data-column="1"]')).toBeFocused();

  const map = page.getByRole('group', { name: /^World map/ });
  await expect(map.locator('[tabindex="0"]')).toHaveCount(1);
  await map.locator('[data-country="FR"]').focus();
  await curator.press('ArrowRight');
  await expect(map.locator(':focus')).toHaveAttribute('data-country', /^(CH|DE|LI|IT|AT)$/);
  await curator.press('Enter');
  await expect(drawer).toBeVisible();
});

test('a proposal says whose first step changes, and shows the answer before and after', async ({ browser }) => {
  type Row = { id: string; recordType: string };
  type View = {
    firstSteps: { total: number; changes: { country: string; need: string; before: First; after: First }[] };
  };
  type First = { name: string | null };
  const states = ['in-review', 'changes-requested', 'draft'];
  const pages = await Promise.all(
    states.map((state) => api.get<ApiPage<Row>>(`/proposals?state=${state}&perPage=100`)),
  );
  const views = await Promise.all(
    pages
      .flatMap(({ body }) => body.data)
      .filter(({ recordType }) => recordType === 'entry')
      .map(async ({ id }) => ({ id, ...(await api.get<View>(`/proposals/${id}`)).body })),
  );
  const found = views.find(({ firstSteps }) => firstSteps.changes.some(({ after }) => after.name !== null));
  const change = found?.firstSteps.changes.find(({ after }) => after.name !== null);
  if (!found || !change) throw new Error('The demo lacks a proposal that changes a first step');

  // A draft shows it as well, to whoever writes it.
  const curator = await demo.enter(browser, 'Demo Curator', { place: `/proposals/${found.id}/show` });
  const { page } = curator;
  const section = page.getByRole('region', { name: 'What a person sees after this change' });
  await expect(section.getByRole('row', { name: new RegExp(name(change.country)) }).first()).toContainText(
    change.after.name ?? '',
  );
  await curator.click(section.getByRole('link', { name: name(change.country) }).first());
  await expect(page).toHaveURL(new RegExp(`on=proposal%3A${found.id}`));
  await expect(page.getByText('This change alters the answer.')).toBeVisible();
  const first = (side: string) =>
    page
      .getByRole('region', { name: side, exact: true })
      .getByRole('region', { name: 'Steps in order' })
      .locator('ol > li');
  await expect(first('After this change').first()).toContainText(change.after.name ?? '');
  await expect(first('Now').first()).toContainText(change.before.name ?? 'Go to the police');

  await test.step('another question of the same proposal may stay as it was', async () => {
    await curator.goTo(`/coverage/routing?country=BT&need=provider-report&on=proposal%3A${found.id}`);
    await expect(page.getByText('This change alters nothing in this answer.')).toBeVisible();
  });

  await test.step('a snapshot answers as it was published', async () => {
    await curator.goTo('/coverage/routing?country=DE&on=snapshot%3A1&verified=yes');
    await expect(page.getByRole('region', { name: 'Steps in order' })).toContainText('eco Beschwerdestelle');
  });
});

test('the figures of the dashboard are those of the lists they open', async ({ browser }) => {
  const { body: figures } = await api.get<Dashboard>('/dashboard');
  const { body: due } = await api.get<{ due: number; overdue: number; expired: number; soon: number; alarms: number }>(
    '/due/summary',
  );
  const { body: reviews } = await api.get<ApiPage<unknown>>('/proposals?state=in-review&perPage=1');
  const coordinator = await demo.enter(browser, 'Demo Curator', { place: '/dashboard' });
  const { page } = coordinator;
  const tiles = page.getByRole('list', { name: 'Figures' });
  const shown: [label: string, value: number | string, href: string][] = [
    ['Checks overdue', due.overdue, figures.due.overdue.href],
    ['Checks due', due.due, figures.due.due.href],
    ['Due soon', due.soon, figures.due.soon.href],
    ['Expired: out of apps', due.expired, figures.due.expired.href],
    ['Alarms open', due.alarms, figures.alarms.open.href],
    ['Reviews waiting', reviews.total, figures.reviews.waiting.href],
    ['Median age of confirmation', figures.confirmationAge.medianDays ?? '–', figures.confirmationAge.href],
    ['Last snapshot', 1, '/snapshots/1/show'],
  ];
  expect(due.due).toBe(figures.due.due.value);
  expect(reviews.total).toBe(figures.reviews.waiting.value);
  for (const [label, value, href] of shown) {
    const tile = tiles.getByRole('link', { name: new RegExp(`^${label}`) });
    await expect(tile).toHaveAccessibleName(new RegExp(`^${label} ?${value}`));
    await coordinator.click(tile);
    await expect(page).toHaveURL((url) => url.hash === `#${href}`);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Dashboard');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.goBack();
    await expect(heading(coordinator, 'Dashboard')).toBeVisible();
  }
  await coordinator.click(tiles.getByRole('link', { name: /^Reviews waiting/ }));
  await expect(page.getByText(new RegExp(`of ${reviews.total}$`))).toBeVisible();
  await coordinator.goTo('/dashboard');

  await test.step('a chart is a table too, with a link for each kind', async () => {
    await coordinator.click(button(coordinator, 'How sure we are, by kind: show as a table'));
    const table = page.getByRole('table', { name: 'How sure we are, by kind' });
    for (const { kind, total } of figures.verified)
      await expect(table.locator(`a[href="#/due?state=all&kind=${kind}"]`).locator('xpath=ancestor::tr')).toContainText(
        String(total),
      );
    await coordinator.click(table.getByRole('link', { name: 'Clearinghouse' }));
    await expect(page).toHaveURL(/#\/due\?state=all&kind=clearinghouse/);
    await coordinator.goTo('/dashboard');
    await coordinator.click(button(coordinator, /: show as a table$/).first());
    const trend = page.getByRole('table', { name: 'Due and overdue, last 30 days' });
    await expect(trend.getByRole('row').nth(1)).toContainText(String(figures.due.due.value));
  });

  await test.step('countries by coverage lead to these countries', async () => {
    const stale = await countriesWith((cells) => cells.length > 0 && cells.every(({ state }) => state === 'stale'));
    const panel = page.getByRole('region', { name: 'Countries by coverage' });
    await expect(panel.getByRole('listitem').filter({ hasText: 'Stale' })).toContainText(String(stale.length));
    await coordinator.click(panel.getByRole('link', { name: 'Stale' }));
    await expect(grid(coordinator).getByRole('rowheader')).toHaveCount(stale.length);
  });
});
