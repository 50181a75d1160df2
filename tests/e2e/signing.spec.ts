import { readFileSync } from 'node:fs';
import { expect, test, type Browser } from '@playwright/test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { digestWords, PublicKeyFile, type PublishedDirectory, type SigningRequest } from '@waymark/domain';
import type { Signer } from '@waymark/tuf';
import { download, withdrawn } from '../support/app.ts';
import { button, heading, link, openWindow, tabIn, type Tab } from '../support/browser.ts';
import { lookAround, lookAway, obstacles, overhang, soft, wear } from '../support/looks.ts';
import { holdCeremony, signatureFile, startProduction } from '../support/production.ts';

let production: Awaited<ReturnType<typeof startProduction>>;
let people: Record<'Ben' | 'Chris', Signer>;
/** The publisher, and the curator on duty: their keys lie in these windows and nowhere else. */
let ida: Tab;
let duty: Tab;
const faults: string[] = [];
// One world for all: each test goes on where the one before has led.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  production = await startProduction();
  await production.bringIn('Ida', ['publisher']);
});
test.afterAll(() => production.stop());
test.afterEach(() => expect(faults.splice(0), 'no script breaks and no request leaves the origin').toEqual([]));

test('people make keys in their browsers, and a ceremony gets the public parts', async ({ browser }) => {
  ida = await enter(browser, 'Ida');
  duty = await enter(browser, 'Some Curator');
  const held = await makeKey(ida, 'Key for snapshots', 'targets.ida.pub.json');
  expect(held.name).toBe('Ida');
  const onDuty = await makeKey(duty, 'Duty key', 'urgent.some-curator.pub.json');
  people = await holdCeremony(production.data, held, onDuty);
  await production.again();
  await ida.page.reload();
  const trusted = panelOf(ida, 'Key for snapshots').getByText('In the published root');
  await lookAround(ida, trusted);
  await lookAway(ida);
});

test('a publisher signs in the browser what it reviewed there, and nothing goes out below the threshold', async () => {
  const { page } = ida;

  await test.step('the first snapshot: nothing to compare with, so the words of another signer are typed', async () => {
    await ida.goTo('/snapshots');
    await ida.click(button(ida, 'Prepare a snapshot'));
    await expect(button(ida, 'Publish')).toHaveAccessibleDescription(/2 more must sign/);
    await lookAround(ida, page.getByText('0 of 2 signatures'));
    await lookAway(ida);
    await ida.click(link(ida, 'Review and sign in this browser'));
    await lookAround(ida, page.getByText('This browser has verified no snapshot yet').first());
    await lookAway(ida);
    await expect(page.getByRole('region', { name: 'Contacts of new entries, in full' })).toContainText('+4930123456');
    await expect(sign(ida)).toHaveAccessibleDescription('Answer what is unusual first');
    const words = page.getByRole('textbox', { name: 'The six words, as another signer reads them to you' });
    const { digest } = await requestOf(1);
    await words.fill(digestWords(`f${digest.slice(1)}`).join(' '));
    await expect(sign(ida)).toBeDisabled();
    await words.fill(digestWords(digest).join(' '));
    const trusted = panelOf(ida, 'Who else would be trusted').getByRole('listitem');
    await expect(trusted).toContainText([/Some Curator.*New/, /Emil.*New/]);
    await expect(sign(ida)).toBeDisabled();
    await ida.click(page.getByRole('checkbox', { name: 'I know who is trusted here, and why' }));
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
});

test('a changed number is signed where it was seen old beside new, by people who saw the same', async () => {
  const { page } = ida;

  await test.step('a changed number is shown old beside new, compared with what this browser verified', async () => {
    await changeNumber('4930654321');
    await ida.goTo('/');
    await ida.within('J15 release: prepare and review', 3, async () => {
      await ida.click(link(ida, 'Snapshots'));
      await ida.click(button(ida, 'Prepare a snapshot'));
      await ida.click(link(ida, 'Review and sign in this browser'));
    });
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
    await ida.within('J15 release: sign what was reviewed', 1, () => ida.click(sign(ida)));
    await expect(page.getByText('1 of 2 signatures')).toBeVisible();
    await handIn(ida, 'chris.sig.json', await signatureFile(await requestOf(2), people.Chris));
    await expect(page.getByText('2 of 2 signatures')).toBeVisible();
    await ida.within('J15 release: publish', 2, () => publish(ida));
    expect(await published()).toContain('4930654321');
  });
});

test('what others signed meanwhile, a browser follows by itself', async () => {
  const { page } = ida;
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

test('whoever is on duty takes an unsafe entry from apps, alone and in the browser', async () => {
  const { page } = duty;

  await test.step('the button that tells apps is there as soon as the entry is out of sight', async () => {
    await duty.goTo(`/entries/${production.entry}/show`);
    await duty.within('J9 suspend at once', 3, async () => {
      await duty.click(button(duty, 'Suspend at once'));
      await duty.click(page.getByRole('radio', { name: /^Unsafe/ }));
      await duty.click(button(duty, 'Suspend now'));
    });
    await expect(page.getByRole('dialog')).toContainText(
      'Apps will show it as withdrawn as soon as a duty key has signed',
    );
    expect(await withdrawn(production.server)).toBeUndefined();
    for (const colorScheme of ['dark', 'light'] as const) {
      await wear(page, colorScheme);
      await soft.poll(() => obstacles(page), colorScheme).toEqual([]);
    }
  });

  const list = await duty.again();
  await test.step('the urgent list says to everybody what waits, and to those without a key whom to call', async () => {
    await list.goTo('/urgent');
    await expect(button(list, 'Sign the urgent list')).toBeVisible();
    // Another language would be another language in all windows of this person, and the dialog would be gone.
    await list.page.setViewportSize({ width: 360, height: 740 });
    await soft.poll(() => overhang(list.page), 'on a phone').toBe(0);
    await soft.poll(() => obstacles(list.page), 'on a phone').toEqual([]);
    await ida.goTo('/urgent');
    await lookAround(ida, heading(ida, 'Waits for a duty key'));
    await lookAway(ida);
    await expect(ida.page.getByRole('alert')).toContainText('Call somebody on duty at once: Some Curator, Emil');
    await expect(button(ida, 'Sign the urgent list')).toBeHidden();
  });

  await test.step('one more click, and what apps download says it is withdrawn', async () => {
    await duty.within('J9 tell apps at once', 1, () =>
      duty.click(page.getByRole('dialog').getByRole('button', { name: 'Sign the urgent list' })),
    );
    await expect(page.getByText('Signed. Apps see it within minutes.')).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await withdrawn(production.server)).toEqual([production.entry]);
    await list.page.reload();
    await expect(list.page.getByText('Apps have this list.')).toBeVisible();
    await expect(list.page.getByRole('region', { name: 'Withdrawn now' }).getByRole('listitem')).toHaveCount(1);
  });

  await test.step('what waited to be signed with that entry in it is void, and says so wherever one looks', async () => {
    await ida.goTo('/snapshots/4/show');
    await expect(panelOf(ida, 'Signatures')).toContainText('These signatures no longer count');
    await ida.goTo('/snapshots/4/sign');
    await expect(ida.page.getByRole('alert')).toContainText('What was to be signed is void');
    await expect(sign(ida)).toBeHidden();
  });
});

test('a browser without Ed25519 says so, points to the command line, and nothing breaks', async ({ browser }) => {
  const old = await enter(
    browser,
    'Ida',
    `if (crypto.subtle) crypto.subtle.generateKey = () => Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'));`,
  );
  await old.goTo('/account/keys');
  const { page } = old;
  await expect(page.getByText('This browser cannot make Ed25519 keys')).toBeVisible();
  await expect(page.getByText('waymark keys new')).toBeVisible();
  await expect(button(old, 'Make a key in this browser')).toBeHidden();
  expect(old.errors).toEqual([]);
});

const panelOf = ({ page }: Tab, name: string) => page.getByRole('region', { name, exact: true });

/** Makes a key in the person's browser. @returns its public part, as it is handed to a ceremony */
async function makeKey(tab: Tab, name: string, file: string): Promise<PublicKeyFile> {
  await tab.goTo('/account/keys');
  const panel = panelOf(tab, name);
  await tab.click(panel.getByRole('button', { name: 'Make a key in this browser' }));
  await expect(panel.getByText('Not in the root yet')).toBeVisible();
  const saving = tab.page.waitForEvent('download');
  await tab.click(panel.getByRole('button', { name: 'Save the public part' }));
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe(file);
  const held = PublicKeyFile.parse(JSON.parse(readFileSync(await saved.path(), 'utf8')));
  await expect(panel.getByRole('list', { name: 'Six words of this key' })).toContainText(wordsIn(held.keyid));
  return held;
}

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
