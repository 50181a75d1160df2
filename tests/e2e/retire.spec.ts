import { expect, test } from '@playwright/test';
import type { PublishedDirectory, Tombstone } from '@waymark/domain';
import { button, heading, link, ownDemo } from '../support/browser.ts';
import { download } from '../support/app.ts';

const demo = ownDemo();
const GOES = '800 100 100 dla rodziców i nauczycieli';

test('an entry is retired with a successor by four eyes and more, and leaves a tombstone', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');

  await test.step('a curator says why and who follows, and sees what each country loses', async () => {
    await curator.within('J10 retire with a successor', 7, async () => {
      await curator.press('/');
      await curator.type('800100100');
      await expect(curator.page.getByRole('option', { name: /^800 100 100/ })).toHaveAttribute('aria-selected', 'true');
      await curator.press('Enter');
      await curator.click(button(curator, 'More actions'));
      await curator.click(curator.page.getByRole('menuitem', { name: 'Retire …' }));
      const dialog = curator.page.getByRole('dialog', { name: `Retire “${GOES}”` });
      await expect(dialog.getByRole('row', { name: /Poland/ })).toContainText(/\d+ → \d+/);
      await expect(dialog.getByRole('combobox', { name: 'Reason' })).toBeFocused();
      await curator.type('Replaced');
      await curator.press('Tab');
      await curator.type('Telefon zaufania');
      await expect(curator.page.getByRole('option', { name: /pl-116111/ })).toBeVisible();
      await curator.press('Enter');
      await curator.click(button(curator, 'Send to review'));
    });
    await expect(heading(curator, `Retire: ${GOES}`)).toBeVisible();
    await expect(curator.page.getByText('0 of 2 approvals')).toBeVisible();
  });

  await test.step('one reviewer is not enough, two are', async () => {
    for (const [name, said] of [
      ['Demo Reviewer', `Approved: 1 of 2 for “${GOES}”`],
      ['Demo Second Reviewer', `Approved and in the directory: “${GOES}”`],
    ] as const) {
      const reviewer = await demo.enter(browser, name);
      await reviewer.click(link(reviewer, /^800 100 100/));
      await expect(reviewer.page.getByRole('article', { name: 'Retirement' })).toContainText('Telefon zaufania');
      await reviewer.press('a');
      await reviewer.press('Enter');
      await expect(reviewer.page.getByText(said)).toBeVisible();
    }
    await curator.page.reload();
    await expect(curator.page.getByText('Approved by 2')).toBeVisible();
  });

  await test.step('once published, apps find a tombstone that leads to the successor, and no entry', async () => {
    const publisher = await demo.enter(browser, 'Demo Publisher');
    await publisher.click(link(publisher, 'Snapshots'));
    await publisher.click(button(publisher, 'Prepare a snapshot'));
    await expect(publisher.page.getByRole('region', { name: /^Gone/ })).toContainText(GOES);
    await publisher.click(button(publisher, 'Publish'));
    await publisher.click(publisher.page.getByRole('dialog').getByRole('button', { name: 'Publish' }));
    await expect(publisher.page.getByRole('dialog')).toBeHidden();

    const targets = await download(demo.server, ['v1/directory.json', 'v1/tombstones.ndjson']);
    const { records } = JSON.parse(targets['v1/directory.json']) as PublishedDirectory;
    const tombstones = targets['v1/tombstones.ndjson']
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Tombstone);
    const successor = records.find((record) => record.type === 'entry' && record.slug === 'pl-116111');
    const gone = tombstones.find((tombstone) => tombstone.type === 'entry' && tombstone.slugs.includes('pl-800100100'));
    expect(gone).toMatchObject({ reason: 'replaced-by', successors: [successor?.id], redirect: 'auto' });
    expect(records.map(({ id }) => id)).not.toContain(gone?.id);
  });
});
