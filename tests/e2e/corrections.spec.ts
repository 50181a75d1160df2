import { expect, test, type Page } from '@playwright/test';
import { button, ownDemo, type Tab } from '../support/browser.ts';
import { obstacles, overhang } from '../support/looks.ts';

const demo = ownDemo();
const soft = expect.configure({ soft: true });
const ENTRY = 'gb-stop-it-now';

/** Anybody's browser on the public page. */
async function anybody(browser: Parameters<typeof demo.knock>[0], query = ''): Promise<Page> {
  const { page } = await demo.knock(browser, { place: '/login' });
  await page.goto(`/corrections/${query}`);
  await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
  return page;
}

/** Sends a correction in words, as somebody who found the page would. */
async function say(page: Page, words: string): Promise<void> {
  await page.getByRole('radio', { name: 'Something else' }).check();
  await page.getByLabel('Say in a few words what is wrong').fill(words);
  await page.getByRole('button', { name: 'Send' }).click();
}

test('the public page reads well in light and dark, on a phone, in three languages, and says that no report belongs here', async ({
  browser,
}) => {
  const page = await anybody(browser, `?entry=${ENTRY}`);
  await expect(page.getByRole('heading', { name: 'Do not report anything here' })).toBeVisible();
  await page.getByLabel('Country', { exact: true }).selectOption('DE');
  await expect(page.locator('[data-signposts]').getByRole('link').first()).toHaveAttribute('href', /^https:\/\//);
  await page.getByRole('radio', { name: 'The number is wrong' }).check();
  await expect(page.getByLabel('The right number, if you know it')).toBeVisible();
  for (const [language, direction] of [
    ['English', 'ltr'],
    ['Deutsch', 'ltr'],
    ['العربية', 'rtl'],
  ] as const) {
    await page.getByRole('button', { name: language }).click();
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await soft.poll(() => obstacles(page), `${language}, ${colorScheme}`).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await soft.poll(() => overhang(page), `${language} on a phone`).toBe(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});

test('a correction goes from a stranger, by keyboard alone, to a draft in which staff type for themselves', async ({
  browser,
}) => {
  const page = await anybody(browser);
  const press = (key: string) => page.keyboard.press(key);
  await test.step('the entry is found by its name', async () => {
    await page.getByLabel('Which entry is it about?').focus();
    await page.keyboard.type('stop it now uk');
    await expect(page.getByText(/^\d+ found$/)).toBeVisible();
    await press('Tab');
    await press('Enter');
    await expect(page.getByText('About', { exact: true })).toBeVisible();
  });
  await test.step('what is wrong, and what is right', async () => {
    await expect(page.getByRole('radio', { name: 'The number is wrong' })).toBeFocused();
    await press('Space');
    await press('Tab');
    await expect(page.getByLabel('Which one?')).toBeFocused();
    await press('Tab');
    await page.keyboard.type('٠٨٠٨ ١٠٠٠ ٩٩٩');
    await press('Tab');
    await press('Tab');
    await page.keyboard.type('The number changed in March. <b>No</b> link: (see above)');
    await expect(page.getByText('224 characters left')).toBeVisible();
    await press('Tab');
    await page.keyboard.type('asker@example.org');
    await press('Enter');
    await expect(page.getByRole('heading', { name: 'Thank you' })).toBeFocused();
  });

  const curator = await demo.enter(browser, 'Demo Curator', { place: '/corrections' });
  const card = curator.page.getByRole('listitem').filter({ hasText: 'The number changed in March' });
  await test.step('staff see it as text, and nothing of it can be clicked', async () => {
    await expect(card).toContainText('<b>No</b> link');
    await expect(card).toContainText('08081000999');
    await expect(card).toContainText('asker@example.org');
    // The name of the entry is the only link.
    await expect(card.getByRole('link')).toHaveCount(1);
    await soft.poll(() => obstacles(curator.page)).toEqual([]);
    await curator.page.setViewportSize({ width: 360, height: 740 });
    await soft.poll(() => overhang(curator.page)).toBe(0);
    await curator.page.setViewportSize({ width: 1280, height: 900 });
  });
  await test.step('accepting opens a draft without a word of it', async () => {
    await curator.click(card.getByRole('button', { name: 'Open a draft' }));
    await expect(curator.page).toHaveURL(/#\/proposals\/[0-9a-f-]{36}$/);
    await expect(curator.page.getByLabel('What and why, in one line')).toBeVisible();
    await expect(curator.page.getByRole('main')).not.toContainText('1000999');
  });
});

test('what looks like a report does not leave the browser, and the sender sees where it belongs', async ({
  browser,
}) => {
  const page = await anybody(browser, `?entry=${ENTRY}`);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  await page.getByLabel('Country', { exact: true }).selectOption('DE');
  await say(page, 'see files.pebble[.]invalid/room4');
  await expect(page.getByRole('heading', { name: 'This looks like a report' })).toBeFocused();
  await expect(page.locator('[data-signposts]').getByRole('link').first()).toBeVisible();
  await soft.poll(() => obstacles(page)).toEqual([]);
  expect(sent).toEqual([]);
  await page.getByRole('button', { name: 'Back to the form' }).click();
  await expect(page.getByLabel('Say in a few words what is wrong')).toBeEmpty();
});

test('what slipped through is destroyed with two clicks and not shown again', async ({ browser }) => {
  const page = await anybody(browser, `?entry=${ENTRY}`);
  await say(page, 'The vroomchair is upstairs');
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  const reviewer: Tab = await demo.enter(browser, 'Demo Reviewer', { place: '/corrections' });
  const card = reviewer.page.getByRole('listitem').filter({ hasText: 'vroomchair' });
  await expect(card).toBeVisible();
  await reviewer.within('M-06 destroy', 2, async () => {
    await reviewer.click(card.getByRole('button', { name: 'Destroy' }));
    await expect(reviewer.page.getByRole('dialog')).not.toContainText('vroomchair');
    await soft.poll(() => obstacles(reviewer.page)).toEqual([]);
    await reviewer.click(button(reviewer, 'Destroy it'));
  });
  await expect(card).toBeHidden();
  await expect(reviewer.page.getByText('Destroyed. Nothing of it is left')).toBeVisible();
});
