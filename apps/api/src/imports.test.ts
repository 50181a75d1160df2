// A partner's file on its way into the directory, over the API: sent, understood, decided on, committed, reviewed.
import { readFile } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import type { Entry, Organisation, RefusalCode } from '@waymark/domain';
import { forgetImports } from '@waymark/services';
import { auditSize, contributorsOf, countProposals, findRecord, importContent } from '@waymark/store';
import { amend, enterEntry } from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

type Column = { header: string; field: string | null };
type View = {
  id: string;
  version: number;
  state: string;
  batchId: string | null;
  rowCount: number;
  mapping: { columns: Column[]; constants: object; options: object };
  preview: { state: string; counts: object; digest: string | null; toPropose: number; undecided: number };
  can: Record<string, { code: RefusalCode } | null>;
};
type Row = {
  row: number;
  fingerprint: string;
  action: string;
  of: string | null;
  changes: { path: string; before?: unknown; after?: unknown }[];
  candidates: { id: string; slug: string; verdict: string }[];
  question: { code: string } | null;
  rejection: { code: string } | null;
  overruled: boolean;
};

const FILE = { 'content-type': 'application/octet-stream' };
const BY_PARTNER = { kind: 'partner-attestation', title: 'List of the partner, autumn 2026' };
const COMMIT = { evidence: BY_PARTNER, organisationType: 'ngo' };

const read = async <T>(answer: Response | Promise<Response>): Promise<T> => {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
};
const send = (browser: Browser, content: string | Uint8Array) =>
  browser.post('/api/v1/imports?name=list.csv', typeof content === 'string' ? Buffer.from(content) : content, FILE);
const upload = (browser: Browser, lines: readonly string[]) => read<View>(send(browser, lines.join('\n')));
const rowsOf = async (browser: Browser, id: string) =>
  (await read<{ data: Row[] }>(browser.get(`/api/v1/imports/${id}/rows?perPage=100`))).data;
const commit = (browser: Browser, { id, preview }: View) =>
  browser.post(`/api/v1/imports/${id}/commit`, { digest: preview.digest ?? '0'.repeat(64), ...COMMIT });

/** Asks for the preview, and looks until it is there. */
async function preview(browser: Browser, id: string): Promise<View> {
  await read(browser.post(`/api/v1/imports/${id}/preview`));
  return vi.waitFor(
    async () => {
      const view = await read<View>(browser.get(`/api/v1/imports/${id}`));
      expect(view.preview).toMatchObject({ state: 'ready', isOutdated: false });
      return view;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** Approves what waits for one reviewer after the other, organisations first, as the screen of a batch does. */
async function approveAll(site: Site): Promise<void> {
  for (const name of ['reviewer', 'secondReviewer'] as const) {
    const browser = await site.browser(name);
    for (const recordType of ['organisation', 'entry']) {
      const waiting = await read<{ data: { id: string; contentHash: string }[] }>(
        browser.get(`/api/v1/proposals?reviewable=true&recordType=${recordType}&perPage=100`),
      );
      const items = waiting.data.map(({ id, contentHash }) => ({ id, contentHash }));
      if (items.length > 0) await read(browser.post('/api/v1/proposals/bulk', { action: 'approve', items }));
    }
  }
}

const LIST = [
  'Name,Organisation,Type,Country,Web,Phone,Remarks',
  'Demo Line One,Demo Foundation,Child Helpline,Germany,https://one.example.org/,+49 30 901820,',
  'Demo Line Two,Demo Foundation,Child Helpline,Germany,https://two.example.org/,,',
  ',,Child Helpline,France,https://three.example.org/,,',
  'Demo Line Four,Demo Foundation,Child Helpline,Germany,https://four.example.org/,,He abuses my little sister every night',
];

it('goes from a file to the directory, which then says exactly what the file said', { timeout: 120_000 }, async () => {
  const site = await newSite();
  const { world } = site;
  const { store } = world;
  const known = await enterEntry(world, { names: { en: { text: 'Demo Known Line' } } });
  const curator = await site.browser('curator');
  const second = await site.browser('secondCurator');

  const sent = await upload(curator, [
    ...LIST,
    'Demo Known Line,,Child Helpline,Germany,https://help.example.org/form,+49 30 901822,',
    'Quite Another Name,,Child Helpline,Germany,https://help.example.org/form,+49 30 901823,',
  ]);
  expect(sent).toMatchObject({ state: 'open', version: 1, rowCount: 6 });
  expect(sent.mapping.columns.map(({ field }) => field)).toEqual([
    'name',
    'organisation',
    'kind',
    'country',
    'website',
    'phone',
    'notes',
  ]);

  // Somebody else says that the remarks are not to be read, and takes it back: both had a hand in it.
  const columns = sent.mapping.columns.map((column) =>
    column.field === 'notes' ? { ...column, field: null } : column,
  );
  const path = `/api/v1/imports/${sent.id}`;
  const mapping = { ...sent.mapping, columns };
  const mapped = await read<View>(second.patch(path, { mapping }, { 'if-match': '"1"' }));
  expect(await codeOf(await curator.patch(path, { mapping }, { 'if-match': '"1"' }))).toBe('stale-revision');
  expect(mapped.mapping.columns.at(-1)).toMatchObject({ field: null });
  await read(second.patch(path, { mapping: sent.mapping }, { 'if-match': '"2"' }));

  const first = await preview(curator, sent.id);
  expect(first.preview.counts).toEqual({ new: 2, update: 1, duplicate: 0, reject: 2, decide: 1 });
  const rows = await rowsOf(curator, sent.id);
  expect(rows.map(({ rejection }) => rejection?.code)).toEqual([
    undefined,
    undefined,
    'missing-name',
    'looks-like-a-report',
    undefined,
    undefined,
  ]);
  expect(rows[0]?.changes).toContainEqual(
    expect.objectContaining({ path: '/names/de', after: { text: 'Demo Line One' } }),
  );
  expect(rows[5]).toMatchObject({ action: 'decide', candidates: [{ id: known.id }] });

  // A person knows better, and is remembered for it.
  const { fingerprint = '' } = rows[5] ?? {};
  await read(second.post(`${path}/decisions`, { decisions: [{ fingerprint, decision: { action: 'new' } }] }));
  const ready = await preview(curator, sent.id);
  expect(ready.preview).toMatchObject({ counts: { new: 3, decide: 0 }, toPropose: 4, undecided: 0 });

  // Both ask at the same moment, and once more: one batch.
  const answers = await Promise.all([commit(curator, ready), commit(curator, ready)]);
  const committed = await Promise.all(answers.map((answer) => read<View>(answer)));
  const again = await read<View>(commit(second, ready));
  expect(new Set([...committed, again].map(({ batchId }) => batchId)).size).toBe(1);
  expect(again).toMatchObject({ state: 'committed', can: { commit: { code: 'import-closed' } } });
  const batch = await read<{ results: object }>(curator.get(`/api/v1/batches/${again.batchId}`));
  expect(batch.results).toEqual({ submitted: 5, rejected: 2 });
  expect(await countProposals(store.read, { states: ['in-review'] })).toBe(5);

  // Who sent it, named its columns, decided and committed may approve none of it.
  const proposals = await read<{ data: { id: string; recordName: string }[] }>(
    curator.get('/api/v1/proposals?state=in-review&perPage=100'),
  );
  for (const { id } of proposals.data) {
    const people = await contributorsOf(store.read, id);
    expect(new Set(people.map(({ userId }) => userId))).toEqual(
      new Set([world.people.curator.id, world.people.secondCurator.id]),
    );
  }

  await approveAll(site);
  const entries = await read<{ data: { id: string; name: string }[] }>(curator.get('/api/v1/entries?sort=name'));
  expect(entries.data.map(({ name }) => name)).toEqual([
    'Demo Known Line',
    'Demo Line One',
    'Demo Line Two',
    'Quite Another Name',
  ]);
  const one = (await findRecord(store.read, entries.data[1]?.id ?? ''))?.doc as Entry;
  const sha256 = (await read<{ sha256: string }>(curator.get(path))).sha256;
  expect(one).toMatchObject({
    kind: 'child-helpline',
    serves: [{ area: 'DE' }],
    channels: [
      { type: 'phone', value: { number: { digits: '4930901820' } } },
      { type: 'url', value: { href: 'https://one.example.org/' } },
    ],
    evidence: [{ ...BY_PARTNER, locator: 'row 1', contentSha256: sha256 }],
  });
  const two = (await findRecord(store.read, entries.data[2]?.id ?? ''))?.doc as Entry;
  expect(two.organisation).toBe(one.organisation);
  const runs = (await findRecord(store.read, one.organisation))?.doc as Organisation;
  expect(runs).toMatchObject({ names: { de: { text: 'Demo Foundation' } }, type: 'ngo' });
  const changed = (await findRecord(store.read, known.id))?.doc as Entry;
  expect(changed.channels.map(({ value }) => value)).toContainEqual({
    number: expect.objectContaining({ digits: '4930901822' }) as unknown,
  });
  expect(JSON.stringify([entries, one, two, changed])).not.toContain('abuses');
});

it(
  'writes nothing when an entry moved since it was looked at, or another preview was',
  { timeout: 120_000 },
  async () => {
    const site = await newSite();
    const { world } = site;
    const { id } = await enterEntry(world, { names: { en: { text: 'Demo Known Line' } } });
    const curator = await site.browser('curator');
    const sent = await upload(curator, [
      LIST[0]!,
      'Demo Known Line,,Child Helpline,Germany,https://help.example.org/form,+49 30 901822,',
    ]);
    expect(await codeOf(await curator.get(`/api/v1/imports/${sent.id}/rows`))).toBe('preview-missing');
    const ready = await preview(curator, sent.id);
    await amend<Entry>(world, id, (doc) => ({ ...doc, priority: 9 }));
    const before = await auditSize(world.store.read);
    expect(await codeOf(await commit(curator, ready))).toBe('stale-content');
    expect(await auditSize(world.store.read)).toBe(before);
    const anew = await preview(curator, sent.id);
    expect(anew.preview.digest).not.toBe(ready.preview.digest);
    expect((await read<View>(commit(curator, anew))).state).toBe('committed');
    const [row] = (
      await read<{ data: { proposal: { id: string; state: string } }[] }>(
        curator.get(`/api/v1/batches/${(await read<View>(curator.get(`/api/v1/imports/${sent.id}`))).batchId}/rows`),
      )
    ).data;
    expect(row?.proposal.state).toBe('in-review');
  },
);

it(
  'makes a draft with conflicts of a row that a person decided for an entry that moved',
  { timeout: 120_000 },
  async () => {
    const site = await newSite();
    const { id } = await enterEntry(site.world, { names: { en: { text: 'Demo Known Line' } } });
    const curator = await site.browser('curator');
    const table = await (await curator.get('/api/v1/entries/export?format=csv')).text();
    await amend<Entry>(site.world, id, (doc) => ({ ...doc, names: { en: { text: 'Named by a curator' } } }));
    const sent = await upload(curator, [table.replace('Demo Known Line', 'Named by the partner')]);
    await preview(curator, sent.id);
    const [row] = await rowsOf(curator, sent.id);
    expect(row).toMatchObject({ action: 'decide', question: { code: 'entry-moved' }, of: id });
    const decisions = [{ fingerprint: row?.fingerprint, decision: { action: 'entry', id } }];
    await read(curator.post(`/api/v1/imports/${sent.id}/decisions`, { decisions }));
    const { batchId } = await read<View>(commit(curator, await preview(curator, sent.id)));
    const [made] = (
      await read<{ data: { refusal: { code: string }; proposal: { id: string; state: string } }[] }>(
        curator.get(`/api/v1/batches/${batchId}/rows`),
      )
    ).data;
    expect(made).toMatchObject({ refusal: { code: 'stale-base' }, proposal: { state: 'draft' } });
    expect(await read(curator.get(`/api/v1/proposals/${made?.proposal.id}`))).toMatchObject({
      currentRevision: 2,
      baseRevision: 2,
      doc: { names: { en: { text: 'Named by the partner' } } },
      conflicts: [{ current: { text: 'Named by a curator' }, proposed: { text: 'Named by the partner' } }],
    });
  },
);

it('refuses what is no file, and keeps nothing of it', { timeout: 60_000 }, async () => {
  const site = await newSite();
  const curator = await site.browser('curator');
  const reviewer = await site.browser('reviewer');
  const before = await auditSize(site.world.store.read);
  const gzip = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  expect(await codeOf(await send(curator, gzip))).toBe('file-not-taken');
  expect(await codeOf(await send(curator, Buffer.alloc(5_000_001, 'x')))).toBe('file-too-large');
  const unclosed = await send(curator, 'Name,Country\nOne,"Germany\n');
  expect(unclosed.status).toBe(422);
  expect(await unclosed.json()).toMatchObject({ code: 'file-unreadable', errors: [{ path: '/line/2' }] });
  expect(await codeOf(await curator.post('/api/v1/imports?name=x', { name: 'x' }))).toBe('content-type-wrong');
  expect(await codeOf(await curator.post('/api/v1/proposals', Buffer.from('{}'), FILE))).toBe('content-type-wrong');
  expect(await codeOf(await send(reviewer, LIST.join('\n')))).toBe('not-permitted');
  expect(await auditSize(site.world.store.read)).toBe(before);
});

it('forgets the bytes of what was discarded, and of what was committed a month ago', { timeout: 60_000 }, async () => {
  const site = await newSite();
  const { world } = site;
  const curator = await site.browser('curator');
  const MARK = 'Demo Line That Goes';
  const bytesLeft = async () =>
    (await Promise.all(['', '-wal'].map((end) => readFile(world.file + end)))).some((bytes) => bytes.includes(MARK));
  const discarded = await upload(curator, [LIST[0]!, `${MARK},,Child Helpline,Germany,https://goes.example.org/,,`]);
  expect(await bytesLeft()).toBe(true);
  const path = `/api/v1/imports/${discarded.id}`;
  expect(await read<View>(curator.post(`${path}/discard`))).toMatchObject({ state: 'discarded', rowCount: 0 });
  expect(await importContent(world.store.read, discarded.id)).toBeUndefined();
  expect(await codeOf(await curator.post(`${path}/preview`))).toBe('import-closed');
  expect(await codeOf(await commit(curator, discarded))).toBe('import-closed');

  const kept = await upload(curator, [LIST[0]!, 'Demo Line,,Child Helpline,,https://kept.example.org/,,']);
  await read(commit(curator, await preview(curator, kept.id)));
  world.wait({ days: 29 });
  expect(await forgetImports(world.asSystem('test'))).toEqual({ forgotten: 0 });
  world.wait({ days: 2 });
  expect(await forgetImports(world.asSystem('test'))).toEqual({ forgotten: 1 });
  expect(await importContent(world.store.read, kept.id)).toBeUndefined();
});
