import { expect, it } from 'vitest';
import {
  compareHeads,
  cosignNote,
  formatNote,
  formatVerifierKey,
  openCheckpoint,
  parseNote,
  parseVerifierKey,
  SIGNATURE,
  verifierKey,
  verifyConsistency,
  type ReadLogFile,
} from '@waymark/domain';
import { openPublicLog, publishLog, verifyEd25519 } from '@waymark/services';
import { generatePrivateKey, toSigner } from '@waymark/tuf';
import { buildOrganisation, enter, newWorld } from '../../../tests/support/world.ts';
import { codeOf, newSite, OWN_PAGE, type Site } from './testing.ts';

type Log = { key: string; url: string; published: { size: number; root: string; checkpoint: string }; waiting: number };
type Consistency = { first: number; second: number; firstRoot: string; secondRoot: string; proof: string[] };

const publish = async ({ world }: Site) =>
  publishLog(
    world.as('admin'),
    await openPublicLog({ profile: 'demo', dataDir: world.dir, logOrigin: 'localhost/log' }),
  );

/** Somebody outside: no session, only the address. */
const outside =
  (site: Site): ReadLogFile =>
  async (path) => {
    const answer = await site.app.request(`/repo/log/${path}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  };

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

it('serves the log to anybody: the head for a minute, tiles for ever, nothing else', async () => {
  const site = await newSite();
  expect((await site.app.request('/repo/log/checkpoint')).status).toBe(404);
  const { size } = (await publish(site))!;
  const head = await site.app.request('/repo/log/checkpoint');
  expect(head.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(head.headers.get('cache-control')).toBe('public, max-age=60');
  expect(head.headers.get('access-control-allow-origin')).toBe('*');
  for (const path of [`tile/0/000.p/${size}`, `tile/entries/000.p/${size}`]) {
    const tile = await site.app.request(`/repo/log/${path}`);
    expect(tile.status).toBe(200);
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
  for (const path of [
    'tile/0/000',
    'tile/0/000.p',
    '.lock',
    'tile/../checkpoint%00',
    'tile/0/..%2f..%2fcheckpoint',
    '',
  ])
    expect((await site.app.request(`/repo/log/${path}`)).status, path).toBe(404);
});

it('says which key signs, how far the published head is, and what waits', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  expect(await (await browser.get('/api/v1/audit/log')).json()).toMatchObject({ off: null, published: null });
  await publish(site);
  await enter(site.world, 'organisation', buildOrganisation());
  const log = (await (await browser.get('/api/v1/audit/log')).json()) as Log;
  expect(log.waiting).toBeGreaterThan(3);
  const key = parseVerifierKey(log.key);
  const head = await openCheckpoint(log.published.checkpoint, key, verifyEd25519);
  expect(head).toMatchObject({ size: log.published.size, root: log.published.root });
  await publish(site);
  const next = await openCheckpoint(await (await site.app.request('/repo/log/checkpoint')).text(), key, verifyEd25519);
  expect(await compareHeads(head, next, outside(site))).toEqual({ relation: 'grown' });
});

it('proves that the log of one size begins with that of a smaller one', async () => {
  const site = await newSite();
  await enter(site.world, 'organisation', buildOrganisation());
  const browser = await site.browser('publisher');
  for (const first of [1, 4, 7, 12]) {
    const answer = (await (await browser.get(`/api/v1/audit/consistency?first=${first}`)).json()) as Consistency;
    const { firstRoot, secondRoot, second, proof } = answer;
    expect(verifyConsistency(first, second, bytes(firstRoot), bytes(secondRoot), proof.map(bytes))).toBe(true);
  }
  const proof = (await (await browser.get('/api/v1/audit/3/proof?size=9')).json()) as { size: number; root: string };
  const heads = (await (await browser.get('/api/v1/audit/consistency?first=9&second=10')).json()) as Consistency;
  expect(proof).toMatchObject({ size: 9, root: heads.firstRoot });
});

it('proves nothing about events and sizes that never were', async () => {
  const site = await newSite();
  const browser = await site.browser('publisher');
  for (const path of [
    'consistency?first=9&second=8',
    'consistency?first=99999',
    '3/proof?size=3',
    '3/proof?size=99999',
  ])
    expect(await codeOf(await browser.get(`/api/v1/audit/${path}`)), path).toBe('not-found');
  for (const path of ['consistency?first=0', 'consistency', 'consistency?first=x', '3/proof?size=0'])
    expect(await codeOf(await browser.get(`/api/v1/audit/${path}`)), path).toBe('filter-unknown');
});

it('takes cosignatures from witnesses it knows, serves them with the head, and says who cosigned', async () => {
  const world = await newWorld();
  const signer = toSigner(generatePrivateKey());
  const witness = verifierKey(
    'witness.example/w1',
    SIGNATURE.cosignature,
    Buffer.from(signer.publicKey.keyval.public, 'hex'),
  );
  const settings = { profile: 'demo', dataDir: world.dir, logOrigin: 'localhost/log' } as const;
  const publicLog = await openPublicLog({ ...settings, logWitnesses: [witness] });
  const site = await newSite({ publicLog }, world);
  const { size } = (await publish(site))!;
  const served = async (path: string) => (await site.app.request(`/repo/log/${path}`)).text();
  const head = parseNote(await served('checkpoint'));
  const seconds = Math.floor(world.now().getTime() / 1000);
  const checkpoint = formatNote(await cosignNote(head, witness, signer.sign, seconds));
  const handBack = (body: object, headers: Record<string, string> = OWN_PAGE) =>
    site.app.request('/public/v1/log/cosignatures', { method: 'POST', headers, body: JSON.stringify(body) });
  const browser = await site.browser('curator');

  expect(await codeOf(await handBack({ checkpoint: formatNote(head) }))).toBe('cosignature-unknown');
  expect(await codeOf(await handBack({ checkpoint, more: 1 }))).toBe('input-invalid');
  expect(await codeOf(await handBack({ checkpoint: 'x'.repeat(20_000) }))).toBe('input-invalid');
  expect(await served('checkpoint')).toBe(formatNote(head));
  const taken = await handBack({ checkpoint });
  expect(await taken.json()).toMatchObject({ size, witnesses: ['witness.example/w1'], isNewest: true });
  expect(await served('checkpoint')).toBe(checkpoint);

  const cosigned = `/repo/log/cosigned/${witness.keyId}.checkpoint`;
  const file = await site.app.request(cosigned);
  expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(file.headers.get('cache-control')).toBe('public, max-age=60');
  const log = (await (await browser.get('/api/v1/audit/log')).json()) as object;
  expect(log).toMatchObject({
    witnesses: [{ name: witness.name, key: formatVerifierKey(witness), cosigned: { size, at: seconds } }],
  });
  // A witness that lost its mind is not let fill the disk or the log.
  let code = '';
  for (let i = 0; i < 130 && code !== 'too-many-attempts'; i += 1)
    code = await codeOf(await handBack({ checkpoint: 'x' }));
  expect(code).toBe('too-many-attempts');
});
