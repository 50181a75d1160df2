// The look from outside: a real tree behind a real web server, spoiled in one way at a time.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generatePrivateKey, toSigner } from '@waymark/tuf';
import {
  cosignedPath,
  cosignNote,
  DEFAULT_DEADLINES,
  formatCheckpoint,
  formatNote,
  parseNote,
  SIGNATURE,
  signingCalendar,
  signNote,
  verifierKey,
} from '@waymark/domain';
import { change } from '@waymark/store';
import { startStaticHost, type Answer, type StaticHost } from '../../../../tests/support/staticHost.ts';
import { publishAs, publishingOf, temporaryFolder } from '../../../../tests/support/tree.ts';
import { waymark } from '../../../../tests/support/waymark.ts';
import { enterEntry, newWorld, type World } from '../../../../tests/support/world.ts';
import { addCosignature } from '../log/cosign.ts';
import { openPublicLog } from '../log/open.ts';
import { publishLog } from '../log/publish.ts';
import type { Publishing } from '../snapshots/publishing.ts';
import { checkPublic, dateFindings, standingFindings, type CheckOptions } from './checkPublic.ts';

type Scene = {
  world: World;
  publishing: Publishing;
  host: StaticHost;
  check(more?: Partial<CheckOptions>): ReturnType<typeof checkPublic>;
};

async function newScene(): Promise<Scene> {
  const world = await newWorld();
  await enterEntry(world);
  const publishing = await publishingOf(world);
  await publishAs(world, publishing);
  const host = await startStaticHost(publishing.repoDir);
  const rootBytes = await readFile(join(publishing.repoDir, 'metadata/1.root.json'));
  const memoryDir = await temporaryFolder();
  const check: Scene['check'] = (more = {}) =>
    checkPublic({ url: host.url, rootBytes, memoryDir, now: world.now(), ...more });
  return { world, publishing, host, check };
}

function newCosigner(name: string) {
  const signer = toSigner(generatePrivateKey());
  const publicKey = Buffer.from(signer.publicKey.keyval.public, 'hex');
  return { key: verifierKey(name, SIGNATURE.cosignature, publicKey), sign: signer.sign };
}

const codes = async (report: ReturnType<typeof checkPublic>) =>
  (await report).findings.map(({ level, code }) => `${level} ${code}`);

it('finds nothing at a good host, and says what is there', async () => {
  const { check } = await newScene();
  expect(await check({ expectSequence: 1 })).toMatchObject({
    ok: true,
    sequence: 1,
    rootVersion: 1,
    daysLeft: { timestamp: 3, snapshot: 30, targets: 120, root: 365 },
    findings: [],
  });
});

it('a root counts down louder and louder; each role has a window, an alarm and an end, in this order', () => {
  const day = 24;
  const of = (left: Parameters<typeof dateFindings>[0]) =>
    dateFindings(left).map(({ level, code }) => `${level} ${code}`);
  expect(of({ root: 365 * day, targets: 120 * day, urgent: 30 * day, snapshot: 30 * day, timestamp: 72 })).toEqual([]);
  expect(of({ root: 179 * day, targets: 44 * day, urgent: 14 * day, snapshot: 14 * day, timestamp: 65 })).toEqual(
    ['root', 'targets', 'urgent', 'snapshot', 'timestamp'].map((role) => `notice ${role}-window-open`),
  );
  expect(of({ targets: 29 * day, urgent: 9 * day, snapshot: 9 * day, timestamp: 47 })).toEqual(
    ['targets', 'urgent', 'snapshot', 'timestamp'].map((role) => `alarm ${role}-expires`),
  );
  const root = [89, 59, 29, 13, 6, -1].flatMap((days) => of({ root: days * day }));
  expect(root).toEqual([90, 60, 30, 14, 7, 7].map((days) => `alarm root-expires-below-${days}-days`));
});

it('counts by the days of a policy where it has one', () => {
  const calendar = signingCalendar({
    lifetimes: {
      ...DEFAULT_DEADLINES,
      rootDays: { valid: 200, windowOpens: 60, alarm: 40 },
      timestampHours: { valid: 24, windowOpens: 20, alarm: 12 },
    },
  });
  const of = (left: Parameters<typeof dateFindings>[0]) =>
    dateFindings(left, calendar).map(({ level, code }) => `${level} ${code}`);
  expect(of({ root: 61 * 24, timestamp: 21 })).toEqual([]);
  expect(of({ root: 59 * 24, timestamp: 19 })).toEqual(['notice root-window-open', 'notice timestamp-window-open']);
  expect(of({ root: 39 * 24, timestamp: 11 })).toEqual(['alarm root-expires-below-40-days', 'alarm timestamp-expires']);
  expect(of({ root: 29 * 24 })).toEqual(['alarm root-expires-below-30-days']);
});

it("says that numbers are a thief's, and that nobody could withdraw at once", () => {
  const versions = { root: 1, targets: 3, snapshotRole: 2 ** 31 - 1, timestamp: 9 };
  const of = (seen: Partial<Parameters<typeof standingFindings>[0]>) =>
    standingFindings({ versions: { ...versions, snapshotRole: 4 }, isDemo: false, hasDuty: true, ...seen });
  expect(of({})).toEqual([]);
  expect(of({ versions })).toMatchObject([{ level: 'alarm', code: 'versions-far-ahead' }]);
  const [lane] = of({ hasDuty: false });
  expect(lane).toMatchObject({ level: 'notice', code: 'no-urgent-lane' });
  expect(lane?.message).toContain('waymark keys new NAME-duty');
  expect(of({ hasDuty: false, isDemo: true })).toEqual([]);
});

it('finds what is wrong with a host, and knows what stops clients from what only costs time', async () => {
  const html = { 'content-type': 'text/html', 'access-control-allow-origin': '*' };
  const json = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
  const cases: [what: string, path: RegExp, spoil: (good: Answer) => Partial<Answer>, finding: string][] = [
    [
      'answers a page where 404 is due for the next root',
      /2\.root/,
      () => ({ status: 200, headers: html }),
      'alarm next-root-not-404',
    ],
    ['forbids what is not there', /2\.root/, () => ({ status: 403 }), 'alarm next-root-not-404'],
    ['leads elsewhere', /2\.root/, () => ({ status: 302, headers: { location: '/' } }), 'alarm next-root-not-404'],
    ['is broken where the next root would be', /2\.root/, () => ({ status: 500 }), 'alarm next-root-not-404'],
    [
      'caches that the next root is missing',
      /2\.root/,
      ({ headers }) => ({ headers: { ...headers, 'cache-control': 'max-age=3600' } }),
      'notice missing-kept-long',
    ],
    ['shows a page for every path', /no-such-file/, () => ({ status: 200, headers: html }), 'alarm page-fallback'],
    [
      'lets no page of others read',
      /timestamp/,
      () => ({ headers: { 'content-type': 'application/json' } }),
      'alarm cors-missing',
    ],
    [
      'stores files encoded',
      /1\.root/,
      ({ headers }) => ({ headers: { ...headers, 'content-encoding': 'identity, gzip' } }),
      'alarm stored-encoded',
    ],
    [
      'caches the timestamp for a day',
      /timestamp/,
      () => ({ headers: { ...json, 'cache-control': 'max-age=86400' } }),
      'alarm timestamp-kept-long',
    ],
    [
      'caches the timestamp for five minutes',
      /timestamp/,
      () => ({ headers: { ...json, 'cache-control': 'max-age=300' } }),
      'notice timestamp-kept-long',
    ],
    [
      'lets nobody cache what never changes',
      /1\.root/,
      () => ({ headers: { ...json, 'cache-control': 'no-store' } }),
      'notice numbered-kept-short',
    ],
    ['lost the snapshot metadata', /snapshot/, () => ({ status: 404 }), 'alarm client-file-missing'],
    [
      'changed a file',
      /manifest/,
      ({ body }) => ({ body: Buffer.from(`${body.toString()} `) }),
      'alarm client-hash-mismatch',
    ],
    ['says nothing of use', /timestamp/, () => ({ status: 503 }), 'alarm client-unreachable'],
  ];
  const { host, check } = await newScene();
  for (const [what, path, spoil, finding] of cases) {
    host.spoil = (asked, good) => (path.test(asked) ? { ...good, ...spoil(good) } : good);
    const report = await check({ memoryDir: await temporaryFolder() });
    expect(
      report.findings.map(({ level, code }) => `${level} ${code}`),
      what,
    ).toContain(finding);
    expect(report.ok, what).toBe(finding.startsWith('notice'));
  }
});

it('is patient for ten minutes with an address that is behind, and no longer', async () => {
  const { world, publishing, host, check } = await newScene();
  const origin = await startStaticHost(publishing.repoDir);
  const old = await readFile(join(publishing.repoDir, 'metadata/timestamp.json'));
  host.spoil = (path, good) => (path === 'metadata/timestamp.json' ? { ...good, body: old } : good);
  await enterEntry(world);
  await publishAs(world, publishing);
  for (const wanted of [{ expectSequence: 2 }, { origin: origin.url }]) {
    const memoryDir = await temporaryFolder();
    const now = world.now();
    expect(await codes(check({ ...wanted, memoryDir }))).toEqual(['notice version-behind']);
    const later = new Date(now.getTime() + 10 * 60_000);
    expect(await codes(check({ ...wanted, memoryDir, now: later }))).toEqual(['alarm version-behind']);
    host.spoil = undefined;
    expect(await codes(check({ ...wanted, memoryDir, now: later }))).toEqual([]);
    host.spoil = (path, good) => (path === 'metadata/timestamp.json' ? { ...good, body: old } : good);
  }
});

it('a client with a memory notices that an address went back', async () => {
  const { world, publishing, host, check } = await newScene();
  const old = await readFile(join(publishing.repoDir, 'metadata/timestamp.json'));
  await enterEntry(world);
  await publishAs(world, publishing);
  expect(await codes(check())).toEqual([]);
  host.spoil = (path, good) => (path === 'metadata/timestamp.json' ? { ...good, body: old } : good);
  expect(await codes(check())).toEqual(['alarm client-rollback']);
});

it('looks at the log only with its key, and says when it cannot be verified', async () => {
  const { check } = await newScene();
  const publicKey = Buffer.from(toSigner(generatePrivateKey()).publicKey.keyval.public, 'hex');
  const logKey = verifierKey('log.example.org', SIGNATURE.ed25519, publicKey);
  expect(await codes(check({ logKey }))).toEqual(['alarm log-unverifiable']);
});

it('shows what named witnesses cosigned, and finds one that is silent, late, wrong or contradicted', async () => {
  const { world, publishing, check } = await newScene();
  const [one, silent] = [newCosigner('one.example/w'), newCosigner('two.example/w')];
  const log = await openPublicLog({
    profile: 'demo',
    dataDir: world.dir,
    logOrigin: 'log.example.org',
    logKey: '42'.repeat(32),
    logWitnesses: [one.key, silent.key],
  });
  const { size } = (await publishLog(world.as('admin'), log))!;
  const checkpoint = join(publishing.repoDir, 'log/checkpoint');
  const note = await readFile(checkpoint, 'utf8');
  const seconds = world.now().getTime() / 1000;
  const cosign = async (text: string) => formatNote(await cosignNote(parseNote(text), one.key, one.sign, seconds));
  await addCosignature(world.as('admin'), log, await cosign(note));
  const look = (more: Partial<CheckOptions> = {}) => check({ logKey: log.key!, witnesses: [one.key], ...more });

  const at = world.now().toISOString();
  expect(await look()).toMatchObject({
    findings: [],
    witnesses: [{ name: 'one.example/w', cosigned: { size, at } }],
  });
  expect(await codes(look({ witnesses: [one.key, silent.key] }))).toEqual(['notice log-not-cosigned']);
  const later = new Date(world.now().getTime() + 8 * 24 * 3_600_000);
  expect(await codes(look({ now: later }))).toContain('notice log-cosignature-old');

  // The log grows: the word on the older head still counts, as long as the new head extends it.
  await change(world.asSystem('test'), 'system', ({ audit, newId }) => audit('mail.sent', `mail:${newId()}`, {}));
  const grown = (await publishLog(world.as('admin'), log))!;
  expect(await look()).toMatchObject({ findings: [], witnesses: [{ cosigned: { size } }] });
  expect(grown.size).toBe(size + 1);
  const kept = join(publishing.repoDir, 'log', cosignedPath(one.key));
  const other = formatCheckpoint({ origin: log.key!.name, size, root: 'ab'.repeat(32) });
  const split = formatNote(await signNote({ text: other, signatures: [] }, log.key!, log.sign!));
  await writeFile(kept, await cosign(split));
  expect(await codes(look())).toEqual(['alarm log-split']);
  const newest = await readFile(checkpoint, 'utf8');
  await writeFile(
    checkpoint,
    (await cosign(newest)).replace(/.(?=...\n$)/, (c) => (c === 'A' ? 'B' : 'A')),
  );
  expect(await codes(look())).toEqual(['alarm log-unverifiable']);
});

it('waymark check: 0 all is well, 1 somebody must act, 2 wrong arguments; JSON for programs', async () => {
  const { publishing, host } = await newScene();
  const root = join(publishing.repoDir, 'metadata/1.root.json');
  const good = await waymark(['check', host.url, '--root', root, '--json']);
  expect(good).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(good.out)).toMatchObject({ ok: true, sequence: 1, findings: [] });
  host.spoil = (path, answer) => (path === 'metadata/2.root.json' ? { ...answer, status: 200 } : answer);
  const bad = await waymark(['check', host.url, '--root', root]);
  expect(bad).toMatchObject({ code: 1, err: '' });
  expect(bad.out).toContain('ALARM');
  expect(bad.out).toContain('Somebody must act.');
  const wrong = await Promise.all([
    waymark(['check', host.url, '--root', join(publishing.repoDir, 'metadata/timestamp.json')]),
    waymark(['check', host.url, '--root', root, '--expect-sequence', 'two']),
  ]);
  expect(wrong.map(({ code }) => code)).toEqual([2, 2]);
}, 480_000);
