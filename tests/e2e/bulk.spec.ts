import { expect, test } from '@playwright/test';
import { button, ownDemo } from '../support/browser.ts';

const demo = ownDemo();

test('by keyboard alone: all that match a filter get a language; looked at first, one batch to review, refused rows named', async ({
  browser,
}) => {
  const curator = await demo.enter(browser, 'Demo Curator', {
    place: `/entries?filter=${encodeURIComponent('{"kind":"hotline.web"}')}`,
  });
  const { page } = curator;
  const rows = page.getByRole('table', { name: 'Entries' }).getByRole('row');
  await expect(rows).toHaveCount(26);

  // By keyboard: one row, then all that match.
  await page
    .getByRole('checkbox', { name: /^Select (?!all)/ })
    .first()
    .focus();
  await curator.press('Space');
  await expect(page.getByText('1 selected')).toBeVisible();
  const whole = button(curator, /^Select all \d+ that match$/);
  const total = Number(/\d+/.exec((await whole.textContent()) ?? '')?.[0]);
  expect(total).toBeGreaterThan(25);
  await whole.focus();
  await curator.press('Enter');
  await expect(page.getByText(`All ${total} that match are selected`)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Select (?!all)/, checked: true })).toHaveCount(25);
  await button(curator, 'Change these …').focus();
  await curator.press('Enter');
  await page.getByRole('menuitem', { name: 'Add a language …' }).focus();
  await curator.press('Enter');

  const dialog = page.getByRole('dialog', { name: `Add a language · ${total} entries` });
  await expect(dialog.getByRole('combobox', { name: 'Language' })).toBeFocused();
  await curator.type('Ukrainian');
  await curator.press('Enter');
  await dialog.getByRole('button', { name: 'Phone', exact: true }).focus();
  await curator.press('Space');
  await dialog.getByRole('button', { name: 'Look at it first' }).focus();
  await curator.press('Enter');
  const refused = dialog.getByRole('button', { name: /^\d+ × refused$/ });
  const toReview = dialog.getByRole('button', { name: /^\d+ × to review$/ });
  await expect(refused).toBeVisible();
  const numberIn = (text: string | null) => Number(/\d+/.exec(text ?? '')?.[0]);
  const outcomes = await dialog.getByRole('group', { name: 'What would happen' }).getByRole('button').allTextContents();
  expect(outcomes.map(numberIn).reduce((sum, n) => sum + n)).toBe(total);
  const yes = numberIn(await toReview.textContent());
  const no = numberIn(await refused.textContent());
  await refused.focus();
  await curator.press('Enter');
  await expect(dialog.getByText(new RegExp(`of ${no}$`))).toBeVisible();
  await expect(
    dialog.getByRole('listitem').filter({ hasText: 'The entry has no such channel in use' }).first(),
  ).toBeVisible();

  const propose = dialog.getByRole('button', { name: `Propose for ${yes}` });
  await expect(propose).toBeEnabled();
  await propose.focus();
  await curator.press('Enter');
  await expect(dialog.getByText(`${yes} × Sent to review`)).toBeVisible();
  const batch = dialog.getByRole('link', { name: 'Open the batch' });
  await expect(batch).toBeFocused();
  await curator.press('Enter');
  await expect(page.getByRole('heading', { name: 'Add a language' })).toBeVisible();
  await expect(page.getByText(`${yes} × In review`)).toBeVisible();
});
