// Corrections from outside, through HTTP: what is taken, what is refused without a trace, and that nothing stays.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry, Signpost } from '@waymark/domain';
import { purgeCorrections } from '@waymark/services';
import { auditSize, openAlarm } from '@waymark/store';
import { codeOf, newSite, openBrowser, type Browser, type Site } from '../../apps/api/src/testing.ts';
import { solve } from '../../apps/api/src/testing.proof.ts';
import { canaries, seeded } from '../../packages/domain/src/disclosure/canaries.ts';
import { TERMS } from '../../packages/domain/src/disclosure/terms.ts';
import { publishAs, publishingOf } from '../support/tree.ts';
import { enterEntry } from '../support/world.ts';

const PATH = '/public/v1/corrections';
const terms = Object.fromEntries(
  Object.entries(TERMS).map(([language, words]) => [language, words.map((word) => word.replaceAll('*', ''))]),
);

/** A site with a helpline and a hotline of Germany, a hotline of France and a portal of the world, published. */
async function publishedSite(): Promise<{ site: Site; helpline: string }> {
  const site = await newSite();
  const { world } = site;
  const url = (href: string): Entry['channels'] => [{ id: 'web', type: 'url', value: { href } }];
  const { id: helpline, organisation } = await enterEntry(world, { slug: 'de-helpline' });
  const serves = (area: string): Entry['serves'] => [{ area, basis: 'any', strength: 'primary' }];
  await enterEntry(world, {
    slug: 'de-hotline',
    kind: 'hotline.web',
    organisation,
    channels: url('https://de.example.org/'),
  });
  await enterEntry(world, {
    slug: 'fr-hotline',
    kind: 'hotline.web',
    organisation,
    serves: serves('FR'),
    channels: url('https://fr.example.org/'),
  });
  await enterEntry(world, {
    slug: 'world-portal',
    kind: 'portal.global',
    organisation,
    serves: serves('001'),
    channels: url('https://world.example.org/'),
  });
  await publishAs(world, await publishingOf(world));
  return { site, helpline };
}

type Sent = Record<string, unknown>;
const wrongNumber: Sent = {
  entry: 'de-helpline',
  channel: 'tel',
  what: 'wrong-number',
  value: { type: 'phone', number: { kind: 'e164', digits: '4930987654' } },
  note: 'The number changed to +49 30 987654 in March',
};

const nobodysProof = {
  challenge: { parameters: { algorithm: 'x', nonce: '00', salt: '00', cost: 1, keyLength: 1, keyPrefix: '00' } },
  solution: { counter: 0, derivedKey: '00' },
};

async function prove(browser: Browser) {
  return solve((await (await browser.get('/public/v1/challenge')).json()) as Parameters<typeof solve>[0]);
}

async function send(browser: Browser, correction: Sent): Promise<Response> {
  return browser.post(PATH, { correction, proof: await prove(browser) });
}

type Row = { id: string; note: string | null; times: number; proposalId: string | null; state: string };
async function listed(browser: Browser, state = 'open'): Promise<Row[]> {
  return ((await (await browser.get(`/api/v1/corrections?state=${state}`)).json()) as { data: Row[] }).data;
}

/** Every file of the world, and every line of the log, with the bytes in them. */
async function everything({ world, logged }: Site): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = await readdir(world.dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(async (file) => ({ name: file, bytes: await readFile(file) }));
  return [...(await Promise.all(read)), { name: 'log', bytes: Buffer.from(logged.join('\n')) }];
}

async function placesOf(site: Site, traces: readonly string[]): Promise<string[]> {
  const files = await everything(site);
  return files.flatMap(({ name, bytes }) =>
    traces.filter((trace) => bytes.includes(Buffer.from(trace))).map((trace) => `${name}: ${trace}`),
  );
}

describe('a correction from outside', () => {
  it('waits for staff, without a session of its sender, and is counted when it comes again', async () => {
    const { site } = await publishedSite();
    const [sender, curator] = [await site.browser(), await site.browser('curator')];
    const first = await send(sender, { ...wrongNumber, contact: 'asker@example.org', country: 'DE' });
    expect([first.status, await first.json()]).toEqual([202, { times: 1 }]);
    const other = await site.browser(undefined, '198.51.100.9');
    expect(await (await send(other, { ...wrongNumber, note: 'It is +49 30 987654' })).json()).toEqual({ times: 2 });
    expect(await listed(curator)).toMatchObject([
      {
        what: 'wrong-number',
        entry: { slug: 'de-helpline' },
        channel: { id: 'tel', address: '+4930123456' },
        value: wrongNumber['value'],
        note: wrongNumber['note'],
        contact: 'asker@example.org',
        times: 2,
      },
    ]);
    // The log knows hashes alone.
    const audit = await (await curator.get('/api/v1/audit?action=correction.receive')).text();
    expect(audit).not.toMatch(/987654|asker|changed/);
    expect(audit).toMatch(/"content":"[0-9a-f]{64}"/);
  });

  it('takes work that was done for it once, and no other', async () => {
    const { site } = await publishedSite();
    const sender = await site.browser();
    const proof = await prove(sender);
    const again = { ...wrongNumber, what: 'closed', value: undefined };
    expect((await sender.post(PATH, { correction: wrongNumber, proof })).status).toBe(202);
    expect(await codeOf(await sender.post(PATH, { correction: again, proof }))).toBe('proof-of-work-wrong');
    const [right, other] = [await prove(sender), await prove(sender)];
    const guessed = { ...right, solution: { ...right.solution, derivedKey: '00'.repeat(32) } };
    const swapped = { ...right, solution: other.solution };
    const cheaper = {
      ...right,
      challenge: { ...right.challenge, parameters: { ...right.challenge.parameters, cost: 1 } },
    };
    for (const wrong of [guessed, swapped, cheaper, nobodysProof])
      expect(await codeOf(await sender.post(PATH, { correction: again, proof: wrong }))).toBe('proof-of-work-wrong');
    const late = await prove(sender);
    site.world.wait({ hours: 1 });
    expect(await codeOf(await sender.post(PATH, { correction: again, proof: late }))).toBe('proof-of-work-wrong');
    expect(await listed(await site.browser('curator'))).toHaveLength(1);
  });

  it('comes five times in an hour from one network, and twenty times in a day about one entry', async () => {
    const { site } = await publishedSite();
    const said = (n: number): Sent => ({ entry: 'de-helpline', what: 'other', note: `Room ${n} is on floor ${n}` });
    const codes: (number | string)[] = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await send(await site.browser(), said(n));
      codes.push(answer.status === 202 ? 202 : await codeOf(answer));
    }
    expect(codes).toEqual([202, 202, 202, 202, 202, 'too-many-attempts']);
    for (let n = 6; n < 21; n += 1)
      expect((await send(await site.browser(undefined, `198.51.100.${n}`), said(n))).status).toBe(202);
    expect(await codeOf(await send(await site.browser(undefined, '203.0.113.1'), said(30)))).toBe('too-many-attempts');
  });

  it('is refused with the field at fault', async () => {
    const { site } = await publishedSite();
    const sender = await site.browser();
    const wrong: [change: Sent, path: string][] = [
      [
        { what: 'wrong-address', value: { type: 'website', origin: 'https://a.example.org/x' } },
        '/correction/value/origin',
      ],
      [{ what: 'closed', value: { type: 'hours', text: '9-17' } }, '/correction/value'],
      [{ value: { type: 'phone', number: { kind: 'e164', digits: '49 30' } } }, '/correction/value/number/digits'],
      [
        { value: { type: 'phone', number: { kind: 'e164', digits: '4930987654', source: 'see' } } },
        '/correction/value/number',
      ],
      [{ note: 'x'.repeat(281) }, '/correction/note'],
      [{ what: 'other', value: undefined, note: ' ' }, '/correction/note'],
      [{ file: 'AAAA' }, '/correction/file'],
      [{ channel: 'sms' }, '/channel'],
    ];
    for (const [change, path] of wrong) {
      const answer = await sender.post(PATH, { correction: { ...wrongNumber, ...change }, proof: nobodysProof });
      expect(answer.status).toBe(422);
      const { errors } = (await answer.json()) as { errors: { path: string }[] };
      expect(errors.map((error) => error.path)).toContain(path);
    }
    expect(await listed(await site.browser('curator'))).toEqual([]);
  });

  it('comes from our own page alone: no form, no other site, no file, no flood of bytes', async () => {
    const { site } = await publishedSite();
    const sender = openBrowser(site.app);
    const body = { correction: wrongNumber, proof: nobodysProof };
    const refused = async (headers: Record<string, string>, sent: unknown = body) =>
      codeOf(await sender.post(PATH, sent, headers));
    expect(await refused({ 'content-type': 'application/x-www-form-urlencoded' })).toBe('content-type-wrong');
    expect(await refused({ 'content-type': 'multipart/form-data; boundary=x' })).toBe('content-type-wrong');
    expect(await refused({ 'content-type': 'text/plain' })).toBe('content-type-wrong');
    expect(await refused({ origin: 'https://elsewhere.example' })).toBe('origin-refused');
    expect(await refused({ 'x-requested-by': '' })).toBe('origin-refused');
    expect(await refused({}, { ...body, more: 'x'.repeat(5000) })).toBe('body-too-large');
    expect(await codeOf(await sender.post(PATH, { ...body, correction: { ...wrongNumber, entry: 'nowhere' } }))).toBe(
      'not-found',
    );
  });
});

describe('what looks like a report', () => {
  it('is refused with where to report in the country of its sender, or in the world', async () => {
    const { site } = await publishedSite();
    const sender = await site.browser();
    const signposts = async (country?: string): Promise<Signpost[]> => {
      const correction = { entry: 'de-helpline', what: 'other', note: 'see files.pebble.invalid/room4', country };
      const answer = await sender.post(PATH, { correction, proof: nobodysProof });
      expect(answer.status).toBe(422);
      const problem = (await answer.json()) as { code: string; signposts: Signpost[] };
      expect(problem.code).toBe('looks-like-a-report');
      return problem.signposts;
    };
    expect((await signposts('FR')).map(({ address }) => address)).toEqual(['https://fr.example.org/']);
    expect((await signposts('DE')).map(({ address }) => address)).toEqual(['https://de.example.org/', '+4930123456']);
    expect((await signposts('PT')).map(({ address }) => address)).toEqual(['https://world.example.org/']);
    expect((await signposts()).map(({ address }) => address)).toEqual(['https://world.example.org/']);
    const open = await sender.get('/public/v1/signposts?country=FR');
    expect(await open.json()).toMatchObject({ data: [{ address: 'https://fr.example.org/' }] });
  });

  it('hides in no other field: hours, address of the sender, name of a site', async () => {
    const { site } = await publishedSite();
    const sender = await site.browser();
    const digest = seeded(5).letters('0123456789abcdef', 40);
    for (const change of [
      { what: 'hours', value: { type: 'hours', text: 'see pebble dot invalid' } },
      { contact: `${digest}@example.org` },
      { what: 'wrong-address', value: { type: 'website', origin: `https://${digest}.example.org` } },
    ])
      expect(
        await codeOf(await sender.post(PATH, { correction: { ...wrongNumber, ...change }, proof: nobodysProof })),
        JSON.stringify(change),
      ).toBe('looks-like-a-report');
  });

  it('leaves no byte anywhere, and neither does what was purged or destroyed (SECURITY M-02)', async () => {
    const { site } = await publishedSite();
    const { world } = site;
    const [sender, curator] = [await site.browser(), await site.browser('curator')];
    const before = await auditSize(world.store.read);

    // Each carries a mark of its own, in letters that no disguise touches.
    const r = seeded(7);
    const hidden = canaries(terms, 11).filter(({ text }) => [...text].length <= 240);
    const marks: string[] = [];
    let refused = 0;
    for (const { text } of hidden) {
      const mark = `zq${r.letters('bcdfghjkmnpqrstvwxz', 14)}`;
      const note = `${text} ${mark}`;
      const answer = await sender.post(PATH, {
        correction: { entry: 'de-helpline', what: 'other', note },
        proof: nobodysProof,
      });
      if (answer.status !== 422 || (await codeOf(answer)) !== 'looks-like-a-report') continue;
      refused += 1;
      marks.push(mark, text);
    }
    expect(hidden.length).toBeGreaterThanOrEqual(600);
    expect(refused / hidden.length).toBeGreaterThanOrEqual(0.99);
    expect(await listed(curator)).toEqual([]);
    expect(await auditSize(world.store.read)).toBe(before);

    // Some that pass, with marks as well: one is destroyed, one dismissed, one accepted, one left alone.
    const kept = ['vroomtable', 'vroomchair', 'vroomlamp', 'vroomdoor'];
    for (const [n, word] of kept.entries()) {
      const from = await site.browser(undefined, `198.51.100.${n}`);
      const answer = await send(from, {
        entry: 'de-helpline',
        what: 'other',
        note: `The ${word} is upstairs`,
        contact: `${word}@example.org`,
      });
      expect(answer.status).toBe(202);
    }
    expect((await placesOf(site, kept)).length).toBeGreaterThanOrEqual(kept.length);
    const [table, chair, lamp] = await listed(curator);
    const decide = (row: Row | undefined, how: string, body: object = {}) =>
      curator.post(`/api/v1/corrections/${row?.id}/${how}`, body, { 'idempotency-key': `${how}-1` });
    expect(await (await decide(table, 'destroy')).json()).toEqual({ gone: true });
    expect(await placesOf(site, ['vroomtable'])).toEqual([]);
    expect((await decide(chair, 'dismiss', { reason: 'not-confirmed' })).status).toBe(204);
    const { proposalId } = (await (await decide(lamp, 'accept')).json()) as { proposalId: string };
    const draft = await (await curator.get(`/api/v1/proposals/${proposalId}`)).text();
    expect(draft).toContain('"changes":[]');
    expect(draft).not.toMatch(/vroom/);

    world.wait({ days: 31 });
    expect(await purgeCorrections(world.asSystem('corrections'))).toEqual({ purged: 2 });
    expect(await placesOf(site, ['vroomchair', 'vroomlamp'])).toEqual([]);
    world.wait({ days: 60 });
    expect(await purgeCorrections(world.asSystem('corrections'))).toEqual({ purged: 1 });

    const traces = [...marks, ...kept];
    const files = await everything(site);
    const found = await placesOf(site, traces);
    console.info(
      `    M-02: ${refused} of ${hidden.length} canaries refused, 4 corrections destroyed or purged; ` +
        `${found.length} hits of ${traces.length} traces in ${files.length} files and the log`,
    );
    expect(found).toEqual([]);
    // What is left says that something was there, and the log is whole.
    const admin = await site.browser('admin');
    expect(await (await admin.post('/api/v1/audit/verify')).json()).toMatchObject({ ok: true });
  });
});

describe('a correction that waits', () => {
  it('lowers what is believed of the fact until somebody looked, and no longer', async () => {
    const { site, helpline } = await publishedSite();
    const [sender, curator] = [await site.browser(), await site.browser('curator')];
    const alarms = async () => {
      const open = await openAlarm(site.world.store.read, {
        recordId: helpline,
        path: '/channels/tel/value',
        kind: 'user-report',
      });
      return open && { unsafe: open.unsafe, detail: open.detail };
    };
    await send(sender, wrongNumber);
    await send(sender, { ...wrongNumber, value: { type: 'phone', number: { kind: 'e164', digits: '4930111111' } } });
    expect(await alarms()).toEqual({ unsafe: false, detail: { what: 'wrong-number' } });
    const [first, second] = await listed(curator);
    await curator.post(`/api/v1/corrections/${first?.id}/dismiss`, { reason: 'not-confirmed' });
    expect(await alarms()).toBeDefined();
    await curator.post(`/api/v1/corrections/${second?.id}/destroy`);
    expect(await alarms()).toBeUndefined();
  });

  it('goes too when it was dated by a wrong clock', async () => {
    const { site } = await publishedSite();
    site.world.wait({ days: 400 });
    await send(await site.browser(), wrongNumber);
    site.world.wait({ days: -400 });
    expect(await purgeCorrections(site.world.asSystem('corrections'))).toEqual({ purged: 1 });
  });
});

describe('triage', () => {
  it('opens a draft in which nothing is filled in, once, and by those who may write one', async () => {
    const { site, helpline } = await publishedSite();
    const [sender, curator, reviewer] = [
      await site.browser(),
      await site.browser('curator'),
      await site.browser('reviewer'),
    ];
    await send(sender, wrongNumber);
    const [row] = await listed(curator);
    expect(await codeOf(await reviewer.post(`/api/v1/corrections/${row?.id}/accept`))).toBe('not-permitted');
    const accepted = await curator.post(`/api/v1/corrections/${row?.id}/accept`);
    const { proposalId } = (await accepted.json()) as { proposalId: string };
    const draft = await (await curator.get(`/api/v1/proposals/${proposalId}`)).json();
    expect(draft).toMatchObject({ recordId: helpline, state: 'draft', kind: 'update', changes: [], summary: '' });
    expect(JSON.stringify(draft)).not.toMatch(/987654/);
    expect(await codeOf(await curator.post(`/api/v1/corrections/${row?.id}/accept`))).toBe('correction-closed');
    expect(await codeOf(await curator.post(`/api/v1/corrections/${row?.id}/dismiss`, { reason: 'unclear' }))).toBe(
      'correction-closed',
    );
    expect(await listed(curator, 'accepted')).toMatchObject([{ id: row?.id, proposalId }]);
  });

  it('is for curators and reviewers; a reviewer can dismiss and destroy', async () => {
    const { site } = await publishedSite();
    const [sender, reviewer] = [await site.browser(), await site.browser('reviewer')];
    await send(sender, wrongNumber);
    await send(sender, { entry: 'de-helpline', what: 'closed' });
    const [first, second] = await listed(reviewer);
    for (const person of ['publisher', 'visitor'] as const) {
      const other = await site.browser(person);
      expect(await codeOf(await other.get('/api/v1/corrections'))).toBe('not-permitted');
      expect(await codeOf(await other.post(`/api/v1/corrections/${first?.id}/destroy`))).toBe('not-permitted');
    }
    expect(await codeOf(await (await site.browser()).get('/api/v1/corrections'))).toBe('not-signed-in');
    const admin = await site.browser('admin');
    expect((await admin.get('/api/v1/corrections')).status).toBe(200);
    expect(await codeOf(await admin.post(`/api/v1/corrections/${first?.id}/destroy`))).toBe('not-permitted');
    expect((await reviewer.post(`/api/v1/corrections/${first?.id}/dismiss`, { reason: 'already-right' })).status).toBe(
      204,
    );
    expect((await reviewer.post(`/api/v1/corrections/${second?.id}/destroy`)).status).toBe(200);
    expect(await listed(reviewer)).toEqual([]);
    expect(await listed(reviewer, 'dismissed')).toMatchObject([{ id: first?.id }]);
  });
});

describe('what is published', () => {
  it('is found by name, handle and number, and shown with the ways into it', async () => {
    const { site } = await publishedSite();
    const anybody = await site.browser();
    const found = async (q: string) =>
      (
        (await (await anybody.get(`/public/v1/entries?q=${encodeURIComponent(q)}`)).json()) as {
          data: { slug: string }[];
        }
      ).data.map(({ slug }) => slug);
    expect(await found('HELPLINE de-')).toContain('de-helpline');
    expect(await found('4930123456')).toContain('de-helpline');
    expect(await found('nothing like it')).toEqual([]);
    expect(await (await anybody.get('/public/v1/entries/fr-hotline')).json()).toMatchObject({
      slug: 'fr-hotline',
      channels: [{ id: 'web', type: 'url', address: 'https://fr.example.org/' }],
    });
    expect(await codeOf(await anybody.get('/public/v1/entries/nowhere'))).toBe('not-found');
    await enterEntry(site.world, { slug: 'not-published-yet' });
    expect(await codeOf(await anybody.get('/public/v1/entries/not-published-yet'))).toBe('not-found');
  });
});
