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

test('two admins erase who a person was; what they did stays, under a pseudonym', async ({ browser }) => {
  const admin = await demo.enter(browser, 'Demo Admin');
  await admin.within('Ask to erase a person who left', 5, async () => {
    await admin.click(link(admin, 'People'));
    await admin.click(link(admin, 'Demo Newcomer'));
    await expect(region(admin, ERASE)).toBeHidden();
    await admin.click(button(admin, 'Disable'));
    await admin.click(
      admin.page.getByRole('dialog', { name: 'Disable Demo Newcomer?' }).getByRole('button', { name: 'Disable' }),
    );
    await admin.click(region(admin, ERASE).getByRole('button', { name: 'Ask a second admin' }));
  });
  await expect(admin.page.getByRole('alert').filter({ hasText: `Waiting for a second admin: ${ERASE}` })).toBeVisible();
  await expect(heading(admin, 'Demo Newcomer')).toBeVisible();

  const second = await demo.enter(browser, 'Demo Second Admin');
  await second.within('Confirm that a person is erased', 2, async () => {
    await second.click(region(second, /^To confirm/).getByRole('link', { name: /Demo Newcomer/ }));
    const request = second.page.getByRole('listitem').filter({ hasText: `${ERASE}: Demo Newcomer` });
    await expect(request).toContainText('nobody comes back afterwards');
    await second.click(request.getByRole('button', { name: 'Confirm' }));
  });
  await expect(second.page.getByText('No request is open')).toBeVisible();

  await admin.page.reload();
  await expect(heading(admin, /^Erased person [0-9a-f]{6}$/)).toBeVisible();
  await expect(admin.page.getByText('Two admins erased who this person was.')).toBeVisible();
  await expect(button(admin, 'Ask a second admin')).toHaveCount(0);
  for (const place of ['/users', '/audit', '/admin-requests?state=confirmed']) {
    await second.goTo(place);
    await expect(second.page.getByText(/Erased person/).first()).toBeVisible();
    await expect(second.page.locator('body')).not.toContainText(/Demo Newcomer|newcomer@/);
  }
});

const ERASE = 'Erase who this person was';
const region = ({ page }: Tab, name: string | RegExp) => page.getByRole('region', { name });

async function signInByPassword({ page }: Tab, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
