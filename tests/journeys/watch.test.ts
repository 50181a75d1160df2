import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { factsToCheck, type Entry } from '@waymark/domain';
import { openPublishing, prepareSnapshot, publishSnapshot, recordVerification } from '@waymark/services';
import { findRecord, listAuditEvents, openReader, revisionsFrom, verificationsOf } from '@waymark/store';
import { enterEntry, openWorld } from '../support/world.ts';
import { newAuthority } from '../../apps/watcher/src/testing/certificates.ts';
import type { Told } from '../../apps/watcher/src/testing/journey.ts';
import { runIn, WAYS } from '../../apps/watcher/src/testing/ways.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What runs in production: the built file. */
async function buildWatcher(dir: string): Promise<string> {
  const args = [
    'build',
    '--config',
    'apps/launch/watcher.vite.config.mjs',
    '--outDir',
    join(dir, 'dist'),
    '--logLevel',
    'error',
  ];
  const child = spawn(join(ROOT, 'node_modules/.bin/vite'), args, { cwd: ROOT, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The watcher could not be built');
  return join(dir, 'dist/main.js');
}

/** A demo with one entry that two people confirmed, and a snapshot, so that the server takes it as it is. */
async function fillData(dir: string): Promise<{ id: string; curator: string }> {
  const world = await openWorld();
  const { id } = await enterEntry(world);
  const record = await findRecord(world.store.read, id);
  const look = { revision: 1, paths: factsToCheck(record?.doc as Entry), outcome: 'confirmed' } as const; // Entered above.
  await recordVerification(world.as('curator'), id, { ...look, method: 'official-site-check' });
  await recordVerification(world.as('reviewer'), id, { ...look, method: 'organisation-confirmation' });
  const publishing = await openPublishing({ profile: 'demo', dataDir: world.dir }, world.now());
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  await publishSnapshot(world.as('publisher'), publishing, sequence);
  const curator = world.people.curator.id;
  world.store.close();
  await rename(world.dir, join(dir, 'data'));
  return { id, curator };
}

async function trace(dir: string, id: string) {
  const reader = openReader(join(dir, 'data/waymark.sqlite'));
  try {
    const record = await findRecord(reader.read, id);
    const { data: events } = await listAuditEvents(reader.read, { limit: 500, offset: 0 });
    return {
      record,
      revisions: (await revisionsFrom(reader.read, id, 0)).length,
      verifications: (await verificationsOf(reader.read, id)).length,
      actions: events.filter(({ actor }) => actor === 'system:watcher').map(({ action }) => action),
    };
  } finally {
    reader.close();
  }
}

it.each(WAYS)(
  'server, watcher and a page taken over: an alarm, lower confidence, and not a letter of the data changed (%s)',
  async (way) => {
    const dir = await mkdtemp(join(tmpdir(), 'waymark-journey-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    const authority = await newAuthority();
    await writeFile(join(dir, 'ca.key'), authority.key, { mode: 0o600 });
    await writeFile(join(dir, 'ca.crt'), authority.cert);
    const [{ id, curator }, file] = await Promise.all([fillData(dir), way === 'namespace' ? buildWatcher(dir) : '']);
    const before = await trace(dir, id);

    // What the script prints is what it was written to print.
    const told = JSON.parse(await runIn(way, 'journey.ts', dir, [curator, id, file])) as Told;
    process.stdout.write(`watcher journey, ${way}: ${told.visited.length} requests, ${told.open.length} open files\n`);

    expect(told.alarms).toMatchObject([
      { recordId: id, unsafe: true, kind: 'domain-changed', raisedBy: 'system:watcher' },
      { recordId: id, unsafe: true, kind: 'domain-changed', raisedBy: 'system:watcher' },
    ]);
    expect(JSON.stringify(told.alarms)).toContain('"to":"parked.example"');
    expect(JSON.stringify(told.alarms)).toContain('"to":"169.254.169.254"');
    expect(told.standing).toMatchObject({ confidence: 'medium', openAlarms: 2, unsafe: true });
    expect(told.forbidden).toEqual([]);
    expect(told.visited).toContain('GET help.example.org/contact');
    expect(
      told.visited.filter((visit) => !/^(?:HEAD|GET) (?:help\.example\.org|parked\.example)\//.test(visit)),
    ).toEqual([]);

    // What the process held and knew (SECURITY N-06).
    const inside = told.open.filter((name) => !/^(?:pipe|socket|anon_inode):|^\/dev\/null$/.test(name));
    expect(inside.filter((name) => name.includes(dir) || /sqlite|\.key|\.pem|keys|secret/i.test(name))).toEqual([]);
    if (way === 'namespace') expect(inside).toEqual([]);
    const names = told.environment.map((line) => line.split('=')[0]);
    expect(names.filter((name) => !/^(?:WAYMARK_WATCH_\w+|NODE_EXTRA_CA_CERTS|PATH|HOME)$/.test(name ?? ''))).toEqual(
      [],
    );
    expect(told.exitCode).toBe(0);

    const after = await trace(dir, id);
    expect({ ...after, actions: [] }).toEqual({ ...before, actions: [] });
    expect(after.actions.sort()).toEqual(['alarm.raise', 'alarm.raise', 'check.report']);
  },
  480_000,
);

it('imports nothing that could open the database, a key or a session', () => {
  const sources = ['apps/watcher/src', 'packages/egress/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(ROOT, folder, name)),
  );
  const imported = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from '([^'.][^']*)'/g)].map(([, what]) => what),
  );
  expect(new Set(imported)).toEqual(
    new Set([
      '@waymark/domain',
      '@waymark/egress',
      'htmlparser2',
      'ipaddr.js',
      'node:crypto',
      'node:dns',
      'node:dns/promises',
      'node:net',
      'node:timers/promises',
      'node:tls',
      'tldts',
      'undici',
      'zod',
    ]),
  );
});
