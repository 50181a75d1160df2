import { expect, test } from '@playwright/test';
import { button, heading, link, ownDemo, type Tab } from '../support/browser.ts';
import { signIn, type Client } from '../support/client.ts';

const demo = ownDemo();

type Event = {
  outcome: string;
  method: string;
  paths: string[];
  attempt: number;
  note?: string;
  proposalId?: string;
  byName: string;
  evidence: { url?: string; capturedAt?: string }[];
};
type Standing = {
  confidence: string;
  state: string;
  channelConfidence: Record<string, string>;
  work: { claimedByName: string | null; nextAttempt: number; nextAttemptAt: string | null } | null;
};
type View = { id: string; name: string; revision: number; doc: { channels: { id: string; type: string }[] } };

test('a check goes from the queue to the next by keyboard alone, and the trace is there', async ({ browser }) => {
  const api = await signIn(demo.server.url, 'Demo Curator');
  const entry = await giveToMe(api, 'gb-stop-it-now');
  const other = await giveToMe(api, 'ca-cybertip');
  const curator = await demo.enter(browser, 'Demo Curator');
  const opened = await watchWindows(curator);

  await test.step('the start page says what to do', async () => {
    await curator.within('J1 what must I do now', 0, () => expect(checkOf(curator, entry.name)).toBeVisible());
  });

  await test.step('nothing is confirmed before a source was looked at', async () => {
    await curator.click(checkOf(curator, entry.name));
    await expect(heading(curator, 'What we publish')).toBeVisible();
    for (const key of ['y', 'a', 'e', 'x']) {
      await curator.press(key);
      await expect(curator.page.getByText('Open the source first (O), or take it as seen (S).')).toBeVisible();
    }
    expect(await eventsOf(api, entry)).toEqual([]);
  });

  await test.step('one channel: open, look, confirm; the next opens by itself', async () => {
    const began = today();
    await curator.goTo('/');
    await curator.within('J2 confirm an unchanged channel', 4, async () => {
      await walkTo(curator, entry.name);
      await curator.press('Enter');
      await expect(unit(curator, 1)).toHaveAttribute('aria-current', 'step');
      await curator.press('o');
      await curator.press('y');
      await expect(unit(curator, 1)).toContainText('Confirmed');
      await expect(unit(curator, 2)).toHaveAttribute('aria-current', 'step');
    });
    expect(await opened()).toEqual(['https://www.stopitnow.org.uk/helpline/ noopener,noreferrer']);
    const [event, ...rest] = await eventsOf(api, entry);
    expect(rest).toEqual([]);
    expect(event).toMatchObject({
      outcome: 'confirmed',
      method: 'official-site-check',
      paths: ['/channels/report'],
      byName: 'Demo Curator',
      evidence: [{ url: 'https://www.stopitnow.org.uk/helpline/' }],
    });
    // A day may have ended meanwhile.
    expect([began, today()]).toContain(event?.evidence[0]?.capturedAt);
    expect((await standingOf(api, entry)).channelConfidence['report']).toBe('medium');
  });

  await test.step('others see that somebody is at it', async () => {
    const reviewer = await demo.enter(browser, 'Demo Reviewer', { place: `/due/${entry.id}` });
    await expect(reviewer.page.getByRole('alert').filter({ hasText: 'Demo Curator is at this check' })).toBeVisible();
  });

  await test.step('the whole entry with one page, and the next check opens by itself', async () => {
    await curator.goTo('/');
    await curator.within('J3 confirm a whole entry', 6, async () => {
      await walkTo(curator, entry.name);
      await curator.press('Enter');
      await expect(heading(curator, 'What we publish')).toBeVisible();
      await curator.press('o');
      await curator.press('a');
      await expect(curator.page.getByText(`Checked: ${entry.name}`)).toBeVisible();
      await expect(curator.page.getByRole('heading', { level: 1, name: other.name })).toBeVisible();
    });
    const standing = await standingOf(api, entry);
    expect(standing).toMatchObject({ state: 'fresh', confidence: 'medium' });
    expect((await eventsOf(api, entry)).map(({ outcome }) => outcome)).toEqual(['confirmed', 'confirmed']);
    expect(await actionsOn(api, entry)).toEqual(
      expect.arrayContaining(['work.assign', 'work.claim', 'verification.record']),
    );
  });
});

test('a call nobody answered plans the next by itself; a line for children is not called without arrangement', async ({
  browser,
}) => {
  const api = await signIn(demo.server.url, 'Demo Curator');
  const entry = await giveToMe(api, 'us-ncmec-cybertipline');
  const curator = await demo.enter(browser, 'Demo Curator');

  await curator.within('J4 record an unanswered call', 3, async () => {
    await curator.click(checkOf(curator, entry.name));
    await expect(unit(curator, 2)).toBeVisible();
    await curator.press('2');
    await curator.press('n');
    await expect(unit(curator, 2)).toContainText('Attempt 1. Next try planned for');
  });
  const [event] = await eventsOf(api, entry);
  expect(event).toMatchObject({ outcome: 'not-reached', method: 'test-call', paths: ['/channels/tel'], attempt: 1 });
  const { work, confidence } = await standingOf(api, entry);
  expect(work?.nextAttempt).toBe(2);
  expect(Date.parse(work?.nextAttemptAt ?? '')).toBeGreaterThan(Date.now());
  expect(confidence).toBe('none');

  const line = await entryOf(api, await slugOfKind(api, 'child-helpline', 'phone'));
  await curator.goTo(`/due/${line.id}`);
  const phone = line.doc.channels.findIndex(({ type }) => type === 'phone') + 1;
  await curator.press(String(phone));
  await expect(unit(curator, phone)).toHaveAttribute('aria-current', 'step');
  await curator.press('n');
  await expect(
    curator.page.getByText(/Test calls and messages to a child helpline need an agreed way first/),
  ).toBeVisible();
  expect(await eventsOf(api, line)).toEqual([]);
});

test('what changed is typed where it was seen, and goes to review with its source', async ({ browser }) => {
  const api = await signIn(demo.server.url, 'Demo Curator');
  const entry = await giveToMe(api, 'ca-cybertip');
  const curator = await demo.enter(browser, 'Demo Curator');
  await curator.within('J5 change a phone number, from its check', 6, async () => {
    await curator.click(checkOf(curator, entry.name));
    await expect(unit(curator, 2)).toBeVisible();
    await curator.press('2');
    await curator.press('s');
    await curator.press('e');
    await expect(curator.page.getByRole('textbox', { name: 'Number', exact: true })).toBeFocused();
    await curator.type('+1 800 555 0199');
    await curator.click(button(curator, 'Record and send to review'));
    await expect(link(curator, 'The change is in review')).toBeVisible();
  });
  const [event] = await eventsOf(api, entry);
  expect(event).toMatchObject({ outcome: 'confirmed-changed', paths: ['/channels/tel'] });
  const { body: proposal } = await api.get<{
    state: string;
    changes: { path: string }[];
    doc: { evidence: { url?: string; supports: string[] }[] };
  }>(`/proposals/${event?.proposalId}`);
  expect(proposal.state).toBe('in-review');
  expect(proposal.changes.map(({ path }) => path)).toContain('/channels/tel/value');
  expect(proposal.doc.evidence.at(-1)).toMatchObject({ url: event?.evidence[0]?.url, supports: ['/channels/tel'] });
  expect((await entryOf(api, entry.id)).revision, 'a check edits nothing').toBe(entry.revision);
  expect((await standingOf(api, entry)).channelConfidence['tel']).toBe('contradicted');
});

test('an alarm tops everything; its entry is suspended, and it is closed with what came of it', async ({ browser }) => {
  const api = await signIn(demo.server.url, 'Demo Reviewer');
  const entry = await entryOf(api, 'cz-stopline');
  const [channel] = entry.doc.channels;
  const alarm = { recordId: entry.id, path: `/channels/${channel?.id}/value`, unsafe: true, note: 'leads elsewhere' };
  expect((await api.post('/alarms', alarm)).status).toBe(200);
  const curator = await demo.enter(browser, 'Demo Curator');
  await expect(
    curator.page.getByRole('region', { name: /^Urgent/ }).getByRole('link', { name: new RegExp(escape(entry.name)) }),
  ).toBeVisible();

  await curator.goTo('/due');
  await expect(curator.page.getByRole('main').getByRole('listitem').first()).toContainText('Unsafe?');
  await curator.goTo('/alarms');
  const item = curator.page.getByRole('listitem').filter({ hasText: entry.name });
  await curator.within('J9 suspend at once, from the alarm', 3, async () => {
    await curator.click(item.getByRole('button', { name: 'Unsafe: suspend now' }));
    await expect(curator.page.getByRole('radio', { name: /^Unsafe/ })).toBeFocused();
    await curator.press('Enter');
    await expect(curator.page.getByText('Suspended. It is out of sight.')).toBeVisible();
  });
  await expect(item.getByRole('link', { name: 'Urgent list' })).toHaveAttribute('href', '#/urgent');
  await curator.click(item.getByRole('button', { name: 'Deal with it …' }));
  const dialog = curator.page.getByRole('dialog');
  await curator.click(dialog.getByRole('radio', { name: 'The entry was suspended' }));
  await expect(dialog.getByRole('button', { name: 'Close the alarm' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'What you found' }).fill('The domain was sold.');
  await curator.click(dialog.getByRole('button', { name: 'Close the alarm' }));
  await expect(item).toBeHidden();
  await curator.click(curator.page.getByRole('tab', { name: 'Dealt with' }));
  await expect(item).toContainText('The entry was suspended: The domain was sold.');
  expect(await actionsOn(api, entry)).toEqual(expect.arrayContaining(['alarm.raise', 'record.suspend', 'alarm.close']));
});

test('from anywhere an entry is out of sight with three keys, and the second person has a day', async ({ browser }) => {
  const curator = await demo.enter(browser, 'Demo Curator', { place: '/audit' });
  await curator.within('J9 suspend at once, from the palette', 3, async () => {
    await curator.press('/');
    await curator.type('needhelpnow');
    await expect(curator.page.getByRole('option', { name: /NeedHelpNow/i })).toHaveAttribute('aria-selected', 'true');
    await curator.press('Shift+Enter');
    await expect(curator.page.getByRole('radio', { name: /^Unsafe/ })).toBeFocused();
    await curator.press('Enter');
    await expect(curator.page.getByText('Suspended. It is out of sight.')).toBeVisible();
  });
  const notice = curator.page.getByRole('alert').filter({ hasText: 'Suspended: out of sight' });
  await expect(notice).toContainText(/\((24 h 0|23 h \d+) min left\)/);
  await expect(notice).toContainText('Everybody else sees it on top of their queue');

  const { id } = await entryOf(await signIn(demo.server.url, 'Demo Curator'), 'gb-stop-it-now');
  await curator.goTo(`/entries/${id}/show`);
  await curator.click(button(curator, 'Suspend at once'));
  const dialog = curator.page.getByRole('dialog', { name: /^Suspend/ });
  await expect(dialog.getByRole('alert')).toContainText('It is the last option these places have of their own');
  await expect(dialog.getByRole('alert')).toContainText('Who was sent here first will see instead:Troubled Desire');
});

test('the round is planned for two people, and one list confirms many entries but for those left out', async ({
  browser,
}) => {
  const api = await signIn(demo.server.url, 'Demo Curator');
  const curator = await demo.enter(browser, 'Demo Curator', { place: '/due' });
  await test.step('a plan says before what it means, and after what was planned', async () => {
    await curator.click(button(curator, 'Plan …'));
    const dialog = curator.page.getByRole('dialog', { name: 'Plan the round of checks' });
    for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
    await expect(dialog.getByRole('button', { name: 'Plan it' })).toBeDisabled();
    await curator.click(dialog.getByRole('checkbox', { name: /^Demo Curator/ }));
    await curator.click(dialog.getByRole('checkbox', { name: /^Demo Reviewer/ }));
    await expect(dialog.getByRole('status')).toContainText('over 64 working days');
    await curator.click(dialog.getByRole('button', { name: 'Plan it' }));
    await expect(dialog.getByRole('alert')).toContainText(/^\d+ checks are planned until/);
    await curator.click(dialog.getByRole('button', { name: 'Close' }));
    const { body } = await api.get<{ total: number }>('/due?assignee=me&perPage=1&state=all');
    expect(body.total).toBeGreaterThan(50);
  });

  await test.step('a list is evidence for the rows that stand on it', async () => {
    const { body } = await api.get<{ data: { recordId: string; name: string }[] }>('/due?network=inhope&perPage=3');
    await curator.goTo('/due?kind=hotline.web');
    for (const { name } of body.data)
      await curator.click(curator.page.getByRole('checkbox', { name: `Select ${name}`, exact: true }));
    await curator.click(button(curator, 'Check with one list …'));
    const dialog = curator.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Address of the list' }).fill('https://example.org/members');
    const [left, ...kept] = body.data;
    await curator.click(dialog.getByRole('checkbox', { name: left?.name ?? '', exact: true }));
    await curator.click(dialog.getByRole('button', { name: `Confirm ${kept.length} entries` }));
    await expect(dialog.getByRole('alert')).toContainText(`${kept.length} entries confirmed`);
    for (const { recordId } of kept) {
      const [event] = await eventsOf(api, { id: recordId });
      expect(event).toMatchObject({ outcome: 'confirmed', evidence: [{ url: 'https://example.org/members' }] });
      expect(event?.paths).toContain('/memberships/inhope');
    }
    expect(await eventsOf(api, { id: left?.recordId ?? '' }), 'the row left out').toEqual([]);
  });
});

const today = () => new Date().toISOString().slice(0, 10);

/** What of this test the queue shows; the check of an entry by its name. */
const checkOf = ({ page }: Tab, name: string) =>
  page.getByRole('region', { name: /^Checks for you/ }).getByRole('link', { name: new RegExp(`^${escape(name)}`) });

/** Walks down the queue to the item, by keyboard. */
async function walkTo(tab: Tab, name: string): Promise<void> {
  await expect(checkOf(tab, name)).toBeVisible();
  const items = tab.page.getByRole('main').getByRole('listitem').getByRole('link');
  const names = await items.allInnerTexts();
  const at = names.findIndex((text) => text.startsWith(name));
  for (let i = 0; i < at; i += 1) await tab.press('j');
  if (at > 0) await expect(items.nth(at)).toBeFocused();
}

/** A part of the check by the number it shows. */
const unit = ({ page }: Tab, number: number) =>
  page
    .getByRole('region', { name: 'What we publish' })
    .locator('section')
    .nth(number - 1);

/** Keeps the pages a person opens from reaching outside. @returns which would have opened, and how */
async function watchWindows({ page }: Tab): Promise<() => Promise<string[]>> {
  // As text: tests are typed without a browser's names.
  await page.evaluate(
    'window.opened = []; window.open = (url, _target, how) => { window.opened.push(`${url} ${how}`); return null; }',
  );
  return () => page.evaluate<string[]>('window.opened');
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function entryOf(api: Client, handle: string): Promise<View> {
  return (await api.get<View>(`/entries/${handle}`)).body;
}

/** Makes the next check of an entry the curator's own. */
async function giveToMe(api: Client, slug: string): Promise<View> {
  const { body: me } = await api.get<{ id: string }>('/session');
  const entry = await entryOf(api, slug);
  expect((await api.post(`/entries/${entry.id}/work`, { assignee: me.id })).status).toBe(200);
  return entry;
}

async function slugOfKind(api: Client, kind: string, type: string): Promise<string> {
  const { body } = await api.get<{ data: { slug: string }[] }>(`/entries?kind=${kind}&perPage=50`);
  for (const { slug } of body.data) {
    if ((await entryOf(api, slug)).doc.channels.some((channel) => channel.type === type)) return slug;
  }
  throw new Error(`The demo has no ${kind} with a ${type}`);
}

async function eventsOf(api: Client, { id }: { id: string }): Promise<Event[]> {
  return (await api.get<{ data: Event[] }>(`/entries/${id}/verifications`)).body.data;
}

async function standingOf(api: Client, { id }: { id: string }): Promise<Standing> {
  return (await api.get<Standing>(`/entries/${id}/standing`)).body;
}

async function actionsOn(api: Client, { id }: { id: string }): Promise<string[]> {
  const { body } = await api.get<{ data: { action: string }[] }>(`/audit?subject=entry:${id}&perPage=100`);
  return body.data.map(({ action }) => action);
}
