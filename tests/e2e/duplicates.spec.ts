import { expect, test } from '@playwright/test';
import type { Entry } from '@waymark/domain';
import { button, heading, link, ownDemo } from '../support/browser.ts';
import { signIn } from '../support/client.ts';

const demo = ownDemo();
const NAME = 'Lantern Line Example';

/** A second entry for the service of one of the demo's, with a number that the first one lacks. @returns the ids of both, and the name of the first */
async function enterTwins(url: string): Promise<{ first: string; second: string }> {
  const curator = await signIn(url, 'Demo Curator');
  const reviewers = [await signIn(url, 'Demo Reviewer'), await signIn(url, 'Demo Second Reviewer')];
  const { body: known } = await curator.get<{ doc: Entry }>('/entries/gb-stop-it-now');
  const enter = async (slug: string, channels: unknown[], more: object = {}): Promise<string> => {
    const { organisation, kind, serves, accepts } = known.doc;
    const doc = { slug, organisation, kind, serves, accepts, names: { en: { text: NAME } }, channels, ...more };
    const { body: draft } = await curator.post<{ id: string }>('/proposals', {
      kind: 'create',
      recordType: 'entry',
      doc,
      summary: 'New',
    });
    type Sent = { id: string; contentHash: string; recordId: string };
    const { body: sent } = await curator.post<Sent>(`/proposals/${draft.id}/submit`);
    for (const reviewer of reviewers)
      await reviewer.post(`/proposals/${sent.id}/review`, { decision: 'approve', contentHash: sent.contentHash });
    return sent.recordId;
  };
  const phone = (id: string, digits: string) => ({ id, type: 'phone', value: { number: { kind: 'e164', digits } } });
  const first = await enter('lantern-line', [phone('tel', '442079460101')]);
  const second = await enter('lantern-line-night', [phone('line', '442079460101'), phone('tel', '442079460202')]);
  await enter('lantern-list', [phone('tel', '442079460303')], {
    kind: 'directory',
    names: { en: { text: 'Guide' } },
    pairedWith: [second],
  });
  return { first, second };
}

test('two entries that are one are found, merged by more than one person, and leave a tombstone', async ({
  browser,
}) => {
  const { first, second } = await enterTwins(demo.server.url);
  const curator = await demo.enter(browser, 'Demo Curator');

  await test.step('a curator sees which two are alike and why, and what they would be as one', async () => {
    await curator.press('g');
    await curator.press('k');
    await expect(heading(curator, 'Likely duplicates')).toBeVisible();
    const pair = curator.page.getByRole('listitem', { name: `“${NAME}” and “${NAME}”` });
    await expect(pair).toContainText('the same number, which no other has');
    await curator.click(pair.getByRole('link', { name: 'Compare and merge' }));
    await expect(heading(curator, `Merge into “${NAME}”`)).toBeVisible();
    const channels = curator.page.getByRole('region', { name: '2 ways in, united' });
    await expect(channels.getByRole('listitem').filter({ hasText: '+442079460101' })).toContainText('both have it');
    await expect(channels.getByRole('listitem').filter({ hasText: '+442079460202' })).toContainText(
      'of the one that goes',
    );
    await expect(curator.page.getByRole('region', { name: 'Links that follow' })).toContainText('Guide');
    await curator.click(button(curator, 'Propose this merge'));
    await expect(heading(curator, `Merge: ${NAME}`)).toBeVisible();
    await expect(curator.page.getByRole('region', { name: 'Links that follow' })).toContainText('Guide');
    await curator.click(button(curator, 'Send to review'));
    await expect(curator.page.getByText('0 of 2 approvals')).toBeVisible();
  });
  const address = new URL(curator.page.url());

  await test.step('two reviewers approve it', async () => {
    for (const [name, said] of [
      ['Demo Reviewer', `Approved: 1 of 2 for “${NAME}”`],
      ['Demo Second Reviewer', `Approved and in the directory: “${NAME}”`],
    ] as const) {
      const reviewer = await demo.enter(browser, name, { place: address.hash.slice(1) });
      await expect(heading(reviewer, `Merge: ${NAME}`)).toBeVisible();
      await reviewer.press('a');
      await reviewer.press('Enter');
      await expect(reviewer.page.getByText(said)).toBeVisible();
    }
  });

  await test.step('the one that went leads to the one that stayed, which has both numbers', async () => {
    await curator.goTo(`/entries/${second}/show`);
    await expect(curator.page.getByText('Retired: Merged into another')).toBeVisible();
    await curator.click(link(curator, NAME).first());
    await expect(curator.page).toHaveURL(new RegExp(`${first}/show`));
    await expect(curator.page.getByText(/207\s?946\s?0202/).first()).toBeVisible();
    await curator.goTo('/duplicates');
    await expect(curator.page.getByText('No two records look like one')).toBeVisible();
  });

  await test.step('and the merge is taken back by proposals of their own', async () => {
    await curator.goTo(address.hash.slice(1));
    await curator.click(button(curator, 'Take this merge back'));
    await curator.click(curator.page.getByRole('dialog').getByRole('button', { name: 'Take this merge back' }));
    await expect(curator.page).toHaveURL(/\/batches\//);
  });
});
