import { describe, expect, it } from 'vitest';
import { readSignatureFile } from './readSignatureFile.ts';

const digest = 'd'.repeat(64);
const file = {
  kind: 'waymark-signature',
  format: 1,
  role: 'targets',
  version: 3,
  digest,
  keyid: 'a'.repeat(64),
  signature: 'b'.repeat(128),
};

describe('a file that somebody brings', () => {
  it('is read when it is a signature over what is to be signed', () => {
    expect(readSignatureFile(JSON.stringify(file), digest)).toEqual(file);
  });

  it('is read when several signatures were put into it', () => {
    const { role, version } = file;
    const merged = { kind: 'waymark-signatures', format: 1, role, version, digest, signatures: [file] };
    expect(readSignatureFile(JSON.stringify(merged), digest)).toEqual(merged);
    expect(readSignatureFile(JSON.stringify({ ...merged, signatures: [] }), digest)).toMatchObject({
      fault: 'malformed',
    });
  });

  it.each<[string, string, string]>([
    ['holds no JSON', 'not-json', '{"kind":'],
    ['is a request', 'malformed', JSON.stringify({ ...file, kind: 'waymark-request' })],
    ['has a signature cut short', 'malformed', JSON.stringify({ ...file, signature: 'b'.repeat(126) })],
    ['is for another snapshot', 'other-request', JSON.stringify({ ...file, digest: 'e'.repeat(64) })],
  ])('is named when it %s', (_, fault, text) => {
    expect(readSignatureFile(text, digest)).toMatchObject({ fault });
  });
});
