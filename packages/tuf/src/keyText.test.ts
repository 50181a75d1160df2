import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { generatePrivateKey, seedOf, toSigner } from './key.ts';
import { readKeyText } from './keyText.ts';

it('reads a key from its 32 bytes or from PKCS#8, in base64', () => {
  const key = generatePrivateKey();
  const { keyid } = toSigner(key);
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  expect(readKeyText('A', `${seedOf(key).toString('base64')}\n`).keyid).toBe(keyid);
  expect(readKeyText('A', pkcs8).keyid).toBe(keyid);
});

it.each([randomBytes(31), randomBytes(33), Buffer.alloc(0)])(
  'refuses anything else, and does not quote it',
  (bytes) => {
    const text = bytes.toString('base64');
    expect(() => readKeyText('WAYMARK_X', text)).toThrow('WAYMARK_X is no Ed25519 key');
    if (text) expect(() => readKeyText('WAYMARK_X', text)).not.toThrow(text);
  },
);
