// A root made the way people make it: policy, request, signatures on machines apart, merge, publish.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signedDigest, type SigningPolicy, type SigningRequest } from '@waymark/domain';
import type { Signer } from './key.ts';
import { mergeRoot } from './mergeRequest.ts';
import { parseSigningPolicy } from './policy.ts';
import { publishSignedRoot } from './publishSignedRoot.ts';
import { requestRenewal } from './renewal.ts';
import { readRepository } from './repository.ts';
import { reviewRoot, rootOf } from './reviewRoot.ts';
import { requestRoot } from './rootRequest.ts';
import { signRequest } from './signRequest.ts';
import {
  codeOf,
  copyOf,
  filesIn,
  later,
  newClient,
  newKeyring,
  newSigner,
  newTree,
  now,
  problemOf,
  publish,
  tempDir,
  textOf,
  type Keyring,
} from './testing.ts';

const names = ['Anna', 'Ben', 'Chris'];

function policyOf(ring: Keyring): SigningPolicy {
  const holders = (signers: Signer[]) =>
    signers.map(({ publicKey }, n) => ({ name: names[n], key: publicKey.keyval.public }));
  const online = {
    snapshot: ring.snapshotRole.publicKey.keyval.public,
    timestamp: ring.timestamp.publicKey.keyval.public,
  };
  return parseSigningPolicy(
    JSON.stringify({
      kind: 'waymark-signing-policy',
      format: 1,
      root: { threshold: 2, holders: holders(ring.root) },
      targets: { threshold: 2, holders: holders(ring.targets) },
      online,
    }),
  );
}

const sign = (request: SigningRequest, signers: Signer[]) =>
  Promise.all(signers.map((signer) => signRequest(request, signer)));

const onlineOf = (...rings: Keyring[]) => ({
  snapshotRole: rings.map((ring) => ring.snapshotRole),
  timestamp: rings.map((ring) => ring.timestamp),
});

const rootIn = (dir: string, version = 1) => readFile(join(dir, `metadata/${version}.root.json`));

/** A tree of three people with a root of the ceremony and one snapshot signed by two. */
async function begin() {
  const ring = newKeyring(3);
  const dir = await tempDir();
  const request = requestRoot({ policy: policyOf(ring), now });
  const signatures = await sign(request, ring.root.slice(1));
  const { bytes } = mergeRoot({ request, signatures, previous: undefined });
  await publishSignedRoot({ dir, root: bytes, online: onlineOf(ring), now });
  await publish({ dir, ring: { ...ring, targets: ring.targets.slice(0, 2) } }, 'first');
  return { dir, ring };
}

/** The next root as the keys of `next` want it, signed by these. */
async function nextRoot(dir: string, next: Keyring, signers: Signer[]) {
  const previous = await rootIn(dir);
  const request = requestRoot({ policy: policyOf(next), previous, now });
  const { bytes } = mergeRoot({ request, signatures: await sign(request, signers), previous });
  return { request, bytes };
}

describe('a ceremony', () => {
  it('makes root 1 that stock clients trust, and says in words who may do what', async () => {
    const { dir } = await begin();
    expect(textOf(await (await newClient(dir)).look())).toBe('first');
    const ring = newKeyring(3);
    const request = requestRoot({ policy: policyOf(ring), now });
    const review = reviewRoot({ request, previous: undefined, now });
    expect(review).toMatchObject({ version: 1, before: undefined, changes: [] });
    expect(review.words).toHaveLength(6);
    expect(review.after.targets.keys.map(({ name }) => name)).toEqual(names);
  });

  it('names what the next root changes', async () => {
    const { dir, ring } = await begin();
    const next = { ...ring, root: [...ring.root.slice(0, 2), newSigner()], timestamp: newSigner() };
    const previous = await rootIn(dir);
    const request = requestRoot({ policy: policyOf(next), previous, now });
    const { changes } = reviewRoot({ request, previous, now });
    expect(changes).toEqual([
      `root: Chris gets another key (${next.root[2]!.keyid})`,
      `timestamp: the server gets another key (${next.timestamp.keyid})`,
    ]);
  });

  it('renews a root without touching what is published', async () => {
    const { dir, ring } = await begin();
    const { bytes } = await nextRoot(dir, ring, ring.root.slice(0, 2));
    const before = await filesIn(dir);
    const result = await publishSignedRoot({ dir, root: bytes, online: onlineOf(ring), now });
    expect(result).toMatchObject({ rootVersion: 2, resigned: [] });
    expect(await filesIn(dir)).toEqual({ ...before, 'metadata/2.root.json': bytes.toString() });
  });

  it('needs enough of the old and of the new keys, and says who is missing', async () => {
    const { dir, ring } = await begin();
    const next = { ...ring, root: [ring.root[0]!, newSigner(), newSigner()] };
    const missing = await problemOf(nextRoot(dir, next, [ring.root[0]!, next.root[1]!]));
    expect(missing.code).toBe('threshold-not-met');
    expect(missing.message).toContain(
      'root 1 asks for 2 signatures under root 2; signed: Anna; still missing 1 of: Ben, Chris',
    );
    expect(await codeOf(nextRoot(dir, next, ring.root.slice(0, 2)))).toBe('threshold-not-met');
    await nextRoot(dir, next, [...ring.root.slice(0, 2), next.root[1]!]);
  });

  it('exchanges online keys: old and new sign, so that no client is left between', async () => {
    const { dir, ring } = await begin();
    const client = await newClient(dir);
    await client.look();
    const next = { ...ring, snapshotRole: newSigner(), timestamp: newSigner() };
    const { bytes } = await nextRoot(dir, next, ring.root.slice(0, 2));
    const before = await filesIn(dir);
    expect(await codeOf(publishSignedRoot({ dir, root: bytes, online: onlineOf(ring), now }))).toBe(
      'threshold-not-met',
    );
    expect(await filesIn(dir)).toEqual(before);
    const result = await publishSignedRoot({ dir, root: bytes, online: onlineOf(ring, next), now });
    expect(result.resigned).toEqual(['snapshotRole', 'timestamp']);
    expect(textOf(await client.look())).toBe('first');
  });

  it('exchanges a targets key only with what is published signed again by people, unchanged', async () => {
    const { dir, ring } = await begin();
    const client = await newClient(dir);
    await client.look();
    // Anna and Ben signed what is published; of the next keys, only Ben's did.
    const next = { ...ring, targets: [newSigner(), ...ring.targets.slice(1)] };
    const { request: root, bytes } = await nextRoot(dir, next, ring.root.slice(0, 2));
    const repository = await readRepository(dir);
    const request = requestRenewal(repository, rootOf(root), { now })!;
    expect(request).toMatchObject({ role: 'targets', version: 2, previous: { version: 1 } });
    const publishWith = async (renewal: SigningRequest | undefined, signers: Signer[]) =>
      publishSignedRoot({
        dir,
        root: bytes,
        online: onlineOf(ring),
        renewal: renewal && { request: renewal, signatures: await sign(renewal, signers) },
        now,
      });
    const before = await filesIn(dir);
    const both = next.targets.slice(1);
    expect(await codeOf(publishWith(undefined, []))).toBe('threshold-not-met');
    expect(await codeOf(publishWith(request, both.slice(1)))).toBe('threshold-not-met');
    expect(await codeOf(publishWith(request, [newSigner(), ...both]))).toBe('signature-refused');
    const signed = { ...request.signed, targets: {} };
    expect(await codeOf(publishWith({ ...request, signed, digest: signedDigest(signed) }, both))).toBe(
      'request-refused',
    );
    expect(await filesIn(dir)).toEqual(before);
    const result = await publishWith(request, both);
    expect(result.resigned).toEqual(['targets', 'snapshotRole', 'timestamp']);
    expect(textOf(await client.look())).toBe('first');
  });
});

describe('a request for a root is refused', () => {
  async function requested() {
    const { dir, ring } = await begin();
    const previous = await rootIn(dir);
    return { ring, previous, request: requestRoot({ policy: policyOf(ring), previous, now }) };
  }

  it('when anything in it was changed', async () => {
    const { request, previous } = await requested();
    const changed = structuredClone(request);
    changed.signed['expires'] = later(24 * 200)
      .toISOString()
      .replace('.000', '');
    expect(() => reviewRoot({ request: changed, previous, now })).toThrow('the request was changed');
  });

  it('when its new payload breaks a rule, whatever it says of itself', async () => {
    const { request, previous } = await requested();
    const signed = structuredClone(request.signed) as { roles: { root: { threshold: number } } };
    signed.roles.root.threshold = 1;
    const spoiled = { ...request, signed, digest: signedDigest(signed) };
    expect(() => reviewRoot({ request: spoiled, previous, now })).toThrow('threshold-one: ask for two signatures');
  });

  it('when another root came before it than the signer has', async () => {
    const { request } = await requested();
    const { dir } = await begin();
    const other = await rootIn(dir);
    expect(() => reviewRoot({ request, previous: other, now })).toThrow('follows another root 1 than yours');
    expect(() => reviewRoot({ request, previous: undefined, now })).toThrow('put 1.root.json beside the request');
    const orphan = { ...request, previous: null };
    expect(() => reviewRoot({ request: orphan, previous: undefined, now })).toThrow('names no root before it');
  });

  it('when it would follow a demo', async () => {
    const { dir } = await newTree();
    const previous = await rootIn(dir);
    expect(() => requestRoot({ policy: policyOf(newKeyring(3)), previous, now })).toThrow('a demo never becomes real');
  });

  it('when a signature is for another request, by another key, or changed', async () => {
    const { request, previous, ring } = await requested();
    const merge = async (...signatures: Awaited<ReturnType<typeof signRequest>>[]) =>
      mergeRoot({ request, signatures, previous });
    const [anna, ben] = await sign(request, ring.root.slice(0, 2));
    const [stranger] = await sign(request, [newSigner()]);
    const [targets] = await sign(request, ring.targets);
    expect(await codeOf(merge(anna!, { ...ben!, version: 3 }))).toBe('signature-refused');
    expect(await codeOf(merge(anna!, { ...ben!, signature: anna!.signature }))).toBe('signature-refused');
    expect(await codeOf(merge(anna!, stranger!))).toBe('signature-refused');
    expect(await codeOf(merge(anna!, targets!))).toBe('signature-refused');
    expect(await codeOf(merge(anna!, anna!))).toBe('threshold-not-met');
    await merge(anna!, ben!);
  });

  it('at the tree, when that has moved on or belongs to others', async () => {
    const { dir, ring } = await begin();
    const { bytes } = await nextRoot(dir, ring, ring.root.slice(0, 2));
    const online = onlineOf(ring);
    const other = await begin();
    const before = await filesIn(other.dir);
    expect(await codeOf(publishSignedRoot({ dir: other.dir, root: bytes, online, now }))).toBe('threshold-not-met');
    expect(await filesIn(other.dir)).toEqual(before);
    const later = await copyOf(dir);
    await publishSignedRoot({ dir: later, root: bytes, online, now });
    expect(await problemOf(publishSignedRoot({ dir: later, root: bytes, online, now }))).toMatchObject({
      message: expect.stringContaining('version-not-next'),
    });
  });
});
