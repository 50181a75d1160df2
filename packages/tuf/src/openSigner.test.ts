import { expect, it } from 'vitest';
import { generatePrivateKey, isSignatureBy, seedOf, toSigner } from './key.ts';
import { openSigner, openSigners } from './openSigner.ts';

const keys = [generatePrivateKey(), generatePrivateKey()];
const [first, second] = keys.map((key) => toSigner(key).keyid);
const texts = keys.map((key) => seedOf(key).toString('base64'));
const source = (held: Record<string, string>) => ({
  askPassphrase: () => Promise.reject(new Error('Nobody is asked')),
  environment: (name: string) => held[name],
});

it('opens the key that a variable of the environment holds, which signs as any other does', async () => {
  const signer = await openSigner('env:A_KEY', source({ A_KEY: `${texts[0]}\n` }));
  expect(signer.keyid).toBe(first);
  const data = Buffer.from('data');
  expect(isSignatureBy(signer.publicKey, data, await signer.sign(data))).toBe(true);
});

it('opens both keys of a rotation for who asks for all, and none for who asks for one', async () => {
  const both = source({ A_KEY: texts.join(' ') });
  expect((await openSigners('env:A_KEY', both)).map(({ keyid }) => keyid)).toEqual([first, second]);
  await expect(openSigner('env:A_KEY', both)).rejects.toMatchObject({ code: 'key-address-unknown' });
});

it.each([
  ['is not set', {}],
  ['is empty', { A_KEY: ' ' }],
])('says that there is no key when the variable %s', async (_how, held) => {
  await expect(openSigner('env:A_KEY', source(held))).rejects.toMatchObject({
    code: 'key-file-missing',
    message: expect.stringContaining('A_KEY holds no key') as string,
  });
});

it('has no environment unless it was given one', async () => {
  const { askPassphrase } = source({});
  await expect(openSigner('env:PATH', { askPassphrase })).rejects.toMatchObject({ code: 'key-file-missing' });
});
