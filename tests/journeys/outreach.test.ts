// An organisation is asked by mail, reminded, and answers through its link: the real API, a real mail server, a moved clock.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Entry, Organisation } from '@waymark/domain';
import {
  agreeCourtesy,
  createMailer,
  deliverMail,
  disable,
  remindOutreach,
  showProposal,
  submitProposal,
  type OutreachView,
} from '@waymark/services';
import { findRecord, listAuditEvents, openAlarmsOf, pageProposals, verificationsOf } from '@waymark/store';
import { codeOf, newSite, type Browser, type Site } from '../../apps/api/src/testing.ts';
import { verifyAudit } from '../../packages/services/src/audit/verify.ts';
import { openClient, signIn } from '../support/client.ts';
import { openMailbox, type Arrived, type Mailbox } from '../support/mailbox.ts';
import { startServer } from '../support/server.ts';
import { amend, approve, buildEntry, buildOrganisation, enter, type World } from '../support/world.ts';

const post = { origin: 'https://directory.example.org' };
const contactsInternal = [
  { id: 'desk', email: 'desk@help.example.org', role: 'Front desk', language: 'de' },
  { id: 'lead', email: 'lead@example.net' },
];

let site: Site;
let world: World;
let box: Mailbox;
let curator: Browser;

beforeEach(async () => {
  site = await newSite({ post });
  ({ world } = site);
  box = await openMailbox();
  onTestFinished(() => box.close());
  curator = await site.browser('curator');
});

async function listed(overrides: Partial<Organisation> = {}): Promise<{ organisation: string; entry: string }> {
  const organisation = await enter(
    world,
    'organisation',
    buildOrganisation({ contactsInternal, confirmationDomain: 'example.org', ...overrides }),
  );
  return { organisation, entry: await enter(world, 'entry', buildEntry({ organisation })) };
}

/** What the jobs do between two moments. */
async function runJobs(): Promise<void> {
  const ctx = { store: world.store, now: world.now, newId: world.newId, post };
  await remindOutreach(ctx);
  const mailer = createMailer({ url: box.url, from: { name: 'Waymark', address: 'directory@waymark.example' } });
  await deliverMail(ctx, mailer);
  mailer.close();
}

const write = (organisation: string, body: object = {}) =>
  curator.post(`/api/v1/organisations/${organisation}/outreach`, { way: 'mail', ...body });

async function history(organisation: string): Promise<OutreachView[]> {
  const answer = await curator.get(`/api/v1/organisations/${organisation}/outreach`);
  return ((await answer.json()) as { data: OutreachView[] }).data;
}

async function waiting(state: string): Promise<OutreachView[]> {
  const answer = await curator.get(`/api/v1/outreach?state=${state}`);
  return ((await answer.json()) as { data: OutreachView[] }).data;
}

function tokenIn(letter: Arrived | undefined): string {
  const token = /\/owners\/#([A-Za-z0-9_-]{43})$/m.exec(letter?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`No link in: ${letter?.text}`);
  return token;
}

const actions = async () =>
  (await listAuditEvents(world.store.read, { order: 'asc', limit: 500, offset: 0 })).data.map(({ action }) => action);

describe('a letter to an organisation', () => {
  it('reaches its contact in the contact’s language, names its entries, and carries one link', async () => {
    const { organisation } = await listed({ names: { en: { text: 'Helpers United' } } });
    const answer = await write(organisation);
    expect(answer.status).toBe(201);
    await runJobs();
    const [letter] = box.arrived;
    expect(letter?.to).toEqual(['desk@help.example.org']);
    expect(letter?.headers.get('subject')).toBe('Stimmt das noch? Helpers United im Verzeichnis Waymark');
    expect(letter?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(letter?.text).toContain('Helpline entry-');
    expect(letter?.text.match(/https:\/\/\S+/g)?.filter((url) => url.includes('#'))).toHaveLength(1);
    expect(letter?.text).not.toMatch(/\{\{|\}\}|undefined/);
    expect(await actions()).toEqual(expect.arrayContaining(['outreach.send', 'mail.sent']));
  });

  it.each([
    ['ar', {}, 'هل ما زال هذا صحيحًا؟'],
    ['fr', {}, 'Est-ce toujours exact ?'],
    [undefined, { locatedIn: 'MX' }, '¿Sigue siendo correcto?'],
    [undefined, { locatedIn: 'JP' }, 'Is this still right?'],
  ] as const)('is written in the language of contact %s or country %o', async (language, where, subject) => {
    const { organisation } = await listed({
      ...where,
      contactsInternal: [{ id: 'desk', email: 'desk@example.org', ...(language && { language }) }],
    });
    await write(organisation);
    await runJobs();
    expect(box.arrived[0]?.headers.get('subject')).toContain(subject);
  });

  it('leaves neither token nor address in database, log and answers once it was sent', async () => {
    const { organisation } = await listed();
    const answer = await (await write(organisation)).text();
    await runJobs();
    const token = tokenIn(box.arrived[0]);
    const list = JSON.stringify(await history(organisation));
    for (const place of [answer, list, site.logged.join('\n')]) {
      expect(place).not.toContain(token);
      expect(place).not.toContain('desk@help.example.org');
    }
    world.reopen(); // Closing folds the write-ahead log into the file.
    expect((await readFile(world.file)).includes(token)).toBe(false);
  });

  it('needs mail to be on, a contact, and a curator; nothing is written otherwise', async () => {
    const off = await newSite({}, world);
    const { organisation } = await listed();
    const offline = await off.browser('curator');
    expect(await codeOf(await offline.post(`/api/v1/organisations/${organisation}/outreach`, { way: 'mail' }))).toBe(
      'mail-off',
    );
    const reviewer = await site.browser('reviewer');
    expect(await codeOf(await reviewer.post(`/api/v1/organisations/${organisation}/outreach`, { way: 'mail' }))).toBe(
      'not-permitted',
    );
    const silent = await listed({ contactsInternal: [{ id: 'desk', role: 'Front desk' }] });
    expect(await codeOf(await write(silent.organisation))).toBe('contact-missing');
    const past = await listed({
      contactsInternal: [{ id: 'desk', email: 'desk@example.org', retentionUntil: '2020-01-01' }],
    });
    expect(await codeOf(await write(past.organisation))).toBe('contact-missing');
    expect(await codeOf(await write(organisation, { contactId: 'nobody' }))).toBe('contact-missing');
    await runJobs();
    expect(box.arrived).toEqual([]);
    expect(await actions()).not.toContain('outreach.send');
  });

  it('warns when the organisation was contacted recently, and goes out when it is meant', async () => {
    const { organisation } = await listed();
    await write(organisation);
    world.wait({ days: 3 });
    curator = await site.browser('curator');
    expect(await codeOf(await write(organisation))).toBe('courtesy-cap');
    expect((await write(organisation, { anyway: true })).status).toBe(201);
    const rows = await history(organisation);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['open', 'superseded']);
  });
});

describe('the ladder of reminders', () => {
  it('writes on days 0, 7 and 21, then to another contact, and then leaves it to a person', async () => {
    const { organisation } = await listed();
    await write(organisation);
    const seen: [number, string | undefined, string][] = [];
    for (let day = 0; day <= 60; day += 1) {
      const before = box.arrived.length;
      await runJobs();
      await runJobs(); // However often it runs.
      for (const letter of box.arrived.slice(before))
        seen.push([day, letter.to[0], letter.headers.get('subject')?.split(/[:?]/)[0] ?? '']);
      world.wait({ days: 1 });
    }
    expect(seen).toEqual([
      [0, 'desk@help.example.org', 'Stimmt das noch'],
      [7, 'desk@help.example.org', 'Erinnerung'],
      [21, 'desk@help.example.org', 'Erinnerung'],
      [35, 'lead@example.net', 'Can you help'],
    ]);
    curator = await site.browser('curator');
    expect((await waiting('no-answer')).map((row) => [row.organisationId, row.attempt])).toEqual([[organisation, 4]]);
    expect(await waiting('due')).toEqual([]);
    expect((await history(organisation)).map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [4, 'no-answer'],
      [3, 'superseded'],
      [2, 'superseded'],
      [1, 'superseded'],
    ]);
  });

  it('gives up after three letters when there is nobody else', async () => {
    const { organisation } = await listed({ contactsInternal: contactsInternal.slice(0, 1) });
    await write(organisation);
    for (let day = 0; day <= 60; day += 1) {
      await runJobs();
      world.wait({ days: 1 });
    }
    expect(box.arrived).toHaveLength(3);
    curator = await site.browser('curator');
    expect((await waiting('no-answer')).map((row) => row.attempt)).toEqual([3]);
  });

  it('ends when somebody called and got an answer, and what was said stands in the log', async () => {
    const { organisation } = await listed();
    await write(organisation);
    await runJobs();
    const noted = await curator.post(`/api/v1/organisations/${organisation}/outreach`, {
      way: 'call',
      outcome: 'answered',
      contactId: 'desk',
      note: 'Hours stay the same.',
    });
    expect(noted.status).toBe(201);
    expect(await noted.json()).toMatchObject({ way: 'call', outcome: 'answered', note: 'Hours stay the same.' });
    world.wait({ days: 60 });
    await runJobs();
    expect(box.arrived).toHaveLength(1);
    expect(await actions()).toContain('outreach.note');
  });

  it('keeps what was agreed about how often', async () => {
    const { organisation } = await listed();
    const agreement = { agreedWay: 'mail', agreedHours: null, testsArranged: false, minDaysBetween: 20 };
    await agreeCourtesy(world.as('curator'), organisation, agreement, 0);
    await write(organisation);
    const days: number[] = [];
    for (let day = 0; day <= 70; day += 1) {
      const before = box.arrived.length;
      await runJobs();
      if (box.arrived.length > before) days.push(day);
      world.wait({ days: 1 });
    }
    expect(days).toEqual([0, 20, 40, 60]);
  });

  it('shows a letter that could not be delivered', async () => {
    const { organisation } = await listed();
    await write(organisation);
    box.refuse(550);
    await runJobs();
    expect((await waiting('failed')).map((row) => row.organisationId)).toEqual([organisation]);
    box.refuse(undefined);
    world.wait({ days: 60 });
    await runJobs();
    expect(box.arrived).toEqual([]);
  });

  it('leaves it to a person when no contact is left', async () => {
    const { organisation } = await listed();
    await write(organisation);
    await runJobs();
    await amend<Organisation>(world, organisation, (doc) => ({ ...doc, contactsInternal: [] }));
    world.wait({ days: 8 });
    await runJobs();
    expect(box.arrived).toHaveLength(1);
    curator = await site.browser('curator');
    expect(await waiting('no-answer')).toHaveLength(1);
  });
});

describe('an organisation that answers through its link', () => {
  type Own = { id: string; revision: number; channels: { id: string; value: unknown }[] };
  type Shown = { organisation: string; entries: Own[] };
  type Said = { facts?: 'right' | 'unsaid'; channels?: object[]; note?: string };

  const someone = () => site.browser();
  const look = async (token: string) => (await someone()).get('/public/v1/owners', { 'x-waymark-link': token });
  const answer = async (token: string, entries: object[]) =>
    (await someone()).post('/public/v1/owners', { entries }, { 'x-waymark-link': token });
  const shown = async (token: string) => (await (await look(token)).json()) as Shown;
  const about = ({ id, revision }: Own, said: Said) => ({ id, revision, facts: 'unsaid', channels: [], ...said });

  /** Writes to an organisation and takes the link out of its letter. */
  async function linkFor(organisation: string, body: object = {}): Promise<string> {
    const sent = await write(organisation, body);
    if (sent.status !== 201) throw new Error(await sent.text());
    await runJobs();
    return tokenIn(box.arrived.at(-1));
  }

  const standing = async (entry: string) => {
    const answer = await curator.get(`/api/v1/entries/${entry}/standing`);
    return (await answer.json()) as {
      confidence: string;
      families: string[];
      channelConfidence: Record<string, string>;
    };
  };
  const events = async (entry: string) => (await verificationsOf(world.store.read, entry)).map(({ event }) => event);

  it('sees its own entries in full, and nothing that is inside', async () => {
    const { organisation, entry } = await listed();
    await amend<Entry>(world, entry, (doc) => ({ ...doc, notesInternal: 'a note of ours' }));
    const other = await listed();
    const token = await linkFor(organisation);
    const response = await look(token);
    const text = await response.text();
    const page = JSON.parse(text) as Shown;
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(page.entries.map(({ id }) => id)).toEqual([entry]);
    expect(page.entries[0]?.channels).toHaveLength(2);
    for (const inside of ['a note of ours', 'contactsInternal', 'desk@help', 'evidence', 'sources', other.entry])
      expect(text).not.toContain(inside);
    expect(site.logged.join('\n')).not.toContain(token);
    expect((await look(token)).status, 'looking uses nothing up').toBe(200);
  });

  it('confirms, and that counts as its own word: party, so confidence rises to what the rule says', async () => {
    const { organisation, entry } = await listed();
    expect(await standing(entry)).toMatchObject({ confidence: 'none' });
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const channels = own.channels.map(({ id }) => ({ id, is: 'right' }));
    const done = await answer(token, [about(own, { facts: 'right', channels })]);
    expect(done.status).toBe(200);
    const [event] = await events(entry);
    expect(event).toMatchObject({
      method: 'organisation-confirmation',
      outcome: 'confirmed',
      by: { kind: 'organisation', organisationId: organisation },
    });
    // One family alone is medium (DOMAIN §3.6).
    expect(await standing(entry)).toMatchObject({ confidence: 'medium', families: ['party'] });
    expect((await history(organisation))[0]).toMatchObject({
      outcome: 'answered',
      answer: { counts: true, proposals: [], alarms: [] },
    });
    expect(await verifyAudit(world.store.read)).toMatchObject({ ok: true });
    expect(await codeOf(await look(token)), 'the link works once').toBe('token-invalid');
    expect(await codeOf(await answer(token, [about(own, { facts: 'right' })]))).toBe('token-invalid');
    expect(await events(entry)).toHaveLength(1);
    world.wait({ days: 60 });
    await runJobs();
    expect(box.arrived, 'nobody is reminded any more').toHaveLength(1);
  });

  it('corrects a number: a draft in the name of who wrote, under full review, and the number is in doubt until then', async () => {
    const { organisation, entry } = await listed();
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const value = { number: { kind: 'e164', digits: '4930999999' } };
    const done = await answer(token, [
      about(own, { channels: [{ id: 'tel', is: 'wrong', value }], note: 'New switchboard' }),
    ]);
    expect(await done.json()).toEqual({ confirmed: 0, corrected: 1 });
    const [id = ''] = (await history(organisation))[0]?.answer?.proposals ?? [];
    const draft = (await (await curator.get(`/api/v1/proposals/${id}`)).json()) as {
      state: string;
      authorId: string;
      summary: string;
      doc: Entry;
      contributors: { userId: string; part: string }[];
    };
    expect(draft).toMatchObject({ state: 'draft', authorId: world.people.curator.id });
    expect(draft.summary).toContain('New switchboard');
    expect(draft.contributors.map(({ part }) => part).sort()).toEqual(['author', 'importer']);
    expect(draft.doc.channels.find((channel) => channel.id === 'tel')?.value).toEqual(value);
    const [event] = await events(entry);
    expect(event).toMatchObject({ outcome: 'confirmed-changed', proposalId: id, by: { kind: 'organisation' } });
    expect((await standing(entry)).channelConfidence['tel']).toBe('contradicted');
    const record = await findRecord(world.store.read, entry);
    expect(JSON.stringify(record?.doc), 'nothing is changed without review').not.toContain('4930999999');
    // Reviewed by somebody else, the new number is what the organisation confirmed.
    await submitProposal(world.as('curator'), id);
    await approve(world, await showProposal(world.as('curator'), id));
    expect((await findRecord(world.store.read, entry))?.revision).toBe(2);
    expect((await standing(entry)).channelConfidence['tel']).toBe('medium');
  });

  it('corrects through whoever wrote to it, and that person never approves it, whatever roles they hold', async () => {
    const { organisation, entry } = await listed();
    curator = await site.browser('everything');
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const value = { number: { kind: 'e164', digits: '4930999999' } };
    await answer(token, [about(own, { channels: [{ id: 'tel', is: 'wrong', value }] })]);
    const [id = ''] = (await history(organisation))[0]?.answer?.proposals ?? [];
    const { contentHash } = await submitProposal(world.as('secondCurator'), id);
    const refused = await curator.post(`/api/v1/proposals/${id}/review`, { decision: 'approve', contentHash });
    expect(await codeOf(refused)).toBe('own-contribution');
    expect((await findRecord(world.store.read, entry))?.revision).toBe(1);
  });

  it('raises an alarm instead of a draft when who wrote to it is no curator any more', async () => {
    const { organisation, entry } = await listed();
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    await disable(world.as('admin'), world.people.curator.id);
    const value = { number: { kind: 'e164', digits: '4930999999' } };
    expect((await answer(token, [about(own, { channels: [{ id: 'tel', is: 'wrong', value }] })])).status).toBe(200);
    expect(await openAlarmsOf(world.store.read, entry)).toMatchObject([{ kind: 'organisation-report' }]);
    expect(
      await pageProposals(world.store.read, { states: ['draft'], sort: '-updatedAt' }, { limit: 9, offset: 0 }),
    ).toEqual([]);
  });

  it.each([
    ['another domain', { confirmationDomain: 'elsewhere.example' }],
    ['a domain that only ends alike', { confirmationDomain: 'lp.example.org' }],
    ['no confirmation domain', { confirmationDomain: undefined }],
    ['a look-alike', { confirmationDomain: 'xn--xample-2of.org' }],
  ] as const)('never counts through a letter that went to %s', async (_, overrides) => {
    const { organisation, entry } = await listed(overrides as Partial<Organisation>);
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const value = { number: { kind: 'e164', digits: '4930999999' } };
    const said = about(own, {
      facts: 'right',
      channels: [
        { id: 'web', is: 'right' },
        { id: 'tel', is: 'wrong', value },
      ],
    });
    expect((await answer(token, [said])).status).toBe(200);
    expect(await events(entry)).toEqual([]);
    expect((await standing(entry)).confidence).toBe('none');
    const [row] = await history(organisation);
    expect(row?.answer).toMatchObject({ counts: false, proposals: [], alarms: [expect.any(String) as string] });
    expect(await openAlarmsOf(world.store.read, entry)).toEqual([
      { path: '/channels/tel/value', kind: 'organisation-report', unsafe: false },
    ]);
  });

  it('does not count when the confirmation domain was changed after the letter', async () => {
    const { organisation, entry } = await listed({ confirmationDomain: 'old.example' });
    const token = await linkFor(organisation);
    world.wait({ hours: 1 });
    await amend<Organisation>(world, organisation, (doc) => ({ ...doc, confirmationDomain: 'example.org' }));
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    await answer(token, [about(own, { facts: 'right' })]);
    expect(await events(entry)).toEqual([]);
  });

  it('can say nothing about entries of another organisation', async () => {
    const [a, b] = [await listed(), await listed()];
    const token = await linkFor(a.organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const foreign = { ...own, id: b.entry, revision: 1 };
    const channels = [{ id: 'tel', is: 'right' }];
    expect(await codeOf(await answer(token, [about(own, { facts: 'right' }), about(foreign, { channels })]))).toBe(
      'link-for-another',
    );
    expect(await events(a.entry), 'all or nothing').toEqual([]);
    expect(await events(b.entry)).toEqual([]);
    expect((await answer(token, [about(own, { facts: 'right' })])).status, 'the link still works').toBe(200);
  });

  it('is refused with a reason, and nothing is written', async () => {
    const { organisation, entry } = await listed();
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const before = (await actions()).length;
    const wrong = (value: unknown) => about(own, { channels: [{ id: 'tel', is: 'wrong', value }] });
    const cases: [object[], string][] = [
      [[about(own, {})], 'nothing-changed'],
      [[about({ ...own, revision: 7 }, { facts: 'right' })], 'stale-revision'],
      [[about(own, { channels: [{ id: 'nothing', is: 'right' }] })], 'fact-unknown'],
      [[wrong({ number: { kind: 'e164', digits: '12' } })], 'input-invalid'],
      [[wrong({ number: { kind: 'e164', digits: '4930123456' } })], 'input-invalid'],
      [[wrong({ href: 'https://help.example.org' })], 'input-invalid'],
      [[about(own, { facts: 'right', note: 'see t[.]me/joinchat-abc for it' })], 'looks-like-a-report'],
      [[about(own, { facts: 'right', note: 'x'.repeat(281) })], 'input-invalid'],
      [[{ ...about(own, { facts: 'right' }), state: 'active' }], 'input-invalid'],
      [[], 'input-invalid'],
    ];
    for (const [entries, code] of cases)
      expect(await codeOf(await answer(token, entries)), JSON.stringify(entries)).toBe(code);
    for (const no of ['', 'x'.repeat(43), 'x'.repeat(44), token.slice(1), `${token}x`, '../../etc/passwd'])
      expect(await codeOf(await look(no)), no).toBe('token-invalid');
    expect(await actions()).toHaveLength(before);
    expect(await events(entry)).toEqual([]);
    expect(await openAlarmsOf(world.store.read, entry)).toEqual([]);
    expect((await look(token)).status).toBe(200);
  });

  it('can answer once of two that come at the same moment', async () => {
    const { organisation, entry } = await listed();
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const both = await Promise.all([1, 2].map(() => answer(token, [about(own, { facts: 'right' })])));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await events(entry)).toHaveLength(1);
  });

  it('can use its link for thirty days', async () => {
    const { organisation } = await listed();
    const token = await linkFor(organisation);
    world.wait({ days: 29, hours: 23 });
    expect((await look(token)).status).toBe(200);
    world.wait({ hours: 1 });
    expect(await codeOf(await look(token))).toBe('token-invalid');
  });

  it('may answer any letter of the ladder, and the others are worthless then', async () => {
    const { organisation, entry } = await listed();
    const first = await linkFor(organisation);
    world.wait({ days: 8 });
    await runJobs();
    const second = tokenIn(box.arrived[1]);
    expect(second).not.toBe(first);
    const [own] = (await shown(first)).entries;
    if (!own) throw new Error('Nothing is shown');
    await answer(first, [about(own, { facts: 'right' })]);
    expect(await events(entry)).toHaveLength(1);
    expect(await codeOf(await look(second))).toBe('token-invalid');
    world.wait({ days: 60 });
    await runJobs();
    expect(box.arrived).toHaveLength(2);
  });

  it('is a page of ours or nobody: another origin is refused', async () => {
    const { organisation } = await listed();
    const token = await linkFor(organisation);
    const [own] = (await shown(token)).entries;
    if (!own) throw new Error('Nothing is shown');
    const headers = { 'x-waymark-link': token, origin: 'https://evil.example' };
    const foreign = await (
      await someone()
    ).post('/public/v1/owners', { entries: [about(own, { facts: 'right' })] }, headers);
    expect(await codeOf(foreign)).toBe('origin-refused');
  });
});

it('loses no letter when the server is killed between the commit and the delivery', async () => {
  const data = mkdtempSync(join(tmpdir(), 'waymark-mail-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const env = { WAYMARK_SMTP_URL: box.url, WAYMARK_MAIL_FROM: 'Waymark <directory@waymark.example>' };
  const first = await startServer({ data, env });
  const demoCurator = await signIn(first.url, 'Demo Curator');
  const entries = await demoCurator.get<{ data: { id: string; name: string }[] }>('/entries?perPage=1&state=active');
  const [entry] = entries.body.data;
  if (!entry) throw new Error('The demo has no entry');
  const suspended = await demoCurator.post(`/entries/${entry.id}/suspend`, { reason: 'unsafe', note: '' });
  await first.kill();
  expect(suspended.status).toBe(200);
  expect(box.arrived, 'the letters are still in the outbox').toEqual([]);
  const second = await startServer({ data, env });
  onTestFinished(async () => void (await second.stop()));
  const people = await openClient({ url: second.url }).get<{ demoPeople: { name: string; roles: string[] }[] }>(
    '/instance',
  );
  const onDuty = people.body.demoPeople.filter(
    ({ name, roles }) => name !== 'Demo Curator' && roles.some((role) => role !== 'curator'),
  );
  await expect.poll(() => box.arrived.length, { timeout: 120_000 }).toBe(onDuty.length);
  expect(new Set(box.arrived.flatMap(({ to }) => to)).size, 'exactly one each').toBe(onDuty.length);
  for (const { headers, text } of box.arrived) {
    expect(headers.get('subject')).toContain(entry.name.slice(0, 20));
    expect(text).toContain(`/#/entries/${entry.id}/show`);
  }
});
