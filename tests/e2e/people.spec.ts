import { expect, test } from '@playwright/test';
import { button, heading, link, ownDemo, type Tab } from '../support/browser.ts';

const demo = ownDemo();
const EMAIL = 'newcomer@demo.invalid';
const PASSWORD = 'lantern over the quiet harbour';

test('one click on the sign-in page makes one of the demo people', async ({ browser }) => {
  const visitor = await demo.knock(browser);
  await expect(visitor.page.getByRole('region', { name: 'Who do you want to be?' }).getByRole('button')).toHaveCount(6);
  await visitor.click(button(visitor, /^Demo Curator/));
  await expect(heading(visitor, 'My queue')).toBeVisible();
  await expect(button(visitor, 'Account of Demo Curator')).toBeVisible();
});

test('a person comes in by two admins, one link and an own password, and can end every session', async ({
  browser,
}) => {
  const admin = await demo.enter(browser, 'Demo Admin');
  await test.step('an admin asks for a person with a role, and cannot confirm that alone', async () => {
    await admin.click(link(admin, 'People'));
    await admin.click(link(admin, 'Invite a person'));
    await admin.type('Demo Newcomer');
    await admin.page.getByRole('textbox', { name: 'E-mail' }).fill(EMAIL);
    await admin.click(admin.page.getByRole('checkbox', { name: /^Reviewer/ }));
    await admin.click(button(admin, 'Ask a second admin'));
    const request = admin.page.getByRole('listitem').filter({ hasText: 'New person: Demo Newcomer' });
    await expect(request).toContainText('Roles: Curator, Reviewer');
    await expect(request.getByRole('button', { name: 'Confirm' })).toBeDisabled();
    await expect(request.getByRole('button', { name: 'Confirm' })).toHaveAccessibleDescription(
      'A second person must confirm this; you asked for it yourself',
    );
    await admin.goTo('/users');
    await expect(admin.page.getByRole('table')).not.toContainText('Demo Newcomer');
  });

  const address = await test.step('a second admin confirms and is shown the link, once', async () => {
    const second = await demo.enter(browser, 'Demo Second Admin');
    await second.click(
      second.page.getByRole('region', { name: /^To confirm/ }).getByRole('link', { name: /Demo Newcomer/ }),
    );
    await second.click(button(second, 'Confirm'));
    const shown = second.page.getByRole('dialog', { name: 'Link for Demo Newcomer' });
    await expect(shown).toContainText('It is shown only now.');
    const url = await shown.getByRole('textbox', { name: 'One-time link' }).inputValue();
    await second.click(shown.getByRole('button', { name: 'I have it' }));
    await second.page.reload();
    await second.click(second.page.getByRole('tab', { name: 'Confirmed' }));
    await expect(second.page.getByRole('listitem').filter({ hasText: 'Demo Newcomer' })).toBeVisible();
    await expect(second.page.locator('body')).not.toContainText(url);
    return url;
  });

  const newcomer = await demo.knock(browser);
  await test.step('the person chooses a password of fifteen characters or more', async () => {
    await newcomer.page.goto(address);
    await expect(heading(newcomer, 'Welcome, Demo Newcomer')).toBeVisible();
    await newcomer.type('fourteen chars');
    await newcomer.click(button(newcomer, 'Save the password'));
    await expect(newcomer.page.getByRole('alert')).toContainText('Choose a longer password');
    await newcomer.page.getByLabel('New password').fill(PASSWORD);
    await newcomer.click(button(newcomer, 'Save the password'));
    await expect(heading(newcomer, 'Your password is saved')).toBeVisible();
  });

  await test.step('the link is dead, the password works, a wrong one does not', async () => {
    const thief = await demo.knock(browser);
    await thief.page.goto(address);
    await expect(heading(thief, 'This link no longer works')).toBeVisible();

    await newcomer.click(link(newcomer, 'Sign in'));
    await signInByPassword(newcomer, 'fourteen chars');
    await expect(newcomer.page.getByRole('alert')).toContainText('The name or the password is wrong');
    await signInByPassword(newcomer, PASSWORD);
    await expect(button(newcomer, 'Account of Demo Newcomer')).toBeVisible();
  });

  await test.step('signing out everywhere ends the session of every window', async () => {
    const phone = await demo.knock(browser);
    await signInByPassword(phone, PASSWORD);
    await expect(button(phone, 'Account of Demo Newcomer')).toBeVisible();
    const secondTab = await newcomer.again();

    await newcomer.click(button(newcomer, 'Account of Demo Newcomer'));
    await newcomer.click(newcomer.page.getByRole('menuitem', { name: 'Sign out on every device' }));
    await expect(heading(newcomer, 'Sign in')).toBeVisible();
    for (const window of [secondTab, phone]) {
      await window.click(link(window, 'Entries'));
      await expect(heading(window, 'Sign in')).toBeVisible();
    }
  });
});

async function signInByPassword({ page }: Tab, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
