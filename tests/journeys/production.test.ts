// The first day of a production installation: the built process, its console, and people who talk HTTP to it.
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsToCheck, SigningRequest, type Entry } from '@waymark/domain';
import { readKeyFile, signRequest } from '@waymark/tuf';
import { download } from '../support/app.ts';
import { openClient, signInByPassword, type Address, type Client } from '../support/client.ts';
import { bringIn, PASSWORD, type Admins } from '../support/newcomer.ts';
import { sql } from '../support/rawDatabase.ts';
import { startRefused, startServer, type Server } from '../support/server.ts';
import { temporaryFolder } from '../support/tree.ts';
import { waymark } from '../support/waymark.ts';
import { buildEntry, buildOrganisation } from '../support/world.ts';

/** What people type; the proxy in front of the process would speak TLS. */
const ORIGIN = 'https://directory.example.org';
const HOLDERS = ['anna', 'ben', 'chris'] as const;

describe('a configuration that lacks something', () => {
  it.each<[string, (data: string) => Record<string, string>, string[]]>([
    [
      'everything',
      () => ({}),
      [
        'WAYMARK_ORIGIN: write the address people type, for instance WAYMARK_ORIGIN=https://directory.example.org',
        'WAYMARK_DATA: name the folder for database and keys, for instance WAYMARK_DATA=/var/lib/waymark',
      ],
    ],
    ['the data folder', () => ({ WAYMARK_ORIGIN: ORIGIN }), ['WAYMARK_DATA: name the folder']],
    [
      'the address people type',
      (data) => ({ WAYMARK_DATA: data }),
      ['WAYMARK_ORIGIN: write the address people type, for instance'],
    ],
    [
      'TLS',
      (data) => ({ WAYMARK_DATA: data, WAYMARK_ORIGIN: 'http://directory.example.org' }),
      ['WAYMARK_ORIGIN: write scheme, host and port only, with https'],
    ],
  ])('ends the process, names the fix and writes nothing: %s', async (_what, env, words) => {
    const data = await temporaryFolder();
    const { code, output } = await startRefused({ WAYMARK_PROFILE: 'production', PORT: '0', ...env(data) });
    expect(code).toBe(1);
    for (const word of words) expect(output).toContain(word);
    expect(output).not.toContain('is ready');
    expect(await readdir(data)).toEqual([]);
  });
});

describe('the first day', () => {
  let data: string;
  let server: Server;
  let admins: Admins;
  let curator: Client;
  let publisher: Client;
  /** Where the passphrases lie, and the stick with the keys of people. */
  let passphrases = '';
  let keys = '';
  /** What the console said, over all starts. */
  let consoles = '';

  const at = (): Address => ({ url: server.url, origin: ORIGIN });
  const file = () => ({ file: join(data, 'waymark.sqlite') });
  const nobody = () => openClient(at());
  const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code ?? 'done';
  const tokenOf = ({ output }: Server) => /^ {2}([A-Za-z0-9_-]{43})$/m.exec(output())?.[1] ?? 'no token';

  const admin = (name: string) => ({
    name,
    email: `${name.toLowerCase().replace(' ', '.')}@example.org`,
    password: PASSWORD,
  });
  const firstAdmins = [admin('First Admin'), admin('Second Admin')] as const;

  async function begin(env: Record<string, string> = {}): Promise<void> {
    server = await startServer({
      data,
      env: { WAYMARK_PROFILE: 'production', WAYMARK_ORIGIN: ORIGIN, ...env },
    });
  }

  async function beginAgain(env: Record<string, string> = {}): Promise<void> {
    consoles += server.output();
    expect(await server.stop()).toBe(0);
    await begin(env);
  }

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'waymark-production-'));
    await begin();
  });

  afterAll(async () => {
    await server.stop();
    for (const dir of [data, passphrases, keys]) if (dir !== '') await rm(dir, { recursive: true, force: true });
  });

  it('begins with a token on the console, and nobody inside', async () => {
    expect(server.output()).toContain(`${ORIGIN}/#/setup`);
    expect(tokenOf(server)).not.toBe('no token');
    const instance = await nobody().get('/instance');
    expect(instance.body).toEqual({
      profile: 'production',
      setUp: false,
      publishing: false,
      version: expect.any(String),
    });
    for (const path of ['/entries', '/proposals', '/users', '/audit'])
      expect(codeOf(await nobody().get(path))).toBe('not-signed-in');
  });

  it('refuses a token that is wrong, too old, or of an earlier start, and creates nobody', async () => {
    const old = tokenOf(server);
    const setUp = (token: string) => nobody().post('/setup', { token, admins: firstAdmins });
    expect(codeOf(await setUp('A'.repeat(43)))).toBe('token-invalid');
    sql(file(), `update one_time_link set expires_at = ?`, [new Date(Date.now() - 1000).toISOString()]);
    expect(codeOf(await setUp(old))).toBe('token-invalid');
    await beginAgain();
    expect(tokenOf(server)).not.toBe(old);
    expect(codeOf(await setUp(old))).toBe('token-invalid');
    expect((await nobody().get('/instance')).body).toMatchObject({ setUp: false });
  });

  it('creates the first two admins with it, both or none, once', async () => {
    const token = tokenOf(server);
    const setUp = (...people: object[]) => nobody().post('/setup', { token, admins: people });
    const [first, second] = firstAdmins;
    expect(codeOf(await setUp(first))).toBe('input-invalid');
    expect(codeOf(await setUp(first, { ...second, email: first.email }))).toBe('input-invalid');
    expect(codeOf(await setUp(first, { ...second, password: 'too short' }))).toBe('password-weak');
    expect((await nobody().get('/instance')).body).toMatchObject({ setUp: false });
    expect((await setUp(first, second)).status).toBe(204);
    expect(codeOf(await setUp(admin('Third Admin'), admin('Fourth Admin')))).toBe('already-set-up');
    admins = [await signInByPassword(at(), first), await signInByPassword(at(), second)];
    const people = await admins[0].get('/users');
    expect(people.body).toMatchObject({ total: 2, data: [{ roles: ['admin'] }, { roles: ['admin'] }] });
  });

  it('holds no account and no data beyond that', async () => {
    for (const path of ['/entries', '/organisations', '/countries', '/proposals', '/snapshots', '/admin-requests'])
      expect(await admins[0].get(path), path).toMatchObject({ status: 200, body: { data: [], total: 0 } });
    const log = await admins[0].get<{ data: { action: string }[] }>('/audit?sort=seq');
    expect(log.body.data.map(({ action }) => action)).toEqual([
      'instance.create',
      'user.setup',
      'user.setup',
      'user.sign-in',
      'user.sign-in',
    ]);
  });

  it('signs nobody in by one click, and gives a cookie that never leaves TLS and this host', async () => {
    const [first] = firstAdmins;
    const { body } = await admins[0].get<{ id: string }>('/session');
    const click = await nobody().post('/session/demo', { userId: body.id });
    expect(click).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(click.headers.get('set-cookie')).toBeNull();
    const session = await nobody().post('/session', { email: first.email, password: PASSWORD });
    const [pair, ...attributes] = (session.headers.get('set-cookie') ?? '').split('; ');
    expect(pair).toMatch(/^__Host-sid=.{20,}$/);
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']));
    expect(attributes.join()).not.toContain('Domain');
    const elsewhere = openClient({ url: server.url }, admins[0].cookie);
    expect(codeOf(await elsewhere.post('/admin-requests', {}))).toBe('origin-refused');
  });

  it('takes an entry by four eyes, but publishes nothing while there are no keys', async () => {
    curator = (await bringIn(at(), admins, 'Some Curator', ['curator'])).client;
    const reviewers = [
      (await bringIn(at(), admins, 'Some Reviewer', ['reviewer'])).client,
      (await bringIn(at(), admins, 'Another Reviewer', ['reviewer'])).client,
    ];
    publisher = (await bringIn(at(), admins, 'Some Publisher', ['publisher'])).client;
    const enter = async (recordType: string, doc: object) => {
      const { body } = await curator.post<{ id: string; recordId: string }>('/proposals', {
        kind: 'create',
        recordType,
        doc,
      });
      const { contentHash } = (await curator.post<{ contentHash: string }>(`/proposals/${body.id}/submit`)).body;
      for (const reviewer of reviewers)
        await reviewer.post(`/proposals/${body.id}/review`, { decision: 'approve', contentHash });
      return body.recordId;
    };
    const organisation = await enter('organisation', buildOrganisation({ slug: 'first-organisation' }));
    await enter('entry', buildEntry({ organisation, slug: 'first-entry' }));
    expect((await publisher.get('/entries')).body).toMatchObject({ total: 1, data: [{ slug: 'first-entry' }] });
    expect((await publisher.get('/snapshots/status')).body).toMatchObject({
      publishing: false,
      off: 'no signing keys exist yet: run `waymark keys init`',
    });
    // Looking at what would be published needs no key.
    expect(await publisher.post('/snapshots')).toMatchObject({ status: 201, body: { sequence: 1, state: 'prepared' } });
    expect(await publisher.post('/snapshots/1/publish')).toMatchObject({
      status: 409,
      body: { code: 'publishing-off' },
    });
    expect((await publisher.get('/snapshots/1')).body).toMatchObject({ state: 'prepared', publishedAt: null });
    expect((await fetch(`${server.url}/repo/metadata/timestamp.json`)).status).toBe(404);
    expect(await readdir(data)).not.toContain('repo');
  });

  it('prepares anew after `waymark keys init`, and publishes once two of three people have signed on machines of their own', async () => {
    passphrases = await mkdtemp(join(tmpdir(), 'waymark-passphrases-'));
    const names = ['online', ...HOLDERS.flatMap((name) => [`root.${name}`, `targets.${name}`])];
    for (const name of names) await writeFile(join(passphrases, name), `correct horse ${name}\n`, { mode: 0o600 });
    const holders = ['--root', ...HOLDERS, '--targets', ...HOLDERS];
    const made = await waymark(['keys', 'init', '--data', data, ...holders, '--passphrases', passphrases]);
    expect(made).toMatchObject({ code: 0, err: '' });
    // The keys of people leave the server: it goes on without them.
    keys = await mkdtemp(join(tmpdir(), 'waymark-stick-'));
    for (const name of HOLDERS) await rename(join(data, `keys/targets.${name}.key`), join(keys, `${name}.key`));

    await beginAgain();
    expect(server.output()).toContain('Publishing is off: the passphrase is missing: set WAYMARK_KEY_PASSPHRASE_FILE');
    await beginAgain({ WAYMARK_KEY_PASSPHRASE_FILE: join(passphrases, 'online') });
    expect(server.output()).not.toContain('Publishing is off');
    expect(server.output()).not.toContain('setup');
    // The port is another one now; sessions live in the database and go on.
    const signer = openClient(at(), publisher.cookie);
    const asAdmin = await openClient(at(), admins[0].cookie).post('/snapshots/1/publish');
    expect(asAdmin).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    // It was prepared before there was anybody to sign it.
    expect(await signer.post('/snapshots/1/publish')).toMatchObject({
      status: 409,
      body: { code: 'signatures-missing' },
    });
    expect((await signer.post<{ sequence: number }>('/snapshots')).body.sequence).toBe(2);
    const [zip, request] = await takeAlong(2);
    const { words } = (await signer.get<{ request: { words: string[] } }>('/snapshots/2/signing')).body.request;

    // Anna types what a person types; there is nothing to compare with yet, so she compares six words by voice.
    const machine = await temporaryFolder();
    const trusted = ['--memory', machine, '--root', join(data, 'repo/metadata/1.root.json')];
    const looked = await waymark(['review', zip, ...trusted]);
    expect(looked.code).toBe(1);
    expect(looked.out).toContain('There is nothing to compare with');
    expect(looked.out).toContain(`--confirm "firstUse:${words.join(' ')}"`);
    const key = ['--key', `file:${join(keys, 'anna.key')}`, '--passphrase-file', join(passphrases, 'targets.anna')];
    const answered = ['--confirm', `firstUse:${words.join(' ')}`, '--yes', '-o', join(machine, 'anna.sig.json')];
    const signed = await waymark(['sign', request, '--files', zip, ...trusted, ...key, ...answered]);
    expect(signed).toMatchObject({ code: 0, err: '' });
    const bring = (signature: unknown) => signer.post('/snapshots/2/signatures', signature as object);
    const annas = JSON.parse(await readFile(join(machine, 'anna.sig.json'), 'utf8')) as object;
    expect(await bring(annas)).toMatchObject({ status: 200, body: { state: 'open', signed: [{ owner: 'anna' }] } });
    expect(await signer.post('/snapshots/2/publish')).toMatchObject({
      status: 409,
      body: { code: 'signatures-missing' },
    });
    expect((await fetch(`${server.url}/repo/metadata/timestamp.json`)).status).toBe(404);
    expect(await bring(await signWith('ben', request))).toMatchObject({ status: 200, body: { state: 'complete' } });

    const published = await signer.post('/snapshots/2/publish');
    expect(published).toMatchObject({ status: 200, body: { state: 'published', assurance: 'standard' } });
    const targets = await download(server, ['v1/manifest.json', 'v1/directory.ndjson']);
    // Approved, but nobody has verified it yet: production keeps it inside, counted and not named.
    expect(JSON.parse(targets['v1/manifest.json'])).toMatchObject({
      sequence: 2,
      assurance: 'standard',
      counts: { entries: 0, withheld: 1 },
    });
    expect(targets['v1/directory.ndjson']).not.toContain('first-entry');
  });

  /** What a signer takes along: the bundle as downloaded, and the request beside it. */
  async function takeAlong(sequence: number): Promise<[string, string]> {
    const folder = await temporaryFolder();
    const fetched = async (what: string) =>
      Buffer.from(
        await (
          await fetch(`${server.url}/api/v1/snapshots/${sequence}/${what}`, { headers: { cookie: publisher.cookie } })
        ).arrayBuffer(),
      );
    const [zip, request] = [join(folder, 'bundle.zip'), join(folder, 'request.json')];
    await writeFile(zip, await fetched('bundle'));
    await writeFile(request, await fetched('request'));
    return [zip, request];
  }

  async function signWith(name: (typeof HOLDERS)[number], request: string): Promise<object> {
    const passphrase = (await readFile(join(passphrases, `targets.${name}`), 'utf8')).trim();
    const signer = await readKeyFile(join(keys, `${name}.key`), { passphrase });
    return signRequest(SigningRequest.parse(JSON.parse(await readFile(request, 'utf8'))), signer);
  }

  it('publishes the entry once a person has verified it', async () => {
    const looker = openClient(at(), curator.cookie);
    const signer = openClient(at(), publisher.cookie);
    const entry = await looker.get<{ id: string; revision: number; doc: Entry }>('/entries/first-entry');
    const { id, revision, doc } = entry.body;
    const paths = factsToCheck(doc);
    const looked = await looker.post(`/entries/${id}/verifications`, {
      revision,
      paths,
      method: 'official-site-check',
      outcome: 'confirmed',
      evidence: [{ id: 'seen', kind: 'official-page', title: 'Contact page', url: 'https://help.example.org/contact' }],
    });
    expect(looked).toMatchObject({ status: 201 });
    const { sequence } = (await signer.post<{ sequence: number }>('/snapshots')).body;
    const [, request] = await takeAlong(sequence);
    for (const name of ['ben', 'chris'] as const) {
      const signature = await signWith(name, request);
      expect(await signer.post(`/snapshots/${sequence}/signatures`, signature)).toMatchObject({ status: 200 });
    }
    expect(await signer.post(`/snapshots/${sequence}/publish`)).toMatchObject({ status: 200 });
    const targets = await download(server, ['v1/manifest.json', 'v1/directory.ndjson']);
    expect(JSON.parse(targets['v1/manifest.json'])).toMatchObject({ sequence, counts: { entries: 1, withheld: 0 } });
    expect(targets['v1/directory.ndjson']).toContain('"slug":"first-entry"');
  });

  it('leaves a log that agrees with the people, and no secret in what the process said', async () => {
    const { code, out, err } = await waymark(['audit', 'verify', '--data', data]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('6 people');
    expect(out).toContain('Everything agrees.');
    const said = consoles + server.output();
    for (const secret of [PASSWORD, 'correct horse', publisher.cookie.split('=')[1] ?? 'no cookie'])
      expect(said).not.toContain(secret);
  });
});
