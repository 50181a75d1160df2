import { readFileSync } from 'node:fs';
import { expect, test, type Browser } from '@playwright/test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { digestWords, PublicKeyFile, type PublishedDirectory, type SigningRequest } from '@waymark/domain';
import type { Signer } from '@waymark/tuf';
import { download } from '../support/app.ts';
import { button, link, openWindow, tabIn, type Tab } from '../support/browser.ts';
import { holdCeremony, signatureFile, startProduction } from '../support/production.ts';

let production: Awaited<ReturnType<typeof startProduction>>;
let people: Record<'Ben' | 'Chris', Signer>;
const faults: string[] = [];

test.beforeAll(async () => {
  production = await startProduction();
  await production.bringIn('Ida', ['publisher']);
});
test.afterAll(() => production.stop());
test.afterEach(() => expect(faults.splice(0), 'no script breaks and no request leaves the origin').toEqual([]));

test('a publisher signs in the browser what it reviewed there, and nothing goes out below the threshold', async ({
  browser,
}) => {
  const ida = await enter(browser, 'Ida');
  const { page } = ida;

  await test.step('she makes a key, and hands its public part to the ceremony', async () => {
    await ida.goTo('/account/keys');
    const panel = page.getByRole('region', { name: 'Key for snapshots' });
    await ida.click(panel.getByRole('button', { name: 'Make a key in this browser' }));
    await expect(panel.getByText('Not in the root yet')).toBeVisible();
    const saved = page.waitForEvent('download');
    await ida.click(panel.getByRole('button', { name: 'Save the public part' }));
    const file = await saved;
    expect(file.suggestedFilename()).toBe('targets.ida.pub.json');
    const held = PublicKeyFile.parse(JSON.parse(readFileSync(await file.path(), 'utf8')));
    expect(held.name).toBe('Ida');
    await expect(panel.getByRole('list', { name: 'Six words of this key' })).toContainText(wordsIn(held.keyid));

    people = await holdCeremony(production.data, held);
    await production.again();
    await page.reload();
    await expect(panel.getByText('In the published root')).toBeVisible();
  });

  await test.step('the first snapshot: nothing to compare with, so the words of another signer are typed', async () => {
    await ida.goTo('/snapshots');
    await ida.click(button(ida, 'Prepare a snapshot'));
    await expect(page.getByText('0 of 2 signatures')).toBeVisible();
    await expect(button(ida, 'Publish')).toHaveAccessibleDescription(/2 more must sign/);
    await ida.click(link(ida, 'Review and sign in this browser'));
    await expect(page.getByText('This browser has verified no snapshot yet').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Contacts of new entries, in full' })).toContainText('+4930123456');
    await expect(sign(ida)).toHaveAccessibleDescription('Answer what is unusual first');
    const words = page.getByRole('textbox', { name: 'The six words, as another signer reads them to you' });
    const { digest } = await requestOf(1);
    await words.fill(digestWords(`f${digest.slice(1)}`).join(' '));
    await expect(sign(ida)).toBeDisabled();
    await words.fill(digestWords(digest).join(' '));
    await ida.click(sign(ida));
    await expect(page.getByText('1 of 2 signatures')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Who signs' })).toContainText(/Ida\s*Signed; handed in by Ida/);
  });

  await test.step('what is no signature for it is named and not kept; the second one makes it complete', async () => {
    await handIn(ida, 'notes.txt', Buffer.from('no'));
    await expect(outcome(ida).getByText('notes.txt')).toBeVisible();
    await expect(outcome(ida)).toContainText('This is not JSON.');
    const request = await requestOf(1);
    const forged = JSON.parse(String(await signatureFile(request, people.Ben))) as { signature: string };
    forged.signature = forged.signature.replace(/^../, (pair) => (pair === '00' ? '01' : '00'));
    await handIn(ida, 'forged.json', Buffer.from(JSON.stringify(forged)));
    await expect(outcome(ida)).toContainText('This signature is wrong');
    await expect(page.getByText('1 of 2 signatures')).toBeVisible();
    await handIn(ida, 'ben.sig.json', await signatureFile(request, people.Ben));
    await expect(page.getByText('2 of 2 signatures')).toBeVisible();
    await publish(ida);
    expect(await published()).toContain('4930123456');
  });

  await test.step('a changed number is shown old beside new, compared with what this browser verified', async () => {
    await changeNumber('4930654321');
    await ida.goTo('/snapshots');
    await ida.click(button(ida, 'Prepare a snapshot'));
    await ida.click(link(ida, 'Review and sign in this browser'));
    await expect(page.getByText('Compared with snapshot 1, which this browser verified itself')).toBeVisible();
    const numbers = page.getByRole('region', { name: 'Which numbers and addresses change' });
    await expect(numbers).toContainText(/Before:\s*\+49 301 234 56.*After:\s*\+49 306 543 21/);
    await expect(sign(ida)).toBeEnabled();
  });

  await test.step('files that are not what would be signed are refused, whoever sends them', async () => {
    await page.route('**/bundle', async (route) => {
      const files = unzipSync(await (await route.fetch()).body());
      const path = 'v1/directory.ndjson';
      files[path] = strToU8(strFromU8(files[path] ?? new Uint8Array()).replaceAll('4930654321', '4930000000'));
      await route.fulfill({ body: Buffer.from(zipSync(files)) });
    });
    await page.reload();
    await expect(page.getByRole('alert').getByText('A file has other bytes than would be signed')).toBeVisible();
    await expect(sign(ida)).toBeDisabled();
    await expect(sign(ida)).toHaveAccessibleDescription('Something speaks against signing this snapshot');
    await page.unroute('**/bundle');
    await page.reload();
  });

  await test.step('she signs, another signs, and clients get the new number', async () => {
    await ida.click(sign(ida));
    await expect(page.getByText('1 of 2 signatures')).toBeVisible();
    await handIn(ida, 'chris.sig.json', await signatureFile(await requestOf(2), people.Chris));
    await expect(page.getByText('2 of 2 signatures')).toBeVisible();
    await publish(ida);
    expect(await published()).toContain('4930654321');
  });

  await test.step('what others signed meanwhile, this browser follows by itself', async () => {
    await changeNumber('4930777777');
    const client = production.as('Ida');
    await client.post('/snapshots');
    for (const person of [people.Ben, people.Chris])
      await client.post('/snapshots/3/signatures', JSON.parse(String(await signatureFile(await requestOf(3), person))));
    expect((await client.post('/snapshots/3/publish')).status).toBe(200);
    await changeNumber('4930888888');
    await client.post('/snapshots');
    await ida.goTo('/snapshots/4/sign');
    await expect(page.getByText('Compared with snapshot 3, which this browser verified itself')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Which numbers and addresses change' })).toContainText(
      /Before:\s*\+49 307 777 77.*After:\s*\+49 308 888 88/,
    );
    await expect(sign(ida)).toBeEnabled();
  });
});

test('a browser without Ed25519 says so, points to the command line, and nothing breaks', async ({ browser }) => {
  const ida = await enter(
    browser,
    'Ida',
    `if (crypto.subtle) crypto.subtle.generateKey = () => Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'));`,
  );
  await ida.goTo('/account/keys');
  const { page } = ida;
  await expect(page.getByText('This browser cannot make Ed25519 keys')).toBeVisible();
  await expect(page.getByText('waymark keys new')).toBeVisible();
  await expect(button(ida, 'Make a key in this browser')).toBeHidden();
  expect(ida.errors).toEqual([]);
});

/** What became of the files that were handed in. */
const outcome = ({ page }: Tab) => page.getByRole('region', { name: 'Signatures' }).getByRole('status');
const sign = (tab: Tab) => button(tab, 'Sign this snapshot');
const wordsIn = (digest: string) => new RegExp(digestWords(digest).join('\\s*'));

/** Another number, by four eyes and verified. */
async function changeNumber(digits: string): Promise<void> {
  await production.amend(
    production.entry,
    (doc) => ({
      ...doc,
      channels: doc.channels.map((channel) =>
        channel.id === 'tel' && channel.type === 'phone'
          ? { ...channel, value: { number: { kind: 'e164', digits } } }
          : channel,
      ),
      evidence: doc.evidence.map((seen) => ({ ...seen, capturedAt: new Date().toISOString() })),
    }),
    'The number changed',
  );
  await production.verify(production.entry);
}

async function requestOf(sequence: number): Promise<SigningRequest> {
  return (await production.as('Ida').get<SigningRequest>(`/snapshots/${sequence}/request`)).body;
}

async function handIn(tab: Tab, name: string, buffer: Buffer): Promise<void> {
  await tab.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer });
}

async function publish(tab: Tab): Promise<void> {
  await tab.click(button(tab, 'Publish'));
  await tab.click(tab.page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }));
  await expect(tab.page.getByRole('main').getByText('Published', { exact: true }).first()).toBeVisible();
}

/** What the stock client verifies. */
async function published(): Promise<string> {
  const { 'v1/directory.json': text } = await download(production.server, ['v1/directory.json']);
  const { records } = JSON.parse(text) as PublishedDirectory;
  expect(records.filter(({ type }) => type === 'entry')).toHaveLength(1);
  return text;
}

/** A tab of somebody who is signed in; `before` runs in the page before ours. */
async function enter(browser: Browser, name: string, before?: string): Promise<Tab> {
  const context = await openWindow(browser, production.origin, faults, {
    ignoreHTTPSErrors: true,
    acceptDownloads: true,
  });
  if (before) await context.addInitScript({ content: before });
  const { cookie } = production.as(name);
  const at = cookie.indexOf('=');
  const pair = { name: cookie.slice(0, at), value: cookie.slice(at + 1) };
  await context.addCookies([{ ...pair, url: production.origin, secure: true }]);
  return tabIn(context, '/#/');
}
