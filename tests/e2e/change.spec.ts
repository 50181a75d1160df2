import { expect, test } from '@playwright/test';
import { channelAddress, type Policy, type PublishedDirectory } from '@waymark/domain';
import { download } from '../support/app.ts';
import { button, heading, link, ownDemo, type Tab } from '../support/browser.ts';
import { signIn } from '../support/client.ts';
import type { Server } from '../support/server.ts';

const demo = ownDemo();

test('a changed phone number goes from a curator past two reviewers to an app', async ({ browser }) => {
  await arrange(demo.server);
  const curator = await demo.enter(browser, 'Demo Curator');

  await test.step('a curator changes it, says where it is printed, and sends it to review', async () => {
    await curator.within('J5 change a phone number', 6, async () => {
      await curator.press('/');
      await curator.type('cybertip');
      await expect(curator.page.getByRole('option', { name: /Cybertip\.ca/ })).toHaveAttribute('aria-selected', 'true');
      await curator.press('Enter');
      await curator.click(link(curator, 'Change: Phone'));
      await expect(number(curator)).toBeFocused();
      await curator.type('+1 800 555 0100');
      await curator.click(curator.page.getByRole('textbox', { name: 'Address of the source' }));
      await curator.type('https://www.cybertip.ca/en/contact/');
      await curator.click(button(curator, 'Send to review'));
    });
    await expect(oldAndNew(curator)).toContainText('+1 866 658 9022');
    await expect(oldAndNew(curator)).toContainText('+1 800 555 0100');
    await expect(oldAndNew(curator).getByRole('link', { name: /cybertip\.ca\/en\/contact/ })).toBeVisible();
  });

  await test.step('the same curator, a reviewer too, is refused approval and reads why', async () => {
    const approve = button(curator, 'Approve');
    await expect(approve).toBeDisabled();
    await expect(approve).toHaveAccessibleDescription(
      'You contributed to this proposal, so somebody else must review it',
    );
    await expect(
      curator.page.getByText('You contributed to this proposal, so somebody else must review it'),
    ).toBeVisible();
    await curator.press('a');
    await expect(heading(curator, 'Approve this content?')).toBeHidden();
  });

  const reviewer = await demo.enter(browser, 'Demo Reviewer');
  await test.step('a reviewer approves, and the next of the queue opens by itself', async () => {
    await reviewer.within('J7 review a change', 3, async () => {
      await reviewer.click(link(reviewer, /^Cybertip\.ca/));
      await expect(oldAndNew(reviewer)).toContainText('+1 800 555 0100');
      await expect(oldAndNew(reviewer).getByRole('link', { name: /cybertip\.ca\/en\/contact/ })).toBeVisible();
      await reviewer.press('a');
      await reviewer.press('Enter');
    });
    await expect(reviewer.page.getByText('Approved: 1 of 2 for “Cybertip.ca”')).toBeVisible();
    await expect(heading(reviewer, 'Change: Cybertip.ca')).toBeHidden();
    await expect(button(reviewer, 'Approve')).toBeVisible();
  });

  await test.step('the curator edits it in two tabs: the second is told and chooses, nothing is lost, the approval is void', async () => {
    await curator.click(link(curator, 'Edit'));
    await expect(heading(curator, 'Edit: Cybertip.ca')).toBeVisible();
    const second = await curator.again();
    await curator.page.getByRole('textbox', { name: 'Summary' }).fill('Takes reports on weekdays.');
    await fillNumber(curator, '+1 800 555 0111');
    await expect(curator.page.getByRole('status').filter({ hasText: 'Draft saved' })).toBeVisible();

    await fillNumber(second, '+1 800 555 0122');
    const dialog = second.page.getByRole('dialog', { name: 'This draft was changed elsewhere' });
    await expect(dialog.getByRole('radio', { name: /Saved elsewhere.*555 0111/ })).not.toBeChecked();
    await expect(dialog.getByRole('button', { name: 'Save this choice' })).toBeDisabled();
    await second.click(dialog.getByRole('radio', { name: /Typed here.*555 0122/ }));
    await second.click(dialog.getByRole('button', { name: 'Save this choice' }));
    await expect(dialog).toBeHidden();
    await second.click(button(second, 'Send to review'));

    await expect(oldAndNew(second)).toContainText('+1 800 555 0122');
    await expect(second.page.getByRole('article', { name: /^Summary/ })).toContainText('Takes reports on weekdays.');
    await expect(second.page.getByText('0 of 2 approvals')).toBeVisible();
    await expect(second.page.getByRole('listitem').filter({ hasText: 'Demo Reviewer Approved' })).toContainText(
      'void: the content changed after it',
    );
  });

  const second = await demo.enter(browser, 'Demo Second Reviewer');
  await test.step('another reviewer sends it back, with the reason at the number', async () => {
    await second.within('J8 send back with a reason', 4, async () => {
      await second.click(link(second, /^Cybertip\.ca/));
      await second.click(button(second, 'Comment on: Phone · Contact'));
      await second.type('The page prints 0133 at the end.');
      await second.click(button(second, 'Send back with this reason'));
    });
    await expect(second.page.getByText('Sent back: “Cybertip.ca”')).toBeVisible();
  });

  await test.step('the curator finds it in the queue, is led to the field, mends it and sends it again', async () => {
    await curator.goTo('/');
    await curator.click(
      curator.page.getByRole('region', { name: 'Sent back to you' }).getByRole('link', { name: /^Cybertip\.ca/ }),
    );
    await expect(oldAndNew(curator)).toContainText('The page prints 0133 at the end.');
    await curator.click(link(curator, 'Edit'));
    const asked = curator.page.getByRole('alert').filter({ hasText: 'The reviewers ask for changes' });
    await expect(asked).toContainText('The page prints 0133 at the end.');
    await curator.click(asked.getByRole('button', { name: 'Phone · Contact' }));
    await expect(number(curator)).toBeFocused();
    await curator.type('+1 800 555 0133');
    await curator.click(button(curator, 'Send to review'));
    await expect(oldAndNew(curator)).toContainText('+1 800 555 0133');
    expect(await publishedNumber(demo.server)).toBe('+18666589022');
  });

  await test.step('both approve what is there now, and it is in the directory', async () => {
    for (const person of [reviewer, second]) {
      await person.click(link(person, /^My queue/));
      await person.click(link(person, /^Cybertip\.ca/));
      await expect(oldAndNew(person)).toContainText('+1 800 555 0133');
      await person.press('a');
      await person.press('Enter');
      await expect(person.page.getByText(/^Approved/).filter({ hasText: 'Cybertip.ca' })).toBeVisible();
    }
    await expect(second.page.getByText('Approved and in the directory: “Cybertip.ca”')).toBeVisible();
  });

  await test.step('a publisher reads the difference and publishes', async () => {
    const publisher = await demo.enter(browser, 'Demo Publisher');
    await publisher.within('J15 release', 4, async () => {
      await publisher.click(link(publisher, 'Snapshots'));
      await publisher.click(button(publisher, 'Prepare a snapshot'));
      const numbers = publisher.page.getByRole('region', { name: /Which numbers and addresses change/ });
      await expect(numbers).toContainText('+1 866 658 9022');
      await expect(numbers).toContainText('+1 800 555 0133');
      await publisher.click(button(publisher, 'Publish'));
      await publisher.click(publisher.page.getByRole('dialog').getByRole('button', { name: 'Publish' }));
    });
    await expect(publisher.page.getByRole('dialog')).toBeHidden();
    await expect(publisher.page.getByText('Published', { exact: true }).first()).toBeVisible();
  });

  await test.step('an app with the stock TUF client gets the new number', async () => {
    expect(await publishedNumber(demo.server)).toBe('+18005550133');
  });
});

const number = ({ page }: Tab) => page.getByRole('textbox', { name: 'Number', exact: true });
const oldAndNew = ({ page }: Tab) => page.getByRole('article', { name: 'Phone · Contact' });

async function fillNumber(tab: Tab, text: string): Promise<void> {
  await tab.click(button(tab, /^Phone \+/));
  await number(tab).fill(text);
}

/**
 * A small organisation's roles and a careful one's policy: the curator reviews the work of others, and a contact value takes two
 * approvals, so that one can stand while another reviewer objects.
 */
async function arrange({ url }: Server): Promise<void> {
  const [admin, second] = [await signIn(url, 'Demo Admin'), await signIn(url, 'Demo Second Admin')];
  const agree = async (request: object) => {
    const { body } = await admin.post<{ id: string }>('/admin-requests', request);
    expect((await second.post(`/admin-requests/${body.id}/confirm`)).status).toBe(200);
  };
  const { body: people } = await admin.get<{ data: { id: string; name: string }[] }>('/users');
  const curator = people.data.find(({ name }) => name === 'Demo Curator');
  await agree({ kind: 'user.roles', subject: curator?.id, payload: { roles: ['curator', 'reviewer'] } });
  const { body: current } = await admin.get<{ policy: Policy }>('/policy');
  await agree({
    kind: 'policy.change',
    payload: { ...current.policy, approvals: { ...current.policy.approvals, R2: 2 } },
  });
}

/** What an app would dial. */
async function publishedNumber(server: Server): Promise<string | undefined> {
  const { 'v1/directory.json': directory } = await download(server, ['v1/directory.json']);
  const { records } = JSON.parse(directory) as PublishedDirectory;
  const entry = records.find((record) => record.type === 'entry' && record.slug === 'ca-cybertip');
  const phone = entry?.type === 'entry' ? entry.channels.find(({ type }) => type === 'phone') : undefined;
  return phone && channelAddress(phone);
}
