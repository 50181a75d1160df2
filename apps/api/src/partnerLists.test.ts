// The same partner's list next quarter, over the API: what was added, changed and gone, the reports, and lists to correct.
import { expect, it, vi } from 'vitest';
import { guessMapping, read, understand, writeCsv, type Source } from '@waymark/import';
import { auditSize } from '@waymark/store';
import { enterEntry } from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser } from './testing.ts';

const HEADER = 'Name,Country,Type,Website,Phone,Email';
const ONE = 'Demo Line One,Germany,Child Helpline,https://one.example.org/,+49 30 1234567,';
const TWO = 'Demo Line Two,Germany,Child Helpline,https://two.example.org/,+49 30 7654321,';
const THREE = 'Demo Line Three,France,Child Helpline,https://three.example.org/,+33 1 23 45 67 89,';
const NAMELESS = ',France,Child Helpline,https://four.example.org/,,';
const TERMS = {
  evidence: { kind: 'partner-attestation', title: 'List of the partner' },
  organisationType: 'ngo',
};

type Since = { added: number; changed: number; same: number; gone: number };
type View = {
  id: string;
  version: number;
  batchId: string;
  profile: { id: string } | null;
  preview: { state: string; counts: Record<string, number>; digest: string; isOutdated: boolean; since: Since | null };
};

const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;

async function sent(browser: Browser, lines: readonly string[] | string): Promise<View> {
  const content = typeof lines === 'string' ? lines : [HEADER, ...lines].join('\n');
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await browser.post('/api/v1/imports?name=list.csv', content, headers);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as View;
}

async function previewed(browser: Browser, id: string): Promise<View> {
  await browser.post(`/api/v1/imports/${id}/preview`);
  return vi.waitFor(
    async () => {
      const view = await json<View>(browser.get(`/api/v1/imports/${id}`));
      expect(view.preview).toMatchObject({ state: 'ready', isOutdated: false });
      return view;
    },
    { timeout: 60_000, interval: 50 },
  );
}

const commit = (browser: Browser, { id, preview }: View, more: object = {}) =>
  browser.post(`/api/v1/imports/${id}/commit`, { digest: preview.digest, ...TERMS, ...more });

async function reportOf(browser: Browser, id: string, query: string): Promise<Source> {
  const answer = await browser.get(`/api/v1/imports/${id}/report?${query}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  const { source } = await read(new Uint8Array(await answer.arrayBuffer()));
  if (!source) throw new Error('The report cannot be read');
  return source;
}

const under = ({ header, rows }: Source, column: string) =>
  rows.map(({ cells }) => cells[header.indexOf(column)] ?? '');

/** Only the row that was rejected, with the reason; corrected in its place it is understood, and nothing else comes of the file. */
async function expectCorrectable({ header, rows }: Source): Promise<void> {
  expect(rows.map(({ cells }) => cells.slice(0, 7))).toEqual([
    ['4', '5', 'rejected', '', 'missing-name', '', expect.stringContaining('Write how the service is called')],
  ]);
  const name = header.indexOf('Name');
  let text = '';
  for await (const line of writeCsv([header, ...rows.map(({ cells }) => cells.with(name, 'Demo Line Four'))]))
    text += line;
  const { source } = await read(Buffer.from(text));
  if (!source) throw new Error('The corrected list cannot be read');
  expect(understand(source, guessMapping(source).mapping, { entries: [], organisations: [] })).toMatchObject([
    { action: 'new' },
  ]);
}

const phone = (digits: string) => [{ id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits } } } as const];

it(
  'says what was added, changed and gone, proposes only that, and retires only what a person names',
  { timeout: 120_000 },
  async () => {
    const site = await newSite();
    const { world } = site;
    const one = await enterEntry(world, { names: { en: { text: 'Demo Line One' } }, channels: phone('49301234567') });
    const two = await enterEntry(world, { names: { en: { text: 'Demo Line Two' } }, channels: phone('49307654321') });
    const curator = await site.browser('curator');
    const first = await sent(curator, [ONE, TWO, THREE, NAMELESS]);
    expect(await codeOf(await curator.get(`/api/v1/imports/${first.id}/report?format=csv`))).toBe('preview-missing');
    const profile = (await json<View>(curator.post(`/api/v1/imports/${first.id}/profile`, { name: 'Demo partner' })))
      .profile;
    const before = await previewed(curator, first.id);
    expect(before.preview.since).toBeNull();
    await expectCorrectable(await reportOf(curator, first.id, 'format=csv&rows=unfinished'));
    expect((await commit(curator, before)).status).toBe(200);
    const report = await reportOf(curator, first.id, 'format=xlsx');
    expect(under(report, '(result)')).toEqual(['update, in review', 'update, in review', 'new, in review', 'rejected']);
    expect(under(report, 'Name')).toEqual(['Demo Line One', 'Demo Line Two', 'Demo Line Three', '']);

    const next = await sent(curator, [THREE, `${ONE}help@one.example.org`]);
    const ifMatch = { 'if-match': `"${next.version}"` };
    const mapped = await curator.patch(`/api/v1/imports/${next.id}`, { profileId: profile?.id }, ifMatch);
    expect(mapped.status, await mapped.clone().text()).toBe(200);
    const after = await previewed(curator, next.id);
    expect(after.preview.since).toMatchObject({ added: 0, changed: 1, same: 1, gone: 1 });
    expect(after.preview.counts).toMatchObject({ new: 0, update: 1, duplicate: 1 });
    const gone = await json<{ data: object[] }>(curator.get(`/api/v1/imports/${next.id}/gone`));
    expect(gone.data).toMatchObject([{ id: two.id, name: 'Demo Line Two', row: 2 }]);
    const changed = await json<{ data: { changes: { path: string }[] }[] }>(
      curator.get(`/api/v1/imports/${next.id}/rows?since=changed`),
    );
    expect(changed.data.map(({ changes }) => changes.map(({ path }) => path))).toEqual([['/channels/email']]);

    const size = await auditSize(world.store.read);
    const wrong = await commit(curator, after, { retire: [{ id: one.id, reason: 'closed' }] });
    expect(await codeOf(wrong)).toBe('input-invalid');
    expect(await auditSize(world.store.read)).toBe(size);
    const { batchId } = await json<View>(commit(curator, after, { retire: [{ id: two.id, reason: 'closed' }] }));
    const { data } = await json<{ data: { recordId: string; proposal: { kind: string; state: string } | null }[] }>(
      curator.get(`/api/v1/batches/${batchId}/rows`),
    );
    expect(
      data.flatMap(({ proposal, recordId }) => (proposal ? [[recordId, proposal.kind, proposal.state]] : [])),
    ).toEqual([
      [one.id, 'update', 'in-review'],
      [two.id, 'retire', 'in-review'],
    ]);
  },
);
