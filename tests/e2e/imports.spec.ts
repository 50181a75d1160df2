import { expect, test } from '@playwright/test';
import { heading, link, ownDemo, type Tab } from '../support/browser.ts';
import { signIn } from '../support/client.ts';

const demo = ownDemo();
const LIST = new URL('../../data/messy-sample.csv', import.meta.url).pathname;

const row = ({ page }: Tab, name: string | RegExp) =>
  page.getByRole('button', { name }).and(page.locator('[aria-current]'));
const detail = ({ page }: Tab) => page.getByRole('region', { name: /^Row \d+$/ });
const group = ({ page }: Tab, name: RegExp) => page.getByRole('button', { name, pressed: true });

test('a messy list goes from upload to an approved batch by keyboard alone', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');
  const { page } = curator;
  // Asked for long before the key is pressed: a browser takes a moment to hand the choice over.
  const chooser = page.waitForEvent('filechooser');
  await curator.within('import a list', 11, async () => {
    await test.step('the file is sent, and what its columns mean is guessed', async () => {
      await curator.press('g');
      await curator.press('i');
      await expect(page.getByRole('region', { name: 'Drop a file here' })).toBeVisible();
      await curator.press('u');
      await (await chooser).setFiles(LIST);
      await expect(heading(curator, 'messy-sample.csv')).toBeVisible();
      await expect(page.getByRole('combobox', { name: '“Report link” means' })).toHaveText('Link to the report form');
      await curator.press('Control+Enter');
    });

    await test.step('what needs a person is decided on', async () => {
      await expect(row(curator, /ACSAI hotline/)).toBeVisible();
      await expect(detail(curator)).toContainText('It may be one of these entries, or a new one.');
      await curator.press('x');
      await expect(row(curator, /X – child sexual exploitation form/)).toBeVisible();
      await expect(detail(curator)).toContainText('help.x.com');
      await curator.press('1');
      await expect(heading(curator, 'No row waits for a decision')).toBeVisible();
    });

    await test.step('the others are looked at, and a number of another service is left out', async () => {
      await curator.press('f');
      await expect(group(curator, /^To look at/)).toBeVisible();
      await curator.press('f');
      await expect(group(curator, /^Update/)).toBeVisible();
      await expect(detail(curator)).toContainText('number belongs to Childline');
      await curator.press('x');
      await expect(group(curator, /^Update 7$/)).toBeVisible();
    });

    await test.step('one source for all of it, and it is a batch', async () => {
      await curator.press('Control+Enter');
      await expect(page.getByText('7 entries get a proposal each.')).toBeVisible();
      await curator.press('Control+Enter');
      await expect(link(curator, 'Open the batch')).toBeFocused();
    });
  });
  await curator.press('Enter');
  await expect(heading(curator, 'messy-sample')).toBeVisible();
  const batch = new URL(page.url()).hash.slice(1);

  const api = await signIn(demo.server.url, 'Demo Curator');
  const channelsOf = async (slug: string) =>
    JSON.stringify((await api.get<{ doc: { channels: unknown } }>(`/entries/${slug}`)).body.doc.channels);
  expect(await channelsOf('platform-x')).not.toContain('help.x.com/en/forms');

  await test.step('a reviewer approves what is ticked, and it is in the directory', async () => {
    const reviewer = await demo.enter(browser, 'Demo Reviewer', { place: batch });
    await expect(reviewer.page.getByRole('button', { name: /^Approve/ }).first()).toBeEnabled();
    await reviewer.within('approve a batch', 3, async () => {
      await reviewer.press('a');
      await expect(reviewer.page.getByRole('dialog').getByRole('button', { name: 'Approve' })).toBeFocused();
      await reviewer.press('Enter');
      await expect(reviewer.page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeFocused();
      await reviewer.press('Enter');
    });
    await expect.poll(() => channelsOf('platform-x')).toContain('help.x.com/en/forms');
    expect(await channelsOf('gb-iwf')).not.toContain('08001111');
  });
});
