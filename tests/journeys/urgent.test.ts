// The urgent lane of a production world: one key on duty tells apps at once what is out of sight, and no other key can.
import type { KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SignatureFile, UrgentWithdrawals, type AuditAction } from '@waymark/domain';
import {
  addSignature,
  addUrgentSignature,
  confirmSnapshot,
  followUrgent,
  prepareSnapshot,
  publishSnapshot,
  showRequest,
  showUrgent,
  suspendAndRemove,
  type Publishing,
} from '@waymark/services';
import { dueMail, listAuditEvents, openUrgentRequest, urgentSignaturesOf } from '@waymark/store';
import { generatePrivateKey, parseSigningPolicy, signRequest, toSigner, writeKeyFile, type Signer } from '@waymark/tuf';
import { holdCeremony, type Ceremony } from '../support/ceremony.ts';
import { approve, enterEntry, newWorld, propose, type World } from '../support/world.ts';
import { download, filesIn, publishAs, publishingOf, temporaryFolder } from '../support/tree.ts';
import { waymark } from '../support/waymark.ts';

const newSigner = (): Signer => toSigner(generatePrivateKey());
const unsafe = { reason: 'unsafe', note: 'the number was taken over by a fraudster' } as const;

let world: World;
let ceremony: Ceremony;
let publishing: Publishing;
let dutyKey: KeyObject;
let duty: Signer;

/** A tree as `holdCeremony` makes it, and a policy that puts two people on duty. */
beforeEach(async () => {
  world = await newWorld();
  ceremony = await holdCeremony(world);
  dutyKey = generatePrivateKey();
  duty = toSigner(dutyKey);
  const holder = (name: string, { publicKey }: Signer) => ({ name, key: publicKey.keyval.public });
  const policy = {
    kind: 'waymark-signing-policy',
    format: 1,
    root: { threshold: 2, holders: ['Ada', 'Ben', 'Cem'].map((name) => holder(name, newSigner())) },
    targets: { threshold: 2, holders: Object.entries(ceremony.signers).map(([name, key]) => holder(name, key)) },
    urgent: { threshold: 1, holders: [holder('Dana', duty), holder('Emil', newSigner())] },
    online: { snapshot: newSigner().publicKey.keyval.public, timestamp: newSigner().publicKey.keyval.public },
  };
  publishing = { ...ceremony.publishing, policy: parseSigningPolicy(JSON.stringify(policy)) };
});

async function publishByPeople(): Promise<void> {
  const { sequence, gate } = await prepareSnapshot(world.as('publisher'), publishing);
  const request = await showRequest(world.as('publisher'), publishing, sequence);
  for (const signer of [ceremony.signers.anna, ceremony.signers.ben])
    await addSignature(world.as('publisher'), publishing, sequence, await signRequest(request, signer));
  if (gate.needsSecond) await confirmSnapshot(world.as('secondPublisher'), publishing, sequence, 'they were suspended');
  await publishSnapshot(world.as('publisher'), publishing, sequence);
}

async function requestNow() {
  const { request } = await showUrgent(world.as('curator'), publishing);
  if (!request) throw new Error('Nothing waits for a duty key');
  return request;
}

const bring = (signature: SignatureFile) => addUrgentSignature(world.as('curator'), publishing, signature);
const sign = async (signer = duty) => bring(await signRequest(await requestNow(), signer));

/** What an app gets of the lane by the stock client; undefined before the first list. */
async function listOf(tree: Publishing): Promise<UrgentWithdrawals | undefined> {
  const { urgent } = await download(tree);
  if (!urgent) return undefined;
  if ('problem' in urgent) throw urgent.problem;
  return UrgentWithdrawals.parse(JSON.parse(urgent.bytes.toString()));
}

const eventsOf = async (action: AuditAction) =>
  (await listAuditEvents(world.store.read, { action, order: 'asc', limit: 20, offset: 0 })).data;

const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error & { refusal?: { code: string } }) => error.refusal?.code ?? error.message,
  );

describe('the urgent lane', () => {
  it('tells apps of a suspension as soon as one person on duty has signed', async () => {
    const { id } = await enterEntry(world);
    await publishByPeople();
    const ctx = { ...world.as('curator'), post: { origin: 'https://waymark.example' } };
    const { clients } = await suspendAndRemove(ctx, publishing, id, unsafe);
    expect(clients).toMatchObject({ state: 'still-shown', why: { code: 'signatures-missing' } });
    expect(await listOf(publishing)).toBeUndefined();
    const letters = (await dueMail(world.store.read, '9999', 20)).filter(({ subject }) => subject.includes('duty key'));
    expect(letters.length).toBeGreaterThan(0);
    expect(letters[0]?.body).toContain('https://waymark.example/#/urgent');

    const view = await sign();
    expect(view).toMatchObject({ request: null, published: { sequence: 1, version: 1 } });
    expect(view.holders.map(({ owner }) => owner)).toEqual(['Dana', 'Emil']);
    const list = await listOf(publishing);
    expect(list).toMatchObject({ sequence: 1, withdrawn: [{ id, reason: 'unsafe' }] });
    // The note could help whoever took the number over.
    expect(JSON.stringify(list)).not.toContain('fraudster');
    expect(await eventsOf('urgent.sign')).toMatchObject([{ payload: { keyid: duty.keyid, owner: 'Dana' } }]);
    expect(await eventsOf('urgent.publish')).toMatchObject([
      { subject: 'urgent:1', payload: { signed: [duty.keyid] } },
    ]);
    expect(await followUrgent(world.asSystem('test'), publishing)).toBeUndefined();
    expect(await eventsOf('urgent.request')).toHaveLength(1);
  });

  it('takes a signature that came from a machine of its own, made by no other key', async () => {
    const { id } = await enterEntry(world);
    await publishByPeople();
    await suspendAndRemove(world.as('curator'), publishing, id, unsafe);
    const dir = await temporaryFolder();
    const file = join(dir, 'urgent.json');
    await writeFile(file, JSON.stringify(await showUrgent(world.as('curator'), publishing)));
    await writeFile(join(dir, 'root.json'), await readFile(join(publishing.repoDir, 'metadata/1.root.json')));
    await writeFile(join(dir, 'passphrase'), 'correct horse');
    const signWith = async (key: KeyObject, out: string) => {
      await writeKeyFile(join(dir, `${out}.key`), key, { passphrase: 'correct horse' });
      const options = ['--memory', dir, '--passphrase-file', join(dir, 'passphrase'), '--yes', '-o', join(dir, out)];
      return waymark(['urgent', 'sign', file, '--key', `file:${join(dir, `${out}.key`)}`, ...options]);
    };

    const wrong = await signWith(ceremony.keys.anna, 'anna.json');
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.err).toContain('it is no duty key');
    expect(Object.keys(await filesIn(dir))).not.toContain('anna.json');
    const { code: exit, out } = await signWith(dutyKey, 'duty.json');
    expect(exit).toBe(0);
    expect(out).toContain(`${id}  unsafe, since`);
    await bring(SignatureFile.parse(JSON.parse(await readFile(join(dir, 'duty.json'), 'utf8'))));
    expect(await listOf(publishing)).toMatchObject({ withdrawn: [{ id }] });
  }, 240_000);

  it('refuses every other signature and keeps nothing of it', async () => {
    const { id } = await enterEntry(world);
    const other = await enterEntry(world);
    await publishByPeople();
    await suspendAndRemove(world.as('curator'), publishing, id, unsafe);
    const older = await signRequest(await requestNow(), duty);
    await suspendAndRemove(world.as('curator'), publishing, other.id, unsafe);
    const request = await requestNow();
    expect(request.version).toBe(older.version);

    expect(await code(bring(older))).toBe('signature-of-other-request');
    expect(await code(sign(ceremony.signers.anna))).toBe('signature-key-unknown');
    expect(await code(sign(ceremony.stranger))).toBe('signature-key-unknown');
    const good = await signRequest(request, duty);
    expect(await code(bring({ ...good, signature: older.signature }))).toBe('signature-wrong');
    expect(await code(bring({ ...good, role: 'targets' }))).toBe('signature-of-other-request');
    expect(await code(addUrgentSignature(world.as('visitor'), publishing, good))).toBe('not-permitted');
    const open = await openUrgentRequest(world.store.read);
    expect(open).toMatchObject({ sequence: 2 });
    expect(await urgentSignaturesOf(world.store.read, 2)).toEqual([]);
    expect(await eventsOf('urgent.sign')).toEqual([]);
    expect(await listOf(publishing)).toBeUndefined();

    await bring(good);
    expect((await listOf(publishing))?.withdrawn.map((one) => one.id)).toEqual([id, other.id].sort());
    expect(await code(bring(good))).toBe('not-found');
  });

  it('asks for a shorter list when the suspension is lifted or a snapshot leaves the entry out, and before the old one expires', async () => {
    const { id } = await enterEntry(world);
    const other = await enterEntry(world);
    await publishByPeople();
    await suspendAndRemove(world.as('curator'), publishing, id, unsafe);
    await suspendAndRemove(world.as('curator'), publishing, other.id, unsafe);
    await sign();
    await approve(world, await propose(world, { kind: 'lift', recordType: 'entry', recordId: id }));
    await followUrgent(world.asSystem('test'), publishing);
    await sign();
    expect((await listOf(publishing))?.withdrawn.map((one) => one.id)).toEqual([other.id]);

    await publishByPeople();
    const { withdrawals } = await showUrgent(world.as('curator'), publishing);
    expect(withdrawals).toMatchObject({ withdrawn: [] });
    await sign();
    expect(await listOf(publishing)).toMatchObject({ withdrawn: [] });

    world.wait({ days: 14 });
    expect(await followUrgent(world.asSystem('test'), publishing)).toBeUndefined();
    world.wait({ days: 2 });
    expect(await followUrgent(world.asSystem('test'), publishing)).toMatchObject({ withdrawals: { withdrawn: [] } });
  });

  it('signs by itself in a demo', async () => {
    const demoWorld = await newWorld();
    const demo = await publishingOf(demoWorld);
    const { id } = await enterEntry(demoWorld);
    await publishAs(demoWorld, demo);
    await suspendAndRemove(demoWorld.as('curator'), demo, id, unsafe);
    expect(await listOf(demo)).toMatchObject({ sequence: 1, withdrawn: [{ id }] });
    await publishAs(demoWorld, demo);
    expect(await listOf(demo)).toMatchObject({ sequence: 2, withdrawn: [] });
  });
});
