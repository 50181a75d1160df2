import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SignatureBundle, signingRequest, type SignatureFile, type SigningRequest } from '@waymark/domain';
import { addSignature, prepareSnapshot, publishSnapshot, showRequest, showSigning } from '@waymark/services';
import { signRequest, type Signer } from '@waymark/tuf';
import { holdCeremony } from '../../../../../tests/support/ceremony.ts';
import { inProcess } from '../../../../../tests/support/inProcess.ts';
import { enterEntry, newWorld } from '../../../../../tests/support/world.ts';
import { snapshotCommand } from '../snapshot.ts';

async function waiting() {
  const world = await newWorld();
  const { publishing, signers, stranger } = await holdCeremony(world);
  await enterEntry(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  const request = await showRequest(world.as('publisher'), publishing, sequence);
  const write = async (name: string, content: object) => {
    const file = join(world.dir, name);
    await writeFile(file, JSON.stringify(content));
    return file;
  };
  const file = await write('request.json', request);
  const by = async (name: string, signer: Signer, asked: SigningRequest = request) =>
    write(`${name}.sig.json`, await signRequest(asked, signer));
  const merge = (...signatures: string[]) =>
    inProcess(snapshotCommand(), [
      'merge',
      file,
      ...signatures,
      '--memory',
      join(world.dir, 'memory'),
      '--root',
      join(publishing.repoDir, 'metadata/1.root.json'),
    ]);
  return { world, publishing, signers, stranger, sequence, request, by, merge };
}

it('makes one file of the signatures that came back, which a publisher hands in at once', async () => {
  const { world, publishing, signers, sequence, by, merge } = await waiting();
  const said = await merge(await by('ben', signers.ben), await by('anna', signers.anna));
  expect(said).toContain('is signed by 2 keys (ben, anna)');
  const merged = SignatureBundle.parse(JSON.parse(await readFile(join(world.dir, 'request.signatures.json'), 'utf8')));
  const signing = await addSignature(world.as('publisher'), publishing, sequence, merged);
  expect(signing).toMatchObject({ state: 'complete', missing: [{ owner: 'chris' }] });
  expect(signing.signed.map(({ owner }) => owner).sort()).toEqual(['anna', 'ben']);
  const again = addSignature(world.as('publisher'), publishing, sequence, merged);
  await expect(again).rejects.toMatchObject({ refusal: { code: 'already-signed' } });
  await publishSnapshot(world.as('publisher'), publishing, sequence);
  const record = await readFile(join(world.dir, 'ceremony.md'), 'utf8');
  expect(record).toContain(`signed: ben (${signers.ben.keyid}), anna (${signers.anna.keyid})`);
});

it('writes nothing while signatures are missing, or when one does not belong', async () => {
  const { world, signers, stranger, request, by, merge } = await waiting();
  const before = await readdir(world.dir);
  const anna = await by('anna', signers.anna);
  await expect(merge(anna, anna)).rejects.toThrow('signed: anna; still missing 1 of: ben, chris');
  const other = { ...request, version: 7, signed: { ...request.signed, version: 7 } };
  await expect(merge(anna, await by('ben', signers.ben, signingRequest(other)))).rejects.toThrow(
    'it is for targets 7 with another content',
  );
  await expect(merge(anna, await by('stranger', stranger))).rejects.toThrow('is not one of the role');
  await expect(merge(anna, join(world.dir, 'request.json'))).rejects.toThrow('is not a signature file');
  const fresh = (await readdir(world.dir)).filter((name) => !before.includes(name) && !name.endsWith('.sig.json'));
  expect(fresh).toEqual(['memory']);
});

it('is taken in whole or not at all: with one bad signature nothing of it is kept', async () => {
  const { world, publishing, signers, sequence, request } = await waiting();
  const good = await signRequest(request, signers.anna);
  const { role, version, digest } = request;
  const bundleOf = (...signatures: SignatureFile[]): SignatureBundle => ({
    kind: 'waymark-signatures',
    format: 1,
    role,
    version,
    digest,
    signatures,
  });
  const forged = { ...(await signRequest(request, signers.ben)), signature: good.signature };
  const bring = (bundle: SignatureBundle) => addSignature(world.as('publisher'), publishing, sequence, bundle);
  await expect(bring(bundleOf(good, forged))).rejects.toMatchObject({ refusal: { code: 'signature-wrong' } });
  expect((await showSigning(world.as('publisher'), publishing, sequence)).signed).toEqual([]);
  // What was handed in before is no reason to refuse the rest.
  await bring(bundleOf(good));
  const both = await bring(bundleOf(good, await signRequest(request, signers.ben)));
  expect(both.signed).toHaveLength(2);
});
