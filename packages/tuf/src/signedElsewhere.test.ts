import type { SignatureFile, SigningRequest } from '@waymark/domain';
import { DEFAULT_CALENDAR, signingRequest } from '@waymark/domain';
import { describe, expect, it } from 'vitest';
import type { Signer } from './key.ts';
import { publishSignedTargets, targetsRequest } from './publish.ts';
import { publishRoot } from './publishRoot.ts';
import { checkSignature, signRequest } from './signRequest.ts';
import { repositoryStatus } from './status.ts';
import { factsOf } from './targets.ts';
import {
  codeOf,
  directoryOf,
  filesIn,
  later,
  newClient,
  newKeyring,
  newSigner,
  newTree,
  now,
  publish,
  rootKeysOf,
  signersOf,
  textOf,
} from './testing.ts';

/** A tree with one directory out, and a request for the next that two of three people will sign. */
async function asked(text = 'next', at = now) {
  const ring = newKeyring(3);
  const longAgo = later(-6.5 * 24);
  const tree = await newTree({ ring, threshold: 2, profile: 'production', now: longAgo });
  await publish({ ...tree, ring: { ...ring, targets: ring.targets.slice(0, 2) } }, 'first', {
    now: longAgo,
    calendar: { ...DEFAULT_CALENDAR, timestamp: { valid: 168, windowOpens: 66, alarm: 48 } },
  });
  const files = directoryOf(text);
  const request = await targetsRequest({ dir: tree.dir, files: files.map(factsOf), now: at });
  const sign = (...signers: Signer[]) => Promise.all(signers.map((signer) => signRequest(request, signer)));
  const release = (signatures: SignatureFile[], changes: Partial<Parameters<typeof publishSignedTargets>[0]> = {}) =>
    publishSignedTargets({ dir: tree.dir, request, signatures, files, online: signersOf(ring), now, ...changes });
  return { ...tree, request, files, sign, release };
}

describe('publishSignedTargets', () => {
  it('publishes what two of three people signed on machines of their own, days before', async () => {
    const { dir, ring, request, sign, release } = await asked('next', later(-6 * 24));
    expect(request).toMatchObject({ kind: 'waymark-request', role: 'targets', version: 2, previous: { version: 1 } });
    const client = await newClient(dir);
    expect(textOf(await client.look())).toBe('first');
    const [, bo, cy] = ring.targets;
    expect(await release(await sign(cy!, bo!))).toMatchObject({ targetsVersion: 2, snapshotVersion: 2 });
    expect(textOf(await client.look())).toBe('next');
    const { roles } = await repositoryStatus({ dir, now });
    expect(roles.targets.signedAt).toBe(later(-6 * 24).toISOString());
  });

  it('writes the same bytes in whatever order the signatures came', async () => {
    const one = await asked();
    const [ana, bo] = one.ring.targets;
    const { targetsSha256 } = await one.release(await one.sign(ana!, bo!));
    const steps = one.release(await one.sign(bo!, ana!));
    expect(await codeOf(steps)).toBe('request-outdated');
    const again = await targetsRequest({ dir: one.dir, files: one.files.map(factsOf), now });
    expect(again.previous).toEqual({ version: 2, sha256: targetsSha256 });
  });
});

describe('publishSignedTargets refuses, and writes nothing', () => {
  it('too few signatures, one twice, one of a stranger, one of another role, one of other bytes', async () => {
    const { dir, ring, request, sign, release } = await asked();
    const before = await filesIn(dir);
    const [ana, bo] = ring.targets;
    const [good, other] = await sign(ana!, bo!);
    const spoiled = { ...other!, signature: good!.signature };
    const rows: [SignatureFile[], string][] = [
      [[], 'threshold-not-met'],
      [[good!], 'threshold-not-met'],
      [[good!, good!], 'signature-twice'],
      [[good!, ...(await sign(newSigner()))], 'signature-key-unknown'],
      [[good!, ...(await sign(ring.root[0]!))], 'signature-key-unknown'],
      [[good!, ...(await sign(ring.snapshotRole))], 'signature-key-unknown'],
      [[good!, spoiled], 'signature-wrong'],
      [[good!, { ...other!, signature: 'abc' }], 'signature-wrong'],
      [[good!, { ...other!, digest: '0'.repeat(64) }], 'signature-of-other-request'],
      [[good!, { ...other!, version: 3 }], 'signature-of-other-request'],
      [[good!, { ...other!, role: 'urgent' }], 'signature-of-other-request'],
      // Enough good ones do not carry a bad one.
      [[good!, other!, { ...other!, keyid: newSigner().keyid }], 'signature-key-unknown'],
    ];
    for (const [signatures, code] of rows) expect(await codeOf(release(signatures)), code).toBe(code);
    expect(await filesIn(dir)).toEqual(before);
    for (const [signatures, code] of rows) {
      const refusals = signatures.map((signature) =>
        checkSignature(
          request,
          signature,
          ring.targets.map(({ publicKey }) => publicKey),
        ),
      );
      const isAboutOne = !['threshold-not-met', 'signature-twice'].includes(code);
      expect(refusals.find((refusal) => refusal !== undefined)).toBe(isAboutOne ? code : undefined);
    }
  });

  it('a request that was changed after it was signed, or that lies about its digest', async () => {
    const { dir, ring, request, sign, release } = await asked();
    const before = await filesIn(dir);
    const signatures = await sign(ring.targets[0]!, ring.targets[1]!);
    const signed = { ...request.signed, expires: '2099-01-01T00:00:00Z' };
    const changes: [SigningRequest, string][] = [
      [{ ...request, signed }, 'lifetime-refused'],
      [{ ...request, signed: { ...request.signed, 'x-more': 'this' } }, 'request-refused'],
      [{ ...request, digest: '0'.repeat(64) }, 'request-refused'],
      [{ ...request, role: 'urgent' }, 'request-refused'],
      [signingRequest({ ...request, signed: { ...request.signed, version: 3 } }), 'request-refused'],
      [signingRequest({ ...request, signed: { ...request.signed, 'x-more': 'this' } }), 'signature-of-other-request'],
    ];
    for (const [changed, code] of changes) expect(await codeOf(release(signatures, { request: changed }))).toBe(code);
    expect(await filesIn(dir)).toEqual(before);
  });

  it('files that are not those that were signed, or not all', async () => {
    const { dir, ring, files, sign, release } = await asked();
    const before = await filesIn(dir);
    const signatures = await sign(ring.targets[0]!, ring.targets[1]!);
    const others = [
      directoryOf('evil'),
      files.slice(1),
      [...files, { path: 'v1/more.json', bytes: Buffer.from('{}') }],
    ];
    for (const other of others) expect(await codeOf(release(signatures, { files: other }))).toBe('target-refused');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('a request that something overtook: another publication, a root, a number that was used', async () => {
    const { dir, ring, sign, release } = await asked();
    const two = ring.targets.slice(0, 2);
    const signatures = await sign(...two);
    const cut = (step: string) => {
      if (step === 'write metadata/2.snapshot.json') throw new Error('power cut');
    };
    const lost = publish({ dir, ring: { ...ring, targets: two } }, 'something else', { onStep: cut });
    await expect(lost).rejects.toThrow('power cut');
    expect(await codeOf(release(signatures))).toBe('request-outdated');

    const other = await asked();
    const others = await other.sign(...other.ring.targets.slice(0, 2));
    await publish({ dir: other.dir, ring: { ...other.ring, targets: other.ring.targets.slice(1) } }, 'quicker');
    expect(await codeOf(other.release(others))).toBe('request-outdated');

    const rooted = await asked();
    const next = { ...rooted.ring, targets: newKeyring(3).targets };
    const signers = {
      root: rooted.ring.root,
      targets: [...rooted.ring.targets, ...next.targets],
      snapshotRole: [next.snapshotRole],
      timestamp: [next.timestamp],
    };
    const keys = rootKeysOf(next, 2);
    await publishRoot({ dir: rooted.dir, keys, profile: 'production', signers, now });
    const before = await filesIn(rooted.dir);
    const bySigners = await rooted.sign(...rooted.ring.targets.slice(0, 2));
    expect(await codeOf(rooted.release(bySigners))).toBe('request-outdated');
    expect(await filesIn(rooted.dir)).toEqual(before);
  });

  it('a key that left the role between request and publication', async () => {
    const { dir, ring, sign, release } = await asked();
    const [ana, bo, cy] = ring.targets;
    const next = { ...ring, targets: [ana!, bo!, newSigner()] };
    await publishRoot({ dir, keys: rootKeysOf(next, 2), profile: 'production', signers: { root: ring.root }, now });
    expect(await codeOf(release(await sign(ana!, cy!)))).toBe('signature-key-unknown');
    await release(await sign(ana!, bo!));
  });

  it('a request from the future, and one that would soon be worth nothing', async () => {
    const { ring, sign, release } = await asked();
    const signatures = await sign(ring.targets[0]!, ring.targets[1]!);
    expect(await codeOf(release(signatures, { now: later(-1) }))).toBe('clock-before-last-signed');
    expect(await codeOf(release(signatures, { now: later(91 * 24) }))).toBe('request-expired');
    await release(signatures, { now: later(89 * 24) });
  });
});
