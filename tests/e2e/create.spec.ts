import { expect, test } from '@playwright/test';
import { button, heading, link, ownDemo, type Tab } from '../support/browser.ts';

const demo = ownDemo();
const ADDRESS = 'https://report.iwf.org.uk/practice';

test('a new entry begins with its web address and asks only what it must', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');
  const { page } = curator;
  await curator.within('J6 add an entry from its web address', 12, async () => {
    await beginEntry(curator);
    await curator.type('IWF practice form');
    await curator.click(page.getByRole('combobox', { name: /^Kind/ }));
    await curator.click(page.getByRole('option', { name: 'Web hotline' }));
    await curator.click(button(curator, 'Internet Watch Foundation'));
    await curator.click(page.getByRole('combobox', { name: 'Country or area it serves' }));
    await curator.type('United Kingdom');
    await curator.press('Enter');
    await curator.click(page.getByRole('combobox', { name: 'Anonymity' }));
    await curator.click(page.getByRole('option', { name: 'Anonymous' }));
    await curator.click(button(curator, 'On that web address'));
    await curator.click(button(curator, 'Send to review'));
    await expect(heading(curator, 'New: IWF practice form')).toBeVisible();
  });
  await expect(page.getByText('0 of 2 approvals')).toBeVisible();
  await expect(page.getByRole('article', { name: /^Web form or page/ }).first()).toContainText(ADDRESS);
});

test('a draft survives a closed tab, and is not sent while something is missing', async ({ browser }) => {
  const first = await demo.enter(browser, 'Demo Curator');
  await beginEntry(first);
  await first.type('A form begun yesterday');
  await expect(first.page.getByRole('status').filter({ hasText: 'Draft saved' })).toBeVisible();
  const curator = await first.again();
  await first.page.close();

  await curator.goTo('/');
  await curator.click(
    curator.page.getByRole('region', { name: /^Your drafts/ }).getByRole('link', { name: /A form begun yesterday/ }),
  );
  await curator.click(link(curator, 'Edit'));
  await expect(curator.page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('A form begun yesterday');
  await expect(button(curator, new RegExp(`^Web form or page ${ADDRESS}`))).toBeVisible();

  await curator.click(button(curator, 'Send to review'));
  const missing = curator.page.getByRole('alert').filter({ hasText: 'missing before review' });
  await expect(missing.getByRole('button', { name: 'Organisation' })).toBeVisible();
  await curator.click(link(curator, 'See it as reviewers will'));
  await expect(curator.page.getByRole('region', { name: 'In short' })).toContainText('Draft');
});

/** From the start page to the cursor in the field of the name: three interactions. */
async function beginEntry(curator: Tab): Promise<void> {
  await curator.press('/');
  await curator.type('new entry');
  await expect(curator.page.getByRole('option', { name: 'Propose a new entry' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await curator.press('Enter');
  await expect(curator.page.getByRole('textbox', { name: 'Its web address' })).toBeFocused();
  await curator.type(ADDRESS);
  await curator.press('Tab');
}
