import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signingRequest, URGENT_PATH, UrgentWithdrawals } from '@waymark/domain';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import { delegationRefusals, toDelegations, type UrgentDelegation } from './delegation.ts';
import type { Signer } from './key.ts';
import { assemble, signForRole, type SignedFile } from './metadata.ts';
import { signOnline } from './online.ts';
import { publishTargets } from './publish.ts';
import { publishRoot } from './publishRoot.ts';
import { readRepository } from './repository.ts';
import { signRequest } from './signRequest.ts';
import { resignWhenDue } from './resign.ts';
import { repositoryStatus } from './status.ts';
import { buildUrgent, factsOf } from './targets.ts';
import {
  codeOf,
  filesIn,
  later,
  newClient,
  newDutyTree,
  newSigner,
  newTree,
  now,
  problemOf,
  publish,
  rootKeysOf,
  sequenceOf,
  signersOf,
  textOf,
  withdraw,
  withdrawalsOf,
} from './testing.ts';
import { publishSignedUrgent, urgentFile, urgentRequest } from './urgent.ts';
import type { Targets } from '@tufjs/models';

type Tree = Awaited<ReturnType<typeof newDutyTree>>;

/** Puts urgent metadata into the tree as a thief of the online keys would, with no rule of ours in the way. */
async function forge(tree: Tree, urgent: SignedFile<Targets>): Promise<void> {
  const { dir, ring } = tree;
  const repository = await readRepository(dir);
  const { targets } = repository.published!;
  const online = await signOnline(repository, { targets, urgent }, signersOf(ring), { now });
  const put = (name: string, bytes: Buffer) => writeFile(join(dir, 'metadata', name), bytes);
  await put(`${urgent.metadata.signed.version}.urgent.json`, urgent.bytes);
  await put(`${online.snapshotRole.metadata.signed.version}.snapshot.json`, online.snapshotRole.bytes);
  await put('timestamp.json', online.timestamp.bytes);
}

async function problemCode(client: Awaited<ReturnType<typeof newClient>>): Promise<string | undefined> {
  const { urgent } = await client.look();
  return urgent && 'problem' in urgent ? urgent.problem.code : undefined;
}

describe('the urgent lane', () => {
  it('tells a stock client what one person on duty withdrew, and leaves the targets as they are', async () => {
    const tree = await newDutyTree();
    const client = await newClient(tree.dir);
    expect(sequenceOf(await client.look())).toBe(0);
    const { urgentVersion, snapshotVersion } = await withdraw(tree, withdrawalsOf(1));
    expect({ urgentVersion, snapshotVersion }).toEqual({ urgentVersion: 1, snapshotVersion: 2 });
    const seen = await client.look();
    expect(seen.versions).toMatchObject({ targets: 1, snapshotRole: 2, timestamp: 2 });
    expect(textOf(seen)).toBe('text');
    expect(sequenceOf(seen)).toBe(1);
    const names = await readdir(join(tree.dir, 'targets/urgent'));
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.withdrawn\.json$/)]);
    await withdraw(tree, { ...withdrawalsOf(2), withdrawn: [] });
    expect(sequenceOf(await client.look())).toBe(2);
  });

  it('stays through publications, re-signing and a new root', async () => {
    const { dir, ring, duty } = await newDutyTree();
    const client = await newClient(dir);
    await withdraw({ dir, ring, duty }, withdrawalsOf(1));
    await publish({ dir, ring }, 'news');
    expect(textOf(await client.look())).toBe('news');
    expect(sequenceOf(await client.look())).toBe(1);
    expect((await resignWhenDue({ dir, signers: signersOf(ring), now: later(16 * 24) })).signed).toHaveLength(2);
    expect(sequenceOf(await client.look())).toBe(1);
    const next = { ...ring, targets: [newSigner()], snapshotRole: newSigner(), timestamp: newSigner() };
    const signers = {
      root: ring.root,
      targets: [...ring.targets, ...next.targets],
      snapshotRole: [ring.snapshotRole, next.snapshotRole],
      timestamp: [ring.timestamp, next.timestamp],
    };
    await publishRoot({ dir, keys: rootKeysOf(next), profile: 'demo', signers, now: later(16 * 24) });
    expect(sequenceOf(await client.look())).toBe(1);
    await withdraw({ dir, ring: next, duty }, withdrawalsOf(2), { now: later(16 * 24) });
    expect(sequenceOf(await client.look())).toBe(2);
  });

  it('is listed for ever, because clients refuse metadata that forgets it; but a key that is off duty counts no more', async () => {
    const { dir, ring, duty } = await newDutyTree();
    const client = await newClient(dir);
    await withdraw({ dir, ring, duty }, withdrawalsOf(1));
    await client.look();
    const relief = newSigner();
    await publish({ dir, ring }, 'news', { delegations: { keys: [relief.publicKey] } });
    expect(textOf(await client.look())).toBe('news');
    expect(await problemCode(client)).toBe('signature-invalid');
    expect((await repositoryStatus({ dir, now })).distrusted).toEqual(['urgent']);
    expect(await codeOf(withdraw({ dir, ring, duty }, withdrawalsOf(2)))).toBe('signature-key-unknown');
    await withdraw({ dir, ring, duty: relief }, withdrawalsOf(2));
    expect(sequenceOf(await client.look())).toBe(2);

    await publish({ dir, ring }, 'without the lane', { delegations: null });
    const seen = await client.look();
    expect([textOf(seen), seen.urgent]).toEqual(['without the lane', undefined]);
    expect((await repositoryStatus({ dir, now })).roles.urgent).toBeUndefined();
    expect(await codeOf(withdraw({ dir, ring, duty: relief }, withdrawalsOf(3)))).toBe('not-delegated');
  });

  it('shows in the status, with its own dates', async () => {
    const tree = await newDutyTree();
    const stateAt = async (hours: number) =>
      (await repositoryStatus({ dir: tree.dir, now: later(hours) })).roles.urgent?.state;
    expect(await stateAt(0)).toBe('unpublished');
    await withdraw(tree, withdrawalsOf(1));
    const { roles } = await repositoryStatus({ dir: tree.dir, now });
    expect(roles.urgent).toMatchObject({ version: 1, daysLeft: 30, threshold: 1, keyids: [tree.duty.keyid] });
    expect([await stateAt(20 * 24), await stateAt(21 * 24), await stateAt(30 * 24)]).toEqual([
      'ok',
      'alarm',
      'expired',
    ]);
  });
});

describe('the urgent lane refuses, and writes nothing', () => {
  it('keys that are not on duty: of targets, of root, online ones, strangers', async () => {
    const { dir, ring } = await newDutyTree();
    const before = await filesIn(dir);
    for (const duty of [ring.targets[0]!, ring.root[0]!, ring.snapshotRole, newSigner()]) {
      expect(await codeOf(withdraw({ dir, ring, duty }, withdrawalsOf(1)))).toBe('signature-key-unknown');
    }
    expect(await filesIn(dir)).toEqual(before);
  });

  it('a list with another content than was signed, one that is not newer, one that says more than it may', async () => {
    const tree = await newDutyTree();
    const { dir, ring, duty } = tree;
    await withdraw(tree, withdrawalsOf(5));
    const before = await filesIn(dir);
    const withdrawals = withdrawalsOf(6);
    const request = await urgentRequest({ dir, withdrawals, now });
    const signatures = [await signRequest(request, duty)];
    const release = (changes: Partial<Parameters<typeof publishSignedUrgent>[0]>) =>
      publishSignedUrgent({ dir, request, signatures, withdrawals, online: signersOf(ring), now, ...changes });
    expect(await codeOf(release({ withdrawals: withdrawalsOf(7) }))).toBe('urgent-refused');
    expect(await codeOf(release({ withdrawals: { ...withdrawals, withdrawn: [] } }))).toBe('urgent-refused');
    const noted = { ...withdrawals, withdrawn: [{ ...withdrawals.withdrawn[0]!, note: 'hijacked by …' }] };
    expect(await codeOf(release({ withdrawals: noted }))).toBe('urgent-refused');
    for (const sequence of [4, 5]) {
      expect(await codeOf(urgentRequest({ dir, withdrawals: withdrawalsOf(sequence), now }))).toBe('urgent-refused');
    }
    // A duty key that adds a number of its own to the file list, or delegates on.
    const { targets } = request.signed as { targets: Record<string, unknown> };
    const more = { ...targets, 'urgent/numbers.json': targets[URGENT_PATH] };
    for (const extra of [{ targets: more }, { delegations: toDelegations({ keys: [duty.publicKey] }) }]) {
      const evil = signingRequest({ ...request, signed: { ...request.signed, ...extra } });
      const attempt = release({ request: evil, signatures: [await signRequest(evil, duty)] });
      expect(await codeOf(attempt)).toBe('urgent-refused');
    }
    expect(await filesIn(dir)).toEqual(before);
    await release({});
    expect(await codeOf(release({}))).toBe('request-outdated');
  });

  it('without anything published, and without a delegation', async () => {
    const tree = await newTree();
    expect(await codeOf(urgentRequest({ dir: tree.dir, withdrawals: withdrawalsOf(1), now }))).toBe('not-delegated');
    await publish(tree, 'text');
    expect(await codeOf(urgentRequest({ dir: tree.dir, withdrawals: withdrawalsOf(1), now }))).toBe('not-delegated');
  });

  it('a file under urgent/ among the targets of the people', async () => {
    const tree = await newDutyTree();
    const files = [{ path: URGENT_PATH, bytes: Buffer.from('{}') }];
    expect(await codeOf(publishTargets({ dir: tree.dir, files, signers: signersOf(tree.ring), now }))).toBe(
      'target-refused',
    );
  });
});

describe('a stock client', () => {
  const signUrgent = async (tree: Tree, path: string, signer: Signer) => {
    const { targets } = (await readRepository(tree.dir)).published!;
    const file = factsOf({ ...urgentFile(withdrawalsOf(1)), path });
    const unsigned = buildUrgent({ version: 1, file, now });
    if (signer === tree.duty) return signForRole([targets.metadata], 'urgent', unsigned, [signer]);
    const signature = (await signer.sign(canonicalBytes(unsigned.toJSON()))).toString('hex');
    return assemble(unsigned, [{ keyid: tree.duty.keyid, signature }]);
  };

  it('does not follow a duty key to any other path', async () => {
    const tree = await newDutyTree();
    const client = await newClient(tree.dir);
    for (const path of ['v1/directory.json', 'v1/other.json', 'other.json']) {
      await forge(tree, await signUrgent(tree, path, tree.duty));
      expect(textOf(await client.look())).toBe('text');
      expect(await problemCode(client)).toBe('target-unknown');
      expect(await codeOf(client.look({ targets: ['v1/other.json'] }))).toBe('target-unknown');
    }
  });

  it('refuses the lane that a stranger signed, and still gets the directory', async () => {
    const tree = await newDutyTree();
    const client = await newClient(tree.dir);
    await forge(tree, await signUrgent(tree, URGENT_PATH, newSigner()));
    expect(await problemCode(client)).toBe('signature-invalid');
    expect(textOf(await client.look())).toBe('text');
    expect(await readdir(join(client.dir, 'targets'))).not.toContain(encodeURIComponent(URGENT_PATH));
  });

  it('refuses a list whose bytes were changed', async () => {
    const tree = await newDutyTree();
    await withdraw(tree, withdrawalsOf(1));
    const [name = ''] = await readdir(join(tree.dir, 'targets/urgent'));
    const path = join(tree.dir, 'targets/urgent', name);
    await writeFile(path, (await readFile(path, 'utf8')).replace('unsafe', 'closed'));
    expect(await problemCode(await newClient(tree.dir))).toBe('hash-mismatch');
  });
});

describe('delegationRefusals', () => {
  it('knows what speaks against duty keys', async () => {
    const { dir, ring } = await newTree();
    const { root } = await readRepository(dir);
    const [ana, bo] = [newSigner().publicKey, newSigner().publicKey];
    const of = (delegation: UrgentDelegation) => delegationRefusals(toDelegations(delegation), root);
    expect(of({ keys: [ana] })).toEqual([]);
    expect(of({ keys: [ana, bo], threshold: 2 })).toEqual([]);
    expect(of({ keys: [] })).toEqual(['no-key', 'threshold-above-keys']);
    expect(of({ keys: [ana, ana] })).toEqual(['same-key-twice']);
    expect(of({ keys: [ana], threshold: 2 })).toEqual(['threshold-above-keys']);
    expect(of({ keys: [ana], threshold: 0 })).toEqual(['threshold-malformed']);
    expect(of({ keys: [ana], threshold: 1.5 })).toEqual(['threshold-malformed']);
    for (const signer of [ring.root[0]!, ring.targets[0]!, ring.snapshotRole, ring.timestamp]) {
      expect(of({ keys: [ana, signer.publicKey] })).toEqual(['duty-key-in-root']);
    }
    const more = { ...ana, note: 'ana' };
    expect(of({ keys: [more] })).toEqual(['key-not-three-fields']);
    const sound = toDelegations({ keys: [ana] });
    const [role] = sound.roles;
    const rows: [unknown, string][] = [
      [{ ...sound, roles: [{ ...role!, paths: ['*'] }] }, 'paths-wrong'],
      [{ ...sound, roles: [{ ...role!, paths: ['urgent/*', 'v1/*'] }] }, 'paths-wrong'],
      [{ ...sound, roles: [{ ...role!, terminating: false }] }, 'not-terminating'],
      [{ ...sound, roles: [{ ...role!, name: 'other' }] }, 'not-the-urgent-role'],
      [{ ...sound, roles: [role!, role!] }, 'not-the-urgent-role'],
      [{ ...sound, roles: [{ ...role!, keyids: ['0'.repeat(64)] }] }, 'key-unknown'],
      [null, 'not-the-urgent-role'],
    ];
    for (const [delegations, refusal] of rows) expect(delegationRefusals(delegations, root)).toContain(refusal);
  });

  it('keeps unsound ones out of the tree, from either side', async () => {
    const { dir, ring, duty } = await newDutyTree();
    const before = await filesIn(dir);
    const { code, message } = await problemOf(publish({ dir, ring }, 'x', { delegations: { keys: [] } }));
    expect([code, message]).toEqual(['delegation-refused', expect.stringContaining('no-key')]);
    const keys = rootKeysOf({ ...ring, root: [duty] });
    const signers = { root: [...ring.root, duty] };
    expect(await codeOf(publishRoot({ dir, keys, profile: 'demo', signers, now }))).toBe('delegation-refused');
    expect(await filesIn(dir)).toEqual(before);
  });
});

it('lists hold nothing but what the schema names', () => {
  expect(UrgentWithdrawals.safeParse({ ...withdrawalsOf(1), by: 'somebody' }).success).toBe(false);
});
