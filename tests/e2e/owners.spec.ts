import { rmSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { Organisation } from '@waymark/domain';
import { signIn, type Client } from '../support/client.ts';
import { obstacles, overhang, wear } from '../support/looks.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { startServer, type Server } from '../support/server.ts';
import { copySeed } from './seed.ts';

type Listed = { id: string; name: string; doc: Organisation; revision: number };

let server: Server;
let box: Mailbox;
let curator: Client;
/** An organisation of the directory with a contact of its own, and one entry at least. */
let organisation: Listed;

test.beforeAll(async () => {
  box = await openMailbox();
  const env = { WAYMARK_SMTP_URL: box.url, WAYMARK_MAIL_FROM: 'Waymark <directory@waymark.example>' };
  const data = copySeed();
  const before = await startServer({ data, env });
  curator = await signIn(before.url, 'Demo Curator');
  organisation = await withContact(before);
  const sent = await curator.post(`/organisations/${organisation.id}/outreach`, { way: 'mail' });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  // Letters leave at the start and then each minute.
  await before.stop();
  server = await startServer({ data, env });
  curator = await signIn(server.url, 'Demo Curator');
  await expect.poll(() => box.arrived.length).toBe(1);
});

test.afterAll(async () => {
  await server.stop();
  rmSync(server.data, { recursive: true, force: true });
  await box.close();
});

/** Gives an organisation a contact under its confirmation domain, through a proposal and its reviews. */
async function withContact({ url }: Server): Promise<Listed> {
  const entry = await curator.get<{ data: { organisationId: string }[] }>('/entries?q=stopline&perPage=1');
  const id = entry.body.data[0]?.organisationId ?? '';
  const { body: listed } = await curator.get<Listed>(`/organisations/${id}`);
  const doc = {
    ...listed.doc,
    contactsInternal: [{ id: 'desk', email: 'desk@help.example.org', language: 'en' }],
    confirmationDomain: 'example.org',
  };
  const proposal = { kind: 'update', recordType: 'organisation', recordId: id, doc, summary: 'Contact' };
  const created = await curator.post<{ id: string }>('/proposals', proposal);
  const path = `/proposals/${created.body.id}`;
  const submitted = await curator.post<{ contentHash: string; requiredApprovals: number }>(`${path}/submit`);
  expect(submitted.status, JSON.stringify(submitted.body)).toBe(200);
  for (const name of ['Demo Reviewer', 'Demo Second Reviewer'].slice(0, submitted.body.requiredApprovals)) {
    const reviewer = await signIn(url, name);
    const { contentHash } = submitted.body;
    const approved = await reviewer.post(`${path}/review`, { decision: 'approve', contentHash });
    expect(approved.status, JSON.stringify(approved.body)).toBeLessThan(300);
  }
  return listed;
}

const linkIn = (text: string): string => /(\/owners\/#\S+)/.exec(text)?.[1] ?? '';

async function isAccessible(page: Page): Promise<void> {
  await expect.poll(() => obstacles(page)).toEqual([]);
}

/** A signed-in person's window. */
async function enter(browser: Browser, name: string, place: string): Promise<Page> {
  const { cookie } = await signIn(server.url, name);
  const at = cookie.indexOf('=');
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: server.url }]);
  const page = await context.newPage();
  await page.goto(`${server.url}/#${place}`);
  return page;
}

test('staff write again though it is soon, note a call and what was agreed, and see it all in one place', async ({
  browser,
}) => {
  const page = await enter(browser, 'Demo Curator', `/organisations/${organisation.id}/show`);
  const panel = page.getByRole('region', { name: 'Contact with organisations' });
  await expect(panel.getByText('waiting')).toBeVisible();
  await isAccessible(page);

  await panel.getByRole('button', { name: 'Write to them' }).click();
  const letter = page.getByRole('dialog');
  await expect(letter.getByText('counts as the organisation itself')).toBeVisible();
  await letter.getByRole('button', { name: 'Write', exact: true }).click();
  await expect(letter.getByRole('alert')).toContainText('contacted too recently');
  await isAccessible(page);
  await letter.getByRole('button', { name: 'Write anyway' }).click();
  await expect(letter).toBeHidden();
  await expect(panel.getByText('followed up')).toBeVisible();

  await panel.getByRole('button', { name: 'Note a call' }).click();
  const note = page.getByRole('dialog');
  await note.getByRole('textbox', { name: 'What was said' }).fill('They answer next week.');
  await isAccessible(page);
  await note.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('They answer next week.')).toBeVisible();

  await panel.getByRole('button', { name: 'Change' }).click();
  const agreed = page.getByRole('dialog');
  await agreed.getByRole('textbox', { name: 'How they want to be asked' }).fill('By mail');
  await agreed.getByRole('spinbutton').fill('20');
  await isAccessible(page);
  await agreed.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('At most one contact in 20 days')).toBeVisible();

  await page.goto(`${server.url}/#/outreach`);
  await expect(page.getByText('Everybody answered, or is still being asked')).toBeVisible();
  await page.getByRole('tab', { name: 'All' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'They answer next week.' })).toBeVisible();
  await isAccessible(page);
  await wear(page, 'dark');
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => overhang(page), 'fits a phone').toBe(0);
  await isAccessible(page);
  await page.context().close();
});

test('a person chooses which letters they get', async ({ browser }) => {
  const page = await enter(browser, 'Demo Reviewer', '/account');
  const panel = page.getByRole('region', { name: 'Letters to me' });
  await panel.getByRole('combobox', { name: 'Countries' }).fill('Luxem');
  await page.getByRole('option', { name: 'Luxembourg' }).click();
  await isAccessible(page);
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await page.reload();
  await expect(panel.getByText('Luxembourg')).toBeVisible();
  await panel.getByRole('checkbox').uncheck();
  await expect(panel.getByRole('combobox')).toHaveCount(0);
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await page.reload();
  await expect(panel.getByRole('checkbox')).not.toBeChecked();
  await page.context().close();
});

test('a listed organisation confirms its entry through the link of its letter, by keyboard alone', async ({
  browser,
}) => {
  const address = linkIn(box.arrived[0]?.text ?? '');
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));

  await page.goto(server.url + address);
  await expect(page.getByRole('heading', { level: 1, name: 'Is this still right?' })).toBeVisible();
  await expect(page.getByText('stopline', { exact: false }).first()).toBeVisible();
  await isAccessible(page);
  await expect.poll(() => overhang(page), 'fits a phone').toBe(0);

  await page.getByRole('button', { name: 'العربية' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await isAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await isAccessible(page);
  await page.getByRole('button', { name: 'Deutsch' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Stimmt das noch?' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).focus();
  await page.keyboard.press('Enter');

  // Nothing is right until somebody says so.
  await page.getByRole('button', { name: 'Send', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Say of one thing at least whether it is right.');
  await expect(page.getByRole('alert')).toBeFocused();

  await page.getByRole('button', { name: 'Everything about this entry is right' }).first().focus();
  await page.keyboard.press('Enter');
  const channel = page.getByRole('group', { name: /^Web form or page/ }).first();
  await channel.getByRole('radio', { name: 'Right', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(channel.getByRole('radio', { name: 'Not right' })).toBeChecked();
  await expect(channel.getByRole('radio', { name: 'Not right' })).toBeFocused();
  await channel.getByRole('textbox').focus();
  await page.keyboard.type('https://www.stoponline.cz/new-form');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Send', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeFocused();
  await isAccessible(page);

  const token = address.split('#')[1] ?? 'none';
  expect(
    asked.filter((url) => url.includes(token) && !url.includes('#')),
    'the token is in no address',
  ).toEqual([]);
  expect(
    asked.every((url) => url.startsWith(server.url)),
    'no request leaves the origin',
  ).toBe(true);
  expect(faults).toEqual([]);
  expect(server.output()).not.toContain(token);

  await page.reload();
  await expect(page.getByText('This link is used up, expired or wrong', { exact: false })).toBeVisible();
  await isAccessible(page);
  const answered = await curator.get<{ data: { answer: { counts: boolean; proposals: string[] } | null }[] }>(
    `/organisations/${organisation.id}/outreach`,
  );
  expect(answered.body.data.find(({ answer }) => answer !== null)?.answer).toMatchObject({
    counts: true,
    proposals: [expect.any(String)],
  });
  await context.close();
});
