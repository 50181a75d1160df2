import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generatePrivateKey, isSignatureBy, keyidOf, toSigner } from './key.ts';

describe('a key', () => {
  it('is written with exactly three fields, and its id is the hash of just those', () => {
    const { publicKey, keyid } = toSigner(generatePrivateKey());
    expect(Object.keys(publicKey)).toEqual(['keytype', 'scheme', 'keyval']);
    const canonical = `{"keytype":"ed25519","keyval":{"public":"${publicKey.keyval.public}"},"scheme":"ed25519"}`;
    expect(keyid).toBe(createHash('sha256').update(canonical).digest('hex'));
    expect(keyidOf(publicKey)).toBe(keyid);
  });

  it('signs bytes that only its own public key verifies', async () => {
    const [alice, bob] = [toSigner(generatePrivateKey()), toSigner(generatePrivateKey())];
    const data = Buffer.from('data');
    const signature = await alice.sign(data);
    expect(isSignatureBy(alice.publicKey, data, signature)).toBe(true);
    expect(isSignatureBy(bob.publicKey, data, signature)).toBe(false);
    expect(isSignatureBy(alice.publicKey, Buffer.from('date'), signature)).toBe(false);
  });

  it('shows nothing private, however the signer is printed', () => {
    const privateKey = generatePrivateKey();
    const printed = JSON.stringify(toSigner(privateKey));
    const secret = privateKey.export({ format: 'jwk' }).d ?? '';
    expect(printed).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  });
});
