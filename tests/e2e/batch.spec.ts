import { expect, test } from '@playwright/test';
import { button, heading, link, ownDemo } from '../support/browser.ts';
import { signIn } from '../support/client.ts';
import type { Server } from '../support/server.ts';

const demo = ownDemo();

test('a batch is approved from the keyboard but for one row, the rest withdrawn, and all of it proposed back', async ({
  browser,
}) => {
  const batch = await arrange(demo.server);
  const reviewer = await demo.enter(browser, 'Demo Reviewer');

  await test.step('it is one line in the queue; one key leaves a row out, two approve the others', async () => {
    await reviewer.click(link(reviewer, /^Britain comes later/));
    const rows = reviewer.page.getByRole('list', { name: 'Rows of the batch' }).getByRole('listitem');
    await expect(reviewer.page.getByText('Of these rows, 3 of 3 that you may approve are ticked')).toBeVisible();
    await reviewer.press('j');
    await reviewer.press('Space');
    await expect(reviewer.page.getByText('Of these rows, 2 of 3 that you may approve are ticked')).toBeVisible();
    await reviewer.press('a');
    await expect(heading(reviewer, 'Approve 2 proposals')).toBeVisible();
    await expect(reviewer.page.getByRole('dialog').getByRole('button', { name: 'Approve' })).toBeFocused();
    await reviewer.press('Enter');
    await expect(reviewer.page.getByText('2 done, 0 refused')).toBeVisible();
    await reviewer.press('Enter');
    await expect(rows).toHaveCount(1);
    await expect(reviewer.page.getByText('Of these rows, 0 of 1 that you may approve are ticked')).toBeVisible();
  });

  const curator = await demo.enter(browser, 'Demo Curator', { place: `/batches/${batch}` });
  await test.step('whoever made it takes back what is open', async () => {
    await curator.click(button(curator, 'Withdraw all'));
    await expect(curator.page.getByText('2 were decided already and stay as they are.')).toBeVisible();
    await curator.click(curator.page.getByRole('dialog').getByRole('button', { name: 'Withdraw all' }));
    await expect(curator.page.getByText('1 × Withdrawn')).toBeVisible();
  });

  await test.step('what was applied is proposed back, as a batch that names this one', async () => {
    await curator.click(button(curator, 'Undo'));
    await curator.click(curator.page.getByRole('dialog').getByRole('button', { name: 'Undo' }));
    await expect(heading(curator, 'Undo: Britain comes later')).toBeVisible();
    await expect(curator.page.getByText('2 × In review')).toBeVisible();
    await curator.click(link(curator, 'Britain comes later'));
    await expect(heading(curator, 'Britain comes later')).toBeVisible();
    await expect(button(curator, 'Undo')).toHaveAccessibleDescription(
      'An undo of this batch is open or was applied already',
    );
  });
});

/** The curator changes three entries at once. @returns the batch */
async function arrange(server: Server): Promise<string> {
  const curator = await signIn(server.url, 'Demo Curator');
  const { body: british } = await curator.get<{ data: { id: string }[] }>('/entries?country=GB&perPage=3');
  const many = {
    selection: { ids: british.data.map(({ id }) => id) },
    action: { action: 'set', field: 'priority', value: 9 },
  };
  const { body: seen } = await curator.post<{ digest: string }>('/bulk/preview', many);
  const order = { ...many, digest: seen.digest, title: 'Britain comes later' };
  return (await curator.post<{ batchId: string }>('/bulk', order)).body.batchId;
}
