// Apps that use the directory: their register, what they say they read, and what they are told, over HTTP to a real server.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { isPublicAddress, NameRefused } from '@waymark/egress';
import { Webhook } from 'standardwebhooks';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  deliverWebhooks,
  openPublishing,
  prepareSnapshot,
  publishSnapshot,
  WEBHOOK_ATTEMPTS,
  type Courier,
} from '@waymark/services';
import { auditSize, listAuditEvents } from '@waymark/store';
import { enterEntry } from '../../../tests/support/world.ts';
import { codeOf, newSite, type Browser, type Site } from './testing.ts';

const NAME = 'hooks.example.org';
const HOOK = `https://${NAME}/waymark?app=1`;
const APP = { name: 'Safe Harbour', contact: 'team@example.org', note: null, webhookUrl: HOOK };
type View = { id: string; version: number; lastSequence: number | null; daysBehind: number; deadWebhooks: number };
type Made = { consumer: View; secrets: { token: string; webhookSecret: string } };
type Delivery = { id: string; event: string; state: string; attempts: number; failure: string | null; nextAt: string };

const ask = async <T>(answer: Promise<Response> | Response): Promise<T> => {
  const response = await answer;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text) as T;
};
const register = (by: Browser, app: object = APP) => ask<Made>(by.post('/api/v1/consumers', app));
const shown = async (by: Browser) => ask<{ data: View[]; behind: number }>(by.get('/api/v1/consumers'));
const deliveries = async (by: Browser, id: string) =>
  (await ask<{ data: Delivery[] }>(by.get(`/api/v1/consumers/${id}/webhooks`))).data;
const put = (site: Site, by: Browser, path: string, body: object, version: number) =>
  site.app.request(path, {
    method: 'PUT',
    headers: {
      origin: 'http://127.0.0.1:8080',
      'content-type': 'application/json',
      'x-requested-by': 'waymark',
      'if-match': `"${version}"`,
      cookie: by.cookie(),
    },
    body: JSON.stringify(body),
  });
const report = (site: Site, token: string, body: object) =>
  site.app.request('/public/v1/consumers/seen', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

async function publish(site: Site): Promise<number> {
  await enterEntry(site.world);
  const publishing = await openPublishing({ profile: 'demo', dataDir: site.world.dir }, site.world.now());
  const { sequence } = await prepareSnapshot(site.world.as('publisher'), publishing);
  await publishSnapshot(site.world.as('publisher'), publishing, sequence);
  return sequence;
}

describe('the register', () => {
  it('is kept by publishers and admins, shows secrets once, and never again', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer, secrets } = await register(publisher);
    expect(secrets.token).toMatch(/^wmc_[\w-]{43}$/);
    expect(secrets.webhookSecret).toMatch(/^whsec_/);
    const everything = JSON.stringify([
      await shown(publisher),
      await ask(publisher.get(`/api/v1/consumers/${consumer.id}`)),
      (await listAuditEvents(site.world.store.read, { limit: 100, offset: 0 })).data,
    ]);
    expect(everything).toContain('Safe Harbour');
    expect(everything).not.toContain(secrets.token);
    expect(everything).not.toContain(secrets.webhookSecret);

    const others = [await site.browser('curator'), await site.browser('reviewer')];
    const before = await auditSize(site.world.store.read);
    for (const other of others) expect(await codeOf(await other.post('/api/v1/consumers', APP))).toBe('not-permitted');
    expect(await auditSize(site.world.store.read)).toBe(before);
  });

  it.each([
    ['http://hooks.example.org/', 'plain http'],
    ['https://user:word@hooks.example.org/', 'credentials'],
    ['ftp://hooks.example.org/', 'another scheme'],
    ['not an address', 'no address'],
  ])('refuses %s as a place to be told (%s), and writes nothing', async (webhookUrl) => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const refused = await publisher.post('/api/v1/consumers', { ...APP, webhookUrl });
    expect(await codeOf(refused)).toBe('input-invalid');
    expect((await shown(publisher)).data).toEqual([]);
  });

  it('loses no change: who read an older version is told', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer } = await register(publisher);
    const path = `/api/v1/consumers/${consumer.id}`;
    const changed = await ask<View>(put(site, publisher, path, { ...APP, name: 'Safer Harbour' }, consumer.version));
    expect(changed.version).toBe(consumer.version + 1);
    expect(await codeOf(await put(site, publisher, path, APP, consumer.version))).toBe('stale-revision');
  });

  it('takes away what a token opened when it is renewed or the app removed', async () => {
    const site = await newSite();
    const sequence = await publish(site);
    const publisher = await site.browser('publisher');
    const { consumer, secrets } = await register(publisher);
    const what = { sequence, schemaVersion: '1.1' };
    expect((await report(site, secrets.token, what)).status).toBe(200);
    const headers = { 'if-match': `"${consumer.version}"` };
    const path = `/api/v1/consumers/${consumer.id}`;
    const renewed = await ask<Made>(publisher.post(`${path}/renew`, {}, headers));
    expect(await codeOf(await report(site, secrets.token, what))).toBe('token-invalid');
    expect((await report(site, renewed.secrets.token, what)).status).toBe(200);
    const gone = { 'if-match': `"${renewed.consumer.version}"` };
    expect((await publisher.post(`${path}/remove`, {}, gone)).status).toBe(200);
    expect(await codeOf(await report(site, renewed.secrets.token, what))).toBe('token-invalid');
    expect((await shown(publisher)).data).toEqual([]);
  });
});

describe('what an app says it read', () => {
  it('is noted with its date, once a day, and shows who is two weeks behind', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const first = await publish(site);
    const { secrets } = await register(publisher);
    await ask(report(site, secrets.token, { sequence: first, schemaVersion: '1.1' }));
    const noted = await auditSize(site.world.store.read);
    await ask(report(site, secrets.token, { sequence: first, schemaVersion: '1.1' }));
    expect(await auditSize(site.world.store.read)).toBe(noted);
    expect(await shown(publisher)).toMatchObject({ behind: 0, data: [{ lastSequence: first, daysBehind: 0 }] });

    const second = await publish(site);
    site.world.wait({ days: 14 });
    const later = await site.browser('publisher');
    expect(await shown(later)).toMatchObject({ behind: 1, data: [{ daysBehind: 14 }] });
    await ask(report(site, secrets.token, { sequence: second, schemaVersion: '1.1' }));
    expect(await shown(later)).toMatchObject({ behind: 0, data: [{ lastSequence: second }] });
  });

  it('is refused without a token, with another one, and for a snapshot that never was; nothing is noted', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const sequence = await publish(site);
    const { secrets } = await register(publisher);
    const before = await auditSize(site.world.store.read);
    const what = { sequence, schemaVersion: '1.1' };
    // Without a token it is taken for a page, and no page of ours sends this.
    expect(await codeOf(await report(site, '', what))).toBe('origin-refused');
    expect(await codeOf(await report(site, `${secrets.token.slice(0, -1)}~`, what))).toBe('token-invalid');
    expect(await codeOf(await report(site, secrets.token, { ...what, sequence: 99 }))).toBe('input-invalid');
    expect(await codeOf(await report(site, secrets.token, { ...what, country: 'DE' }))).toBe('input-invalid');
    expect(await auditSize(site.world.store.read)).toBe(before);
    expect((await shown(publisher)).data).toMatchObject([{ lastSequence: null }]);
  });
});

let authority: { key: string; cert: string };
let shownCertificate: { key: string; cert: string };
beforeAll(async () => {
  const ec = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
  const extensions = [
    { name: 'basicConstraints' as const, cA: true, critical: true },
    { name: 'keyUsage' as const, keyCertSign: true, critical: true },
  ];
  const made = await generate([{ name: 'commonName', value: 'Authority' }], { ...ec, extensions });
  authority = { key: made.private, cert: made.cert };
  const server = await generate([{ name: 'commonName', value: NAME }], {
    ...ec,
    ca: authority,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: NAME }] }],
  });
  shownCertificate = { key: server.private, cert: server.cert };
});

type Received = { headers: Record<string, string>; body: string; url: string };

/** A receiver as an app would run one, under a public name; it answers with the statuses given, the last one for ever. */
async function receiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer(shownCertificate, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body, url: request.url ?? '' });
      const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 204;
      response.writeHead(status, { location: 'https://127.0.0.1/inside' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const courier: Courier = {
    resolve: async () => [{ address: '93.184.216.34', family: 4 }],
    detour: { address: () => '127.0.0.1', port: () => port, ca: authority.cert },
  };
  return { received, courier };
}

const deliver = (site: Site, courier: Courier) => deliverWebhooks(site.world.asSystem('webhooks'), courier);

describe('what an app is told', () => {
  it('comes after a snapshot is published, signed as Standard Webhooks says, and holds no number', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer, secrets } = await register(publisher);
    await register(publisher, { ...APP, name: 'Told nothing', webhookUrl: null });
    const sequence = await publish(site);
    const { received, courier } = await receiver();
    expect(await deliver(site, courier)).toEqual({ delivered: 1, waiting: 0, dead: 0 });
    const [message] = received;
    expect(message?.url).toBe('/waymark?app=1');
    const signed = { ...message?.headers, 'webhook-timestamp': message?.headers['webhook-timestamp'] ?? '' };
    // The world's clock is not this machine's, and the library looks at the time too.
    const verifier = new Webhook(secrets.webhookSecret);
    const at = new Date(Number(signed['webhook-timestamp']) * 1000);
    const id = message?.headers['webhook-id'] ?? '';
    expect(verifier.sign(id, at, message?.body ?? '')).toBe(message?.headers['webhook-signature']);
    expect(at.getTime()).toBe(Math.floor(site.world.now().getTime() / 1000) * 1000);
    expect(JSON.parse(message?.body ?? '')).toEqual({
      type: 'snapshot.published',
      timestamp: expect.any(String),
      data: { sequence, kind: 'full', contentDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await deliveries(publisher, consumer.id)).toMatchObject([{ id, state: 'delivered', attempts: 1 }]);
    expect(await deliver(site, courier)).toEqual({ delivered: 0, waiting: 0, dead: 0 });
  });

  it('is tried ten times within four days under one id, then listed as given up, and can be sent again', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer } = await register(publisher);
    await ask(publisher.post(`/api/v1/consumers/${consumer.id}/try`));
    const { received, courier } = await receiver(...Array.from({ length: WEBHOOK_ATTEMPTS }, () => 503), 200);
    const start = site.world.now().getTime();
    for (let tries = 1; tries < WEBHOOK_ATTEMPTS; tries += 1) {
      expect(await deliver(site, courier)).toEqual({ delivered: 0, waiting: 1, dead: 0 });
      // Not a moment before its time.
      expect(await deliver(site, courier)).toEqual({ delivered: 0, waiting: 0, dead: 0 });
      const [waiting] = await deliveries(await site.browser('publisher'), consumer.id);
      expect(waiting).toMatchObject({ state: 'waiting', attempts: tries, failure: 'status-503' });
      site.world.wait({ seconds: (Date.parse(waiting?.nextAt ?? '') - site.world.now().getTime()) / 1000 });
    }
    expect(await deliver(site, courier)).toEqual({ delivered: 0, waiting: 0, dead: 1 });
    expect((site.world.now().getTime() - start) / 86_400_000).toBeLessThan(4);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    const later = await site.browser('publisher');
    expect((await shown(later)).data).toMatchObject([{ deadWebhooks: 1 }]);

    const [dead] = await deliveries(later, consumer.id);
    expect(await codeOf(await (await site.browser('curator')).post(`/api/v1/webhooks/${dead?.id}/replay`))).toBe(
      'not-permitted',
    );
    await ask(later.post(`/api/v1/webhooks/${dead?.id}/replay`));
    expect(await deliver(site, courier)).toEqual({ delivered: 1, waiting: 0, dead: 0 });
    expect(await codeOf(await later.post(`/api/v1/webhooks/${dead?.id}/replay`))).toBe('webhook-not-dead');
    const { data } = await listAuditEvents(site.world.store.read, { action: 'webhook', limit: 9, offset: 0 });
    expect(data.map(({ action }) => action)).toEqual([
      'webhook.delivered',
      'webhook.replay',
      'webhook.dead',
      'webhook.announce',
    ]);
  });

  it('follows no redirect, and stops at once for an app that says it is gone', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer } = await register(publisher);
    await ask(publisher.post(`/api/v1/consumers/${consumer.id}/try`));
    const { received, courier } = await receiver(302, 410);
    expect(await deliver(site, courier)).toMatchObject({ waiting: 1 });
    expect(await deliveries(publisher, consumer.id)).toMatchObject([{ failure: 'redirect' }]);
    site.world.wait({ seconds: 60 });
    expect(await deliver(site, courier)).toMatchObject({ dead: 1 });
    expect(received).toHaveLength(2);
  });

  it.each([
    ['127.0.0.1', 4],
    ['10.0.0.8', 4],
    ['169.254.169.254', 4],
    ['::1', 6],
    ['fd00::1', 6],
  ])('never goes to %s, whatever name leads there', async (address, family) => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer } = await register(publisher);
    await ask(publisher.post(`/api/v1/consumers/${consumer.id}/try`));
    const { received, courier } = await receiver();
    const resolve: Courier['resolve'] = async () => {
      if (!isPublicAddress(address)) throw new NameRefused({ outcome: 'dns-gone', reason: 'not-public' });
      return [{ address, family }];
    };
    expect(await deliver(site, { ...courier, resolve })).toMatchObject({ delivered: 0, waiting: 1 });
    expect(await deliveries(publisher, consumer.id)).toMatchObject([{ failure: 'not-public' }]);
    expect(received).toEqual([]);
  });

  it('distrusts a certificate of another authority', async () => {
    const site = await newSite();
    const publisher = await site.browser('publisher');
    const { consumer } = await register(publisher);
    await ask(publisher.post(`/api/v1/consumers/${consumer.id}/try`));
    const { received, courier } = await receiver();
    const { ca: _, ...detour } = courier.detour ?? { address: (a: string) => a, port: (p: number) => p };
    expect(await deliver(site, { ...courier, detour })).toMatchObject({ waiting: 1 });
    expect(await deliveries(publisher, consumer.id)).toMatchObject([{ failure: 'tls' }]);
    expect(received).toEqual([]);
  });
});
