// A file on its way into the directory, over the API: sent, understood, looked at.
import { expect, it, vi } from 'vitest';
import { newSite, type Browser } from './testing.ts';

const LIST = [
  'Name,Country,Type,Website,Phone',
  'Demo Line One,Germany,Child Helpline,https://one.example.org/,+49 30 1234567',
  'Demo Line Two,France,Child Helpline,https://two.example.org/,+33 1 23 45 67 89',
  ',France,Child Helpline,https://three.example.org/,',
].join('\n');

type View = {
  id: string;
  version: number;
  state: string;
  header: string[];
  rowCount: number;
  mapping: { columns: { header: string; field: string | null }[]; constants: object; options: object };
  preview: {
    state: string;
    counts: Record<string, number>;
    digest: string;
    isOutdated: boolean;
    undecided: number;
    toLookAt: number;
  };
};

const send = (browser: Browser, content: string | Uint8Array, name = 'list.csv', more = '') =>
  browser.post(`/api/v1/imports?name=${name}${more}`, content, { 'content-type': 'application/octet-stream' });

async function uploaded(browser: Browser, content = LIST): Promise<View> {
  const answer = await send(browser, content);
  expect(answer.status).toBe(201);
  return (await answer.json()) as View;
}

async function previewed(browser: Browser, id: string): Promise<View> {
  await browser.post(`/api/v1/imports/${id}/preview`);
  return vi.waitFor(
    async () => {
      const view = (await (await browser.get(`/api/v1/imports/${id}`)).json()) as View;
      expect(view.preview).toMatchObject({ state: 'ready', isOutdated: false });
      return view;
    },
    { timeout: 30_000, interval: 50 },
  );
}

it('keeps a file, guesses its columns, and says what would become of each row', { timeout: 60_000 }, async () => {
  const site = await newSite();
  const curator = await site.browser('curator');
  const view = await uploaded(curator);
  expect(view).toMatchObject({ state: 'open', version: 1, rowCount: 3 });
  expect(view.mapping.columns.map(({ field }) => field)).toEqual(['name', 'country', 'kind', 'website', 'phone']);
  const ready = await previewed(curator, view.id);
  expect(ready.preview.counts).toEqual({ new: 2, update: 0, duplicate: 0, reject: 1, decide: 0 });
  const { data } = (await (await curator.get(`/api/v1/imports/${view.id}/rows?action=reject`)).json()) as {
    data: { row: number; cells: string[]; rejection: { code: string } }[];
  };
  expect(data).toMatchObject([{ row: 3, rejection: { code: 'missing-name' } }]);
  const needing = async (needs: string) => {
    const answer = await curator.get(`/api/v1/imports/${view.id}/rows?needs=${needs}`);
    return ((await answer.json()) as { total: number }).total;
  };
  expect(await needing('decision')).toBe(ready.preview.undecided);
  expect(await needing('look')).toBe(ready.preview.toLookAt);
});

const COMMIT = {
  evidence: { kind: 'partner-attestation', title: 'List of the partner, autumn 2026' },
  organisationType: 'ngo',
};

it('makes one batch of it, whole, and the same one however often', { timeout: 60_000 }, async () => {
  const site = await newSite();
  const curator = await site.browser('curator');
  const { id } = await uploaded(curator);
  const { digest } = (await previewed(curator, id)).preview;
  const commit = () => curator.post(`/api/v1/imports/${id}/commit`, { digest, ...COMMIT });
  const answers = await Promise.all([commit(), commit()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const [one, two] = (await Promise.all(answers.map((answer) => answer.json()))) as { batchId: string }[];
  expect(one?.batchId).toBe(two?.batchId);
  const batch = (await (await curator.get(`/api/v1/batches/${one?.batchId}`)).json()) as { results: object };
  expect(batch.results).toEqual({ submitted: 4, rejected: 1 });
});
