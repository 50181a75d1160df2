import { describe, expect, it } from 'vitest';
import { signedBytes, signingRequest } from '@waymark/domain';
import { fromHex } from '../audit/hex.ts';
import { makeBrowserKey, signWithBrowserKey, type BrowserRole } from './browserKey.ts';

const at = '2026-05-04T09:00:00Z';
const make = (role: BrowserRole) => makeBrowserKey({ person: 'p1', role, name: 'Ida', createdAt: at });
const request = signingRequest({
  role: 'targets',
  version: 7,
  createdAt: at,
  signed: { _type: 'targets', version: 7, targets: {} },
  previous: null,
});

describe('a key in the browser', () => {
  it('cannot be taken out', async () => {
    const { privateKey } = await make('targets');
    expect(privateKey.extractable).toBe(false);
    for (const format of ['pkcs8', 'jwk'] as const)
      await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow();
  });

  it('signs the canonical bytes of the payload, and says whose signature it is', async () => {
    const key = await make('targets');
    const file = await signWithBrowserKey(key, request);
    expect(file).toMatchObject({ role: 'targets', version: 7, digest: request.digest, keyid: key.keyid });
    const half = await crypto.subtle.importKey('raw', bytes(key.publicKey.keyval.public), 'Ed25519', true, ['verify']);
    const holds = (signed: unknown) =>
      crypto.subtle.verify('Ed25519', half, bytes(file.signature), new Uint8Array(signedBytes(signed)));
    expect(await holds(request.signed)).toBe(true);
    expect(await holds({ ...request.signed, version: 8 })).toBe(false);
  });

  it('signs by the payload, whatever digest the request claims', async () => {
    const file = await signWithBrowserKey(await make('targets'), { ...request, digest: 'f'.repeat(64) });
    expect(file.digest).toBe(request.digest);
  });

  it('signs nothing of another role', async () => {
    await expect(signWithBrowserKey(await make('urgent'), request)).rejects.toThrow('signs no targets');
  });
});

/** Bytes over a buffer of their own, as WebCrypto wants them. */
function bytes(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromHex(hex));
}
