import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Manifest, PublishedDirectory } from '@waymark/domain';
import { download } from '../support/app.ts';
import { button, heading, link, ownDemo, type Tab } from '../support/browser.ts';

const demo = ownDemo();
const NAME = 'STOPonline.cz / Stopline.cz';

test('an unsafe entry is hidden at once by one person, and shown again only after review', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator');
  const { id } = (await published()).find(({ slug }) => slug === 'cz-stopline') ?? {};

  await test.step('one person suspends it from its page', async () => {
    await curator.goTo(`/entries/${id}/show`);
    await curator.within('J9 suspend at once', 3, async () => {
      await curator.click(button(curator, 'Suspend at once'));
      await curator.click(curator.page.getByRole('radio', { name: /^Unsafe/ }));
      await curator.click(button(curator, 'Suspend now'));
    });
    await expect(notice(curator)).toContainText('Suspended by Demo Curator');
    const confirm = button(curator, 'Confirm: this was right');
    await expect(confirm).toBeDisabled();
    await expect(confirm).toHaveAccessibleDescription('A second person must confirm this; you asked for it yourself');
  });

  await test.step('it is out of the list of active entries and out of what apps download', async () => {
    await curator.goTo('/entries');
    await curator.page.getByRole('searchbox').fill('stopline');
    await expect(curator.page.getByRole('row', { name: new RegExp(NAME) })).toContainText('Suspended');
    await curator.click(button(curator, 'Export'));
    const [table] = await Promise.all([
      curator.page.waitForEvent('download'),
      curator.click(curator.page.getByRole('menuitem', { name: /^CSV/ })),
    ]);
    const [, ...rows] = (await readFile(await table.path(), 'utf8')).trimEnd().split('\r\n');
    expect(rows.filter((row) => !/stopline/i.test(row))).toEqual([]);
    expect(rows).toContainEqual(expect.stringContaining(`"${id}","cz-stopline"`));
    await curator.click(button(curator, /^Active \d/));
    await expect(curator.page.getByRole('row', { name: new RegExp(NAME) })).toBeHidden();

    expect((await published()).map((record) => record.id)).not.toContain(id);
    const manifest = JSON.parse((await download(demo.server, ['v1/manifest.json']))['v1/manifest.json']) as Manifest;
    expect(manifest).toMatchObject({ sequence: 2, kind: 'patch' });
    expect(manifest.changes.suspended).toEqual([id]);
  });

  await test.step('it stands first in the queue of others, and a second person confirms', async () => {
    const reviewer = await demo.enter(browser, 'Demo Reviewer');
    await expect(
      reviewer.page
        .getByRole('region', { name: /^Urgent/ })
        .getByRole('link')
        .first(),
    ).toContainText(NAME);
    await reviewer.press('Enter');
    await reviewer.click(button(reviewer, 'Confirm: this was right'));
    await expect(notice(reviewer)).toContainText('Confirmed by Demo Reviewer');
  });

  await test.step('showing it again takes full review', async () => {
    await curator.goTo(`/entries/${id}/show`);
    await curator.click(button(curator, 'Propose to show it again'));
    await curator.click(button(curator, 'Send to review'));
    await expect(curator.page.getByText('0 of 2 approvals')).toBeVisible();
    for (const [name, said] of [
      ['Demo Reviewer', `Approved: 1 of 2 for “${NAME}”`],
      ['Demo Second Reviewer', `Approved and in the directory: “${NAME}”`],
    ] as const) {
      const reviewer = await demo.enter(browser, name);
      await reviewer.goTo(`/entries/${id}/show`);
      await expect(notice(reviewer)).toBeVisible();
      await reviewer.goTo('/');
      await reviewer.click(link(reviewer, new RegExp(`^${NAME}`)));
      await expect(heading(reviewer, `Lift suspension: ${NAME}`)).toBeVisible();
      await reviewer.press('a');
      await reviewer.press('Enter');
      await expect(reviewer.page.getByText(said)).toBeVisible();
    }
    await curator.goTo(`/entries/${id}/show`);
    await expect(button(curator, 'Suspend at once')).toBeVisible();
    await expect(notice(curator)).toBeHidden();
  });
});

const notice = ({ page }: Tab) => page.getByRole('alert').filter({ hasText: 'Suspended: out of sight' });

async function published() {
  const { 'v1/directory.json': directory } = await download(demo.server, ['v1/directory.json']);
  return (JSON.parse(directory) as PublishedDirectory).records.filter((record) => record.type === 'entry');
}
