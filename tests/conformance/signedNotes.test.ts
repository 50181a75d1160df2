import { createPrivateKey, createPublicKey, sign as signEd25519 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  cosignNote,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  SIGNATURE,
  signNote,
  verifierKey,
  type SignBytes,
} from '@waymark/domain';
import { verifyEd25519 as verify } from '@waymark/services';

/** A key from its seed, so that the published signatures come out again. */
function keyFrom(seed: Uint8Array): { publicKey: Uint8Array; sign: SignBytes } {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url'), sign: (message) => signEd25519(null, message, privateKey) };
}

// c2sp.org/signed-note, "Example".
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

// golang.org/x/mod/sumdb/note, note_test.go: the seed and what it signs.
const PETER_SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const codeOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'accepted',
      (error: { code?: string }) => error.code,
    );

describe('verifier keys', () => {
  it.each([EXAMPLE_KEY, PETER, ENOCH])('reads and writes %s', (text) => {
    expect(formatVerifierKey(parseVerifierKey(text))).toBe(text);
  });

  it('refuses every part of one, and every one with a letter changed', async () => {
    for (let i = 0; i < PETER.length; i += 1) {
      expect(await codeOf(() => parseVerifierKey(PETER.slice(0, i)))).toBe('malformed');
      if (i > 0) expect(await codeOf(() => parseVerifierKey(PETER.slice(i)))).toBe('malformed');
      const changed = PETER.slice(0, i) + String.fromCharCode(PETER.charCodeAt(i) + 1) + PETER.slice(i + 1);
      expect(await codeOf(() => parseVerifierKey(changed)), changed).toBe('malformed');
    }
  });

  it.each([
    // The same file of x/mod: a key of another length, and another algorithm, each with the id that would fit.
    'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  ])('refuses %s', async (text) => expect(await codeOf(() => parseVerifierKey(text))).toBe('malformed'));
});

describe('signed notes', () => {
  it('verifies the example of the specification', async () => {
    const { text, verified } = await openNote(EXAMPLE, [parseVerifierKey(EXAMPLE_KEY)], verify);
    expect(text).toBe('This is an example message.\n');
    expect(verified.map(({ key }) => key.name)).toEqual(['example.com/foo']);
  });

  it('signs byte for byte as the Go implementation does, and replaces its own older signature', async () => {
    const { publicKey, sign } = keyFrom(PETER_SEED);
    const key = verifierKey('PeterNeumann', SIGNATURE.ed25519, publicKey);
    expect(formatVerifierKey(key)).toBe(PETER);
    const older = { name: key.name, keyId: key.keyId, signature: new Uint8Array(64) };
    const note = await signNote({ text: TEXT, signatures: [older] }, key, sign);
    expect(formatNote(note)).toBe(`${TEXT}\n${PETER_LINE}`);
  });

  it('ignores signatures by others, and says which of several keys signed', async () => {
    const message = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`;
    const [peter, enoch] = [parseVerifierKey(PETER), parseVerifierKey(ENOCH)];
    expect((await openNote(message, [peter], verify)).verified).toEqual([{ key: peter, at: undefined }]);
    expect((await openNote(message, [peter, enoch], verify)).verified.map(({ key }) => key)).toEqual([peter, enoch]);
    expect(await codeOf(() => openNote(message, [parseVerifierKey(EXAMPLE_KEY)], verify))).toBe('not-signed');
  });

  it('refuses a note whose line by a known key is wrong, even beside a good one', async () => {
    const forged = ENOCH_LINE.replace('HOnp', 'HOnq');
    const spoilt = forged === ENOCH_LINE ? ENOCH_LINE.replace('rwz+eBzm', 'rwz+eBzn') : forged;
    const keys = [parseVerifierKey(PETER), parseVerifierKey(ENOCH)];
    expect(await codeOf(() => openNote(`${TEXT}\n${PETER_LINE}${spoilt}`, keys, verify))).toBe('signature-wrong');
    expect(await codeOf(() => openNote(`another${TEXT}\n${PETER_LINE}`, keys, verify))).toBe('signature-wrong');
  });

  it.each([
    ['no signature', TEXT],
    ['an empty list of them', `${TEXT}\n`],
    ['no newline at the end', `${TEXT}\n${PETER_LINE.slice(0, -1)}`],
    ['a control character', `\u0001${TEXT}\n${PETER_LINE}`],
    ['a carriage return', `${TEXT.replace('\n', '\r\n')}\n${PETER_LINE}`],
    ['half a character', `\ud800${TEXT}\n${PETER_LINE}`],
    ['a name with a space', `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Bad Name')}`],
    ['a name with a plus', `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Bad+Name')}`],
    ['another line', `${TEXT}\n${PETER_LINE}Unexpected line.\n`],
    ['too many signatures', `${TEXT}\n${PETER_LINE.repeat(101)}`],
    ['loose bits in the base64', `${TEXT}\n${PETER_LINE.replace('AM=', 'AN=')}`],
  ])('refuses %s', async (_what, message) => {
    expect(await codeOf(() => parseNote(message))).toBe('malformed');
  });

  it('takes blank lines inside the text', async () => {
    const { publicKey, sign } = keyFrom(PETER_SEED);
    const key = verifierKey('PeterNeumann', SIGNATURE.ed25519, publicKey);
    const text = 'one\n\ntwo\n\n';
    const message = formatNote(await signNote({ text, signatures: [] }, key, sign));
    expect((await openNote(message, [key], verify)).text).toBe(text);
  });
});

describe('checkpoints', () => {
  // c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature print these lines.
  const HEAD = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const log = verifierKey('example.com/log', SIGNATURE.ed25519, keyFrom(PETER_SEED).publicKey);
  const { sign } = keyFrom(PETER_SEED);

  it('reads and writes the example of the specification', () => {
    const head = parseCheckpoint(HEAD);
    expect(head).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(formatCheckpoint(head)).toBe(HEAD);
    expect(parseCheckpoint(`${HEAD}extension\n`)).toEqual(head);
  });

  it.each([
    ['a leading zero', HEAD.replace('20852163', '020852163')],
    ['no size', HEAD.replace('20852163', '')],
    ['a size past what we count', HEAD.replace('20852163', '9999999999999999')],
    ['a short root', HEAD.replace('CsUY', '')],
    ['no origin', HEAD.slice(HEAD.indexOf('\n'))],
    ['an empty extension line', `${HEAD}\n`],
    ['no newline at the end', HEAD.slice(0, -1)],
  ])('refuses %s', async (_what, text) => expect(await codeOf(() => parseCheckpoint(text))).toBe('malformed'));

  it('takes a head from nobody but the log it names', async () => {
    const own = formatCheckpoint({ origin: 'example.com/log', size: 1, root: 'ab'.repeat(32) });
    const note = formatNote(await signNote({ text: own, signatures: [] }, log, sign));
    expect(await openCheckpoint(note, log, verify)).toMatchObject({ size: 1, root: 'ab'.repeat(32) });
    const others = formatNote(await signNote({ text: HEAD, signatures: [] }, log, sign));
    expect(await codeOf(() => openCheckpoint(others, log, verify))).toBe('not-signed');
  });

  it('carries cosignatures with their time, and does not take one for the signature of the log', async () => {
    const witness = verifierKey('witness.example/w1', SIGNATURE.cosignature, keyFrom(new Uint8Array(32)).publicKey);
    const own = formatCheckpoint({ origin: 'example.com/log', size: 1, root: 'ab'.repeat(32) });
    const signed = await signNote({ text: own, signatures: [] }, log, sign);
    const both = await cosignNote(signed, witness, keyFrom(new Uint8Array(32)).sign, 1_679_315_147);
    // The struct of tlog-cosignature: eight bytes of time, 64 of signature.
    expect(Buffer.from(both.signatures[1]!.signature.subarray(0, 8)).toString('base64')).toBe('AAAAAGQYUMs=');
    const { verified } = await openCheckpoint(formatNote(both), log, verify, [witness]);
    expect(verified).toEqual([
      { key: log, at: undefined },
      { key: witness, at: 1_679_315_147 },
    ]);
    const alone = { ...both, signatures: both.signatures.slice(1) };
    expect(await codeOf(() => openCheckpoint(formatNote(alone), log, verify, [witness]))).toBe('not-signed');
    const later = { ...both, text: both.text.replace('\n1\n', '\n2\n') };
    expect(await codeOf(() => openNote(formatNote(later), [witness], verify))).toBe('signature-wrong');
  });
});
