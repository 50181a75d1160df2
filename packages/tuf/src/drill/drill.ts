import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishRoot } from '../publishRoot.ts';
import { resignWhenDue } from '../resign.ts';
import {
  buildRehearsal,
  copyRehearsal,
  onlineOf,
  readScript,
  replaceFirst,
  replaceOnline,
  signersOf,
  toRoot,
  type Cast,
  type People,
  type Rehearsal,
} from './rehearsal.ts';
import { newApp, withServer, type App, type Say } from './stage.ts';
import { changeNumber, fastForward } from './thief.ts';

/** What a scenario works with: a tree of its own, an app that has looked once, and what that app saw. */
type Scene = {
  tree: Rehearsal;
  app: App;
  urlOf: (dir: string) => string;
  seen: string;
  scratch: string;
  now: Date;
  say: Say;
};

const scenarios: [string, (scene: Scene) => Promise<void>][] = [
  ['A root holder loses their key', loseRootKey],
  ['A holder of a targets key loses it', loseTargetsKey],
  ['The online keys are stolen, and the thief sends apps far ahead', stealOnlineKeys],
  ['One targets key and the whole server are stolen, and the thief changes a number', stealTargetsKey],
];

/**
 * Rehearses the emergencies of SNAPSHOTS §4.7 on copies of a tree with throwaway keys: same files, same number of people.
 * Before and after each, an app looks, with the stock TUF client. The tree itself is only read.
 * @param options.say is told each step
 * @returns the names of what was rehearsed
 * @throws Error as soon as an app takes what it should refuse, or refuses what it should take
 */
export async function drill(options: { dir: string; now: Date; say: Say }): Promise<string[]> {
  const { dir, say } = options;
  const now = new Date(Math.floor(options.now.getTime() / 1000) * 1000);
  const script = await readScript(dir);
  say(`Rehearsed with ${script.files.length} files and ${describe(script.cast.root)}, by throwaway keys.`);
  if (script.isDemo) say('This is a demo with one key per role; in real use nothing begins with fewer than 2 of 3.');
  const scratch = await mkdtemp(join(tmpdir(), 'waymark-drill-'));
  try {
    await withServer(scratch, async (urlOf) => {
      const original = await buildRehearsal(scratch, script, { root: now, targets: now });
      for (const [title, play] of scenarios) {
        say(`\n${title}`);
        const tree = await copyRehearsal(scratch, original);
        const app = await newApp(scratch, tree.dir, tree.probe, indent(say));
        const seen = await app.sees(urlOf(tree.dir), 'looks before');
        await play({ tree, app, urlOf, seen, scratch, now, say: indent(say) });
      }
      say(`\n${expiryTitle}`);
      await letRootExpire(scratch, script, urlOf, now, indent(say));
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return [...scenarios.map(([title]) => title), expiryTitle];
}

async function loseRootKey(scene: Scene): Promise<void> {
  const { tree, now, say } = scene;
  const [lost, ...others] = tree.cast.root.people;
  say(`${lost?.name} has lost the key. The others sign root 2, which names a new key of ${lost?.name}:`);
  say('waymark root propose, sign by each, merge, publish');
  const next: Cast = { ...tree.cast, root: replaceFirst(tree.cast.root) };
  const signers = { root: others.map(({ signer }) => signer) };
  await publishRoot({ dir: tree.dir, ...toRoot(next), profile: 'production', signers, now });
  await requireSame(scene, 'looks after root 2');
}

async function loseTargetsKey(scene: Scene): Promise<void> {
  const { tree, now, say } = scene;
  const [lost] = tree.cast.targets.people;
  say(`${lost?.name} has lost the key. Root 2 names a new one; what is published is signed again by the others:`);
  say('waymark root propose --tree, sign root.request.json and targets.request.json, merge, publish --targets-request');
  const next: Cast = { ...tree.cast, targets: replaceFirst(tree.cast.targets) };
  const targets = signersOf(next.targets).slice(1);
  const signers = { root: signersOf(tree.cast.root), targets, ...onlineLists(tree.cast) };
  await publishRoot({ dir: tree.dir, ...toRoot(next), profile: 'production', signers, now });
  await requireSame(scene, 'looks after root 2');
}

async function stealOnlineKeys(scene: Scene): Promise<void> {
  const { tree, app, urlOf, scratch, now, say } = scene;
  const stolen = await copyRehearsal(scratch, tree);
  await fastForward(stolen, now);
  say('A thief shows apps snapshot and timestamp metadata 2147483647, signed with the stolen keys.');
  const shown = await app.sees(urlOf(stolen.dir), 'looks at what the thief serves');
  if (shown !== scene.seen) throw new Error('the thief of the online keys changed a number');
  await app.isRefused(urlOf(tree.dir), 'rollback', 'looks at the true tree again');
  say('Root 2 replaces both online keys; the new ones sign alone:');
  say('waymark keys online --next, root propose, sign, merge, publish --old-keys-lost');
  const next = replaceOnline(tree.cast);
  const signers = { root: signersOf(tree.cast.root), ...onlineLists(next) };
  await publishRoot({ dir: tree.dir, ...toRoot(next), profile: 'production', signers, now, oldKeysLost: true });
  await requireSame(scene, 'looks after root 2');
  const later = new Date(now.getTime() + 7 * 3_600_000);
  const { signed } = await resignWhenDue({ dir: tree.dir, signers: onlineOf(next), now: later });
  say(`seven hours later the server signs again, with the new keys: ${signed.join(', ')}`);
  await requireSame(scene, 'looks once more');
}

async function stealTargetsKey(scene: Scene): Promise<void> {
  const { tree, app, urlOf, scratch, now, say } = scene;
  const [victim] = tree.cast.targets.people;
  if (!victim) throw new Error('nobody holds a targets key');
  const stolen = await copyRehearsal(scratch, tree);
  await changeNumber(stolen, victim.signer, tree.cast, now);
  say(`A thief has the key of ${victim.name} and both online keys, and publishes another number.`);
  await app.isRefused(urlOf(stolen.dir), 'signature-invalid', 'looks at what the thief serves');
  const fresh = await newApp(scratch, tree.dir, tree.probe, say);
  await fresh.isRefused(urlOf(stolen.dir), 'signature-invalid', 'installed today, looks at it');
  say('Root 2 replaces that key and both online keys; what is published is signed again by the others:');
  say('waymark root propose --tree, sign root.request.json and targets.request.json, merge, publish --old-keys-lost');
  const next = replaceOnline({ ...tree.cast, targets: replaceFirst(tree.cast.targets) });
  const targets = signersOf(next.targets).slice(1);
  const signers = { root: signersOf(tree.cast.root), targets, ...onlineLists(next) };
  await publishRoot({ dir: tree.dir, ...toRoot(next), profile: 'production', signers, now, oldKeysLost: true });
  await requireSame(scene, 'looks after root 2');
  const again = await copyRehearsal(scratch, tree);
  await changeNumber(again, victim.signer, tree.cast, now);
  await app.isRefused(urlOf(again.dir), 'signature-invalid', 'looks at what the thief serves now');
}

const expiryTitle = 'The root has expired unnoticed';

async function letRootExpire(
  scratch: string,
  script: Parameters<typeof buildRehearsal>[1],
  urlOf: (dir: string) => string,
  now: Date,
  say: Say,
): Promise<void> {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const tree = await buildRehearsal(scratch, script, { root: hoursAgo(365 * 24 + 1), targets: hoursAgo(2) });
  const app = await newApp(scratch, tree.dir, tree.probe, say);
  await app.isRefused(urlOf(tree.dir), 'expired', 'looks an hour after root 1 expired');
  say('An expired root still introduces the next, so the old keys sign root 2:');
  say('waymark root propose, sign by each, merge, publish');
  const signers = { root: signersOf(tree.cast.root) };
  await publishRoot({ dir: tree.dir, ...toRoot(tree.cast), profile: 'production', signers, now });
  await app.sees(urlOf(tree.dir), 'looks after root 2');
}

async function requireSame({ tree, app, urlOf, seen }: Scene, what: string): Promise<void> {
  if ((await app.sees(urlOf(tree.dir), what)) !== seen) throw new Error('an app sees another content than before');
}

function onlineLists({ snapshotRole, timestamp }: Cast) {
  return { snapshotRole: [snapshotRole], timestamp: [timestamp] };
}

function describe({ threshold, people }: People): string {
  return `${people.length} holders of whom ${threshold} must sign`;
}

function indent(say: Say): Say {
  return (line) => say(`  ${line}`);
}
