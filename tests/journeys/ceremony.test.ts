// Three people, each with a machine of their own, make a root, sign a snapshot and exchange keys: through files alone.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PublicKeyFile } from '@waymark/domain';
import {
  findAgentSigner,
  listAgentKeys,
  publishTargets,
  readKeyFile,
  readSigningPolicy,
  resignWhenDue,
  sha256,
  verifyRepository,
} from '@waymark/tuf';
import { openPublishing } from '@waymark/services';
import { fastForward } from '../../packages/tuf/src/drill/thief.ts';
import { keysCommand } from '../../apps/cli/src/commands/keys/index.ts';
import { rootCommand } from '../../apps/cli/src/commands/root/index.ts';
import { inProcess } from '../support/inProcess.ts';
import { startSshAgent } from '../support/sshAgent.ts';
import { filesIn, serveTree } from '../support/tree.ts';

const FILES = [{ path: 'v1/directory.json', bytes: Buffer.from('{"phone":"116111"}') }];

/** Machines of the ceremony: one each, one for whoever writes the policy, and the server. */
const machines = ['anna', 'ben', 'chris', 'desk', 'server'] as const;
type Machine = (typeof machines)[number];

describe('a ceremony of three people', () => {
  let at: Record<Machine, string>;
  let base: string;
  let agent: Awaited<ReturnType<typeof startSshAgent>>;
  let passphrase: string[];
  let paper = '';

  const keys = (...args: string[]) => inProcess(keysCommand(), args);
  const root = (...args: string[]) => inProcess(rootCommand(), args);
  const repo = () => join(at.server, 'repo');
  const keyid = async (name: string) =>
    (JSON.parse(await readFile(join(at.desk, `${name}.pub.json`), 'utf8')) as PublicKeyFile).keyid;
  const agentAddress = async (name: string) => `agent:${await keyid(name)}`;

  /** The folder travels to a machine; what was signed there travels back. */
  async function carry(folder: string, to: Machine, sign: (there: string) => Promise<string>): Promise<string> {
    const there = join(at[to], folder);
    await cp(join(at.desk, folder), there, { recursive: true });
    const said = await sign(there);
    for (const name of await readdir(there))
      if (/\.sig\.json$|^(root|targets)\..*\.md$/.test(name)) await cp(join(there, name), join(at.desk, folder, name));
    return said;
  }

  const signRoot = (folder: string, who: Machine, request = 'root.request.json', key?: string) =>
    carry(folder, who, (there) =>
      root('sign', join(there, request), '--key', key ?? `file:${join(at[who], 'root.key')}`, '--yes', ...passphrase),
    );

  async function signaturesIn(folder: string, role: string): Promise<string[]> {
    const names = (await readdir(join(at.desk, folder))).sort();
    return names
      .filter((name) => name.startsWith(`${role}.`) && name.endsWith('.sig.json'))
      .map((n) => join(at.desk, folder, n));
  }

  async function look(dir: string) {
    const rootBytes = await readFile(join(repo(), 'metadata/1.root.json'));
    const url = await serveTree(repo());
    const { targets, rootVersion } = await verifyRepository({ url, rootBytes, dir, targets: 'all', fetchRetries: 0 });
    return { rootVersion, text: String(targets.get('v1/directory.json')) };
  }

  async function writePolicy(name: string, change: (policy: ReturnType<typeof firstPolicy>) => void = () => {}) {
    const policy = firstPolicy();
    change(policy);
    const file = join(at.desk, name);
    await writeFile(file, JSON.stringify(policy));
    return file;
  }

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'waymark-ceremony-'));
    at = Object.fromEntries(machines.map((name) => [name, join(base, name)])) as Record<Machine, string>;
    for (const name of machines) await mkdir(at[name]);
    await mkdir(join(base, 'agent'));
    agent = await startSshAgent(join(base, 'agent'));
    await agent.add('chris');
    vi.stubEnv('SSH_AUTH_SOCK', agent.socket);
    const file = join(base, 'passphrase');
    await writeFile(file, 'correct horse battery staple\n', { mode: 0o600 });
    passphrase = ['--passphrase-file', file];
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    agent.stop();
    await rm(base, { recursive: true, force: true });
  });

  it('begins with everybody making their keys at home; only the public halves travel', async () => {
    for (const who of ['anna', 'ben', 'chris'] as const) {
      const store = `file:${join(at[who], 'root.key')}`;
      const said = await keys('new', `${who}-root`, '--store', store, '-o', at.desk, '--paper', ...passphrase);
      expect(said).toContain(`keyid      ${await keyid(`${who}-root`)}`);
      expect(said).toMatch(/six words {2}(\w+ ?){6}\n/);
      if (who === 'chris') paper = said.slice(said.indexOf('Paper backup')).match(/ {2}1 [^]*(?=\nTo make)/)?.[0] ?? '';
    }
    for (const who of ['anna', 'ben'] as const) {
      await keys(
        'new',
        `${who}-targets`,
        '--store',
        `file:${join(at[who], 'targets.key')}`,
        '-o',
        at.desk,
        ...passphrase,
      );
    }
    await keys('new', 'chris-targets', '--store', 'agent:', '-o', at.desk);
    await expect(keys('new', 'anna-root', '--store', 'agent:', '-o', at.desk)).rejects.toThrow('exists');
    await keys('online', '--data', at.server, ...passphrase);
    for (const name of ['snapshot', 'timestamp'])
      await cp(join(at.server, 'keys', `${name}.pub.json`), join(at.desk, `${name}.pub.json`));
    const shown = await keys('show', join(at.anna, 'root.key'));
    expect(shown).toContain(await keyid('anna-root'));
    const written = await readFile(join(at.desk, 'anna-root.md'), 'utf8');
    expect(written).toContain(`- keyid: ${await keyid('anna-root')}`);
    expect(written).toMatch(/root\.key, encrypted, and on paper$/m);
    expect(JSON.stringify(await filesIn(at.desk))).not.toContain('privateKey');
  }, 480_000);

  it('can make a lost key file again from paper', async () => {
    await rm(join(at.chris, 'root.key'));
    const wordsFile = join(base, 'words');
    const restore = () =>
      keys('restore', '--store', `file:${join(at.chris, 'root.key')}`, '--words-file', wordsFile, ...passphrase);
    await writeFile(wordsFile, paper.replace(/1 \w+/, '1 zebra'));
    await expect(restore()).rejects.toThrow('A word is wrong');
    await writeFile(wordsFile, paper);
    expect(await restore()).toContain(await keyid('chris-root'));
  }, 240_000);

  it('proposes root 1 from a policy that people wrote, and refuses a policy that breaks a rule', async () => {
    const bad = await writePolicy('bad.json', (policy) => (policy.targets.threshold = 1));
    await expect(root('propose', bad, '-o', join(at.desk, 'bad'))).rejects.toThrow('ask for 2 or more');
    expect(await readdir(at.desk)).not.toContain('bad');
    const said = await root('propose', await writePolicy('policy.json'), '-o', join(at.desk, 'root1'));
    expect(said).toContain('root: any 2 of these 3 can replace every key, together');
    expect(said).toContain(`${await keyid('ben-targets')}  Ben`);
    expect(said).toContain('apps will trust it without asking anybody else');
  });

  it('signs nothing unasked, nothing changed on the way, and nothing with a key of another role', async () => {
    const before = await filesIn(at.desk);
    const request = join(at.desk, 'root1/root.request.json');
    const key = ['--key', `file:${join(at.anna, 'root.key')}`];
    await expect(root('sign', request, ...key, ...passphrase)).rejects.toThrow('add --yes');
    await expect(root('sign', request, '--key', await agentAddress('chris-targets'), '--yes')).rejects.toThrow(
      'Nothing was signed',
    );
    const stranger = await readFile(join(at.desk, 'snapshot.pub.json'), 'utf8');
    const changed = join(base, 'changed.json');
    const text = await readFile(request, 'utf8');
    const swap = (JSON.parse(stranger) as PublicKeyFile).publicKey.keyval.public;
    await writeFile(changed, text.replace(/"public": "\w+"/, `"public": "${swap}"`));
    await expect(root('sign', changed, ...key, '--yes', ...passphrase)).rejects.toThrow('the request was changed');
    expect(await filesIn(at.desk)).toEqual(before);
  });

  it('makes root 1 when two of three have signed, not before', async () => {
    const words = (said: string) => /aloud:\n {2}(.+)/.exec(said)?.[1];
    const anna = await signRoot('root1', 'anna');
    const request = join(at.desk, 'root1/root.request.json');
    await expect(root('merge', request, ...(await signaturesIn('root1', 'root')))).rejects.toThrow(
      'signed: Anna; still missing 1 of: Ben, Chris',
    );
    const chris = await signRoot('root1', 'chris');
    expect(words(chris)).toBe(words(anna));
    expect(words(chris)?.split(' ')).toHaveLength(6);
    await root('merge', request, ...(await signaturesIn('root1', 'root')));
    const file = join(at.desk, 'root1/1.root.json');
    const record = await readFile(join(at.desk, 'root1/ceremony.md'), 'utf8');
    expect([...record.matchAll(/^## (.+)$/gm)].map(([, step]) => step)).toEqual([
      'root propose, root 1',
      'root sign, root 1, Anna',
      'root sign, root 1, Chris',
      'root merge, root 1',
    ]);
    // What each was shown and compared, whose keys signed, and the root that came of it: to be printed and signed by hand.
    expect(record.match(new RegExp(`- six words: ${words(anna)}$`, 'gm'))).toHaveLength(4);
    expect(record.match(/^ {6}root: any 2 of these 3 can replace every key, together$/gm)).toHaveLength(3);
    expect(record).toContain(`Anna (${await keyid('anna-root')}), Chris (${await keyid('chris-root')})`);
    expect(record).toContain(`- sha256 of the root: ${sha256(await readFile(file))}`);
    expect(record).toMatch(/^Chris: _+$/m);
    const wrong = await writePolicy('other.json', (policy) => (policy.root.threshold = 2));
    await expect(root('publish', file, '--data', at.server, '--policy', wrong, '--yes')).rejects.toThrow();
    await root('publish', file, '--data', at.server, '--yes', ...passphrase);
    expect(await readFile(join(repo(), 'metadata/1.root.json'))).toEqual(await readFile(file));
    expect((await readSigningPolicy(at.server))?.targets.holders.map(({ name }) => name)).toEqual([
      'Anna',
      'Ben',
      'Chris',
    ]);
    expect(await root('show', '--data', at.server)).toContain('assurance threshold');
  }, 240_000);

  it('signs a snapshot by one key file and one agent, which the stock client takes', async () => {
    const word = { passphrase: (await readFile(passphrase[1]!, 'utf8')).trim() };
    const ben = await readKeyFile(join(at.ben, 'targets.key'), word);
    const chris = await findAgentSigner(agent.socket, await keyid('chris-targets'));
    const online = {
      snapshotRole: await readKeyFile(join(at.server, 'keys/snapshot.key'), word),
      timestamp: await readKeyFile(join(at.server, 'keys/timestamp.key'), word),
    };
    const now = new Date();
    const alone = publishTargets({ dir: repo(), files: FILES, signers: { targets: [ben], ...online }, now });
    await expect(alone).rejects.toMatchObject({ code: 'threshold-not-met' });
    await publishTargets({ dir: repo(), files: FILES, signers: { targets: [ben, chris], ...online }, now });
    expect(await look(join(base, 'app'))).toEqual({ rootVersion: 1, text: '{"phone":"116111"}' });
  }, 240_000);

  it('exchanges a targets key and both online keys by root 2, and every app goes on', async () => {
    await agent.add('dora');
    const dora = (await listAgentKeys(agent.socket)).find(({ comment }) => comment === 'dora');
    await expect(keys('new', 'dora-targets', '--store', 'agent:', '-o', at.desk)).rejects.toThrow('Say which');
    await keys('new', 'dora-targets', '--store', `agent:${dora?.signer.keyid}`, '-o', at.desk);
    await keys('online', '--next', '--data', at.server, ...passphrase);
    for (const name of ['snapshot.next', 'timestamp.next'])
      await cp(join(at.server, 'keys', `${name}.pub.json`), join(at.desk, `${name}.pub.json`));
    const policy = await writePolicy('policy2.json', (next) => {
      next.targets.holders[1] = { name: 'Dora', key: 'dora-targets.pub.json' };
      next.online = { snapshot: 'snapshot.next.pub.json', timestamp: 'timestamp.next.pub.json' };
    });
    const said = await root('propose', policy, '--tree', repo(), '-o', join(at.desk, 'root2'));
    expect(said).toContain(`targets: Dora comes in (${await keyid('dora-targets')})`);
    expect(said).toContain('targets: Ben leaves');
    expect(said).toContain('timestamp: the server gets another key');
    // Two root holders agree; the holders of targets keys sign again what is published, since only Chris's key stays.
    await signRoot('root2', 'anna');
    await signRoot('root2', 'ben');
    await root('merge', join(at.desk, 'root2/root.request.json'), ...(await signaturesIn('root2', 'root')));
    const renewal = await signRoot('root2', 'chris', 'targets.request.json', await agentAddress('chris-targets'));
    expect(renewal).toContain('the same 1 files as targets 1, byte by byte');
    await signRoot('root2', 'anna', 'targets.request.json', `file:${join(at.anna, 'targets.key')}`);

    const publish = ['publish', join(at.desk, 'root2/2.root.json'), '--data', at.server, '--yes', ...passphrase];
    const before = await filesIn(at.server);
    await expect(root(...publish)).rejects.toThrow('must sign targets.request.json first');
    expect(await filesIn(at.server)).toEqual(before);
    const signatures = await signaturesIn('root2', 'targets');
    const request = join(at.desk, 'root2/targets.request.json');
    const done = await root(...publish, '--targets-request', request, '--targets-signatures', ...signatures);
    expect(done).toContain('Signed anew: targets, snapshotRole, timestamp');
    expect(await look(join(base, 'app'))).toEqual({ rootVersion: 2, text: '{"phone":"116111"}' });
    expect(await look(join(base, 'new app'))).toEqual({ rootVersion: 2, text: '{"phone":"116111"}' });
    expect(await keys('online', '--data', at.server)).toContain(await keyid('snapshot.next'));
  }, 480_000);

  it('lets the replaced keys sign beside the new ones for a day, for apps that still get the old root', async () => {
    const keyPassphrase = (await readFile(passphrase[1]!, 'utf8')).trim();
    const publishing = await openPublishing({ profile: 'production', dataDir: at.server, keyPassphrase }, new Date());
    const signatories = async (hours: number) => {
      const now = new Date(Date.now() + hours * 3_600_000);
      expect((await resignWhenDue({ dir: repo(), signers: publishing.online!, now })).signed).toEqual(['timestamp']);
      const text = await readFile(join(repo(), 'metadata/timestamp.json'), 'utf8');
      return (JSON.parse(text) as { signatures: { keyid: string }[] }).signatures.map((each) => each.keyid).sort();
    };
    const [old, next] = [await keyid('timestamp'), await keyid('timestamp.next')];
    expect(await signatories(7)).toEqual([old, next].sort());
    expect(await signatories(25)).toEqual([next]);
  }, 480_000);

  it('brings every app back that a thief of both online keys sent far ahead in our own tree', async () => {
    const word = { passphrase: (await readFile(passphrase[1]!, 'utf8')).trim() };
    const cast = {
      snapshotRole: await readKeyFile(join(at.server, 'keys/snapshot.key'), word),
      timestamp: await readKeyFile(join(at.server, 'keys/timestamp.key'), word),
    };
    await fastForward({ dir: repo(), cast }, new Date());
    expect(await look(join(base, 'app'))).toMatchObject({ rootVersion: 2 });

    await keys('online', '--next', '--data', at.server, ...passphrase);
    for (const name of ['snapshot.next', 'timestamp.next'])
      await cp(join(at.server, 'keys', `${name}.pub.json`), join(at.desk, `${name}.pub.json`));
    const policy = await writePolicy('policy3.json', (next) => {
      next.targets.holders[1] = { name: 'Dora', key: 'dora-targets.pub.json' };
      next.online = { snapshot: 'snapshot.next.pub.json', timestamp: 'timestamp.next.pub.json' };
    });
    await root('propose', policy, '--tree', repo(), '-o', join(at.desk, 'root3'));
    for (const who of ['anna', 'ben'] as const) await signRoot('root3', who);
    await root('merge', join(at.desk, 'root3/root.request.json'), ...(await signaturesIn('root3', 'root')));
    const publish = ['publish', join(at.desk, 'root3/3.root.json'), '--data', at.server, '--yes', ...passphrase];
    await expect(root(...publish)).rejects.toThrow('--old-keys-lost');
    expect(await root(...publish, '--old-keys-lost')).toContain('Signed anew: snapshotRole, timestamp');
    for (const app of ['app', 'new app', 'newest app'])
      expect(await look(join(base, app))).toEqual({ rootVersion: 3, text: '{"phone":"116111"}' });
  }, 480_000);
});

function firstPolicy() {
  const holder = (role: string) => (name: string) => ({ name, key: `${name.toLowerCase()}-${role}.pub.json` });
  const people = ['Anna', 'Ben', 'Chris'];
  return {
    kind: 'waymark-signing-policy',
    format: 1,
    root: { threshold: 2, holders: people.map(holder('root')) },
    targets: { threshold: 2, holders: people.map(holder('targets')) },
    online: { snapshot: 'snapshot.pub.json', timestamp: 'timestamp.pub.json' },
  };
}
