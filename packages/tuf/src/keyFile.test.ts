import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { generatePrivateKey } from './key.ts';
import { readKeyFile, writeKeyFile } from './keyFile.ts';
import { codeOf, problemOf, filesIn, tempDir } from './testing.ts';

const demo = { demo: true } as const;

describe('a key file', () => {
  let path: string;
  beforeEach(async () => {
    path = join(await tempDir(), 'keys', 'alice.key');
  });

  it('gives back the same key, encrypted, readable by its owner alone', { timeout: 240_000 }, async () => {
    const privateKey = generatePrivateKey();
    const passphrase = 'correct horse bättery';
    const written = await writeKeyFile(path, privateKey, { passphrase });

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    const text = await readFile(path, 'utf8');
    const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url').toString('hex');
    expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ encryption: { kdf: 'scrypt', n: 131072, r: 8, p: 1 } });

    // Decomposed: the same keys pressed on a Mac.
    const read = await readKeyFile(path, { passphrase: passphrase.normalize('NFD') });
    expect(read.keyid).toBe(written.keyid);

    const { code, message } = await problemOf(readKeyFile(path, { passphrase: 'hunter2' }));
    expect(code).toBe('key-passphrase-wrong');
    expect(message).not.toContain('hunter2');
    expect(await codeOf(readKeyFile(path, demo))).toBe('key-passphrase-missing');

    await writeFile(path, text.replace(written.keyid, 'ab'.repeat(32)));
    expect(await codeOf(readKeyFile(path, { passphrase }))).toBe('key-passphrase-wrong');
  });

  it('is plain only for who says demo, on writing and on reading', async () => {
    const written = await writeKeyFile(path, generatePrivateKey(), demo);
    expect((await readKeyFile(path, demo)).keyid).toBe(written.keyid);
    expect(await codeOf(readKeyFile(path, { passphrase: 'x' }))).toBe('key-file-not-encrypted');
  });

  it('takes no empty passphrase, and leaves no file behind', async () => {
    expect(await codeOf(writeKeyFile(path, generatePrivateKey(), { passphrase: '' }))).toBe('key-passphrase-missing');
    expect(await codeOf(readKeyFile(path, demo))).toBe('key-file-missing');
  });

  it.each(['0644', '0640', '0604', '0660'])(
    'is refused with mode %s, and the message says what to do',
    async (mode) => {
      await writeKeyFile(path, generatePrivateKey(), demo);
      await chmod(path, Number.parseInt(mode, 8));
      expect(await problemOf(readKeyFile(path, demo))).toMatchObject({
        code: 'key-file-mode',
        message: expect.stringContaining(`mode ${mode}`),
      });
    },
  );

  it('is never overwritten', async () => {
    await writeKeyFile(path, generatePrivateKey(), demo);
    const before = await filesIn(join(path, '..'));
    expect(await codeOf(writeKeyFile(path, generatePrivateKey(), demo))).toBe('key-file-exists');
    expect(await filesIn(join(path, '..'))).toEqual(before);
  });

  it('is refused when it is missing, empty, something else, or cut short; no message quotes its content', async () => {
    expect(await codeOf(readKeyFile(path, demo))).toBe('key-file-missing');
    await writeKeyFile(path, generatePrivateKey(), demo);
    const whole = await readFile(path, 'utf8');
    const { privateKey } = JSON.parse(whole) as { privateKey: string };
    const cases = [
      ['', 'key-file-empty'],
      [whole.slice(0, -40), 'key-file-malformed'],
      ['{}', 'key-file-malformed'],
      [whole.replace(privateKey, privateKey.slice(0, -2)), 'key-file-malformed'],
    ] as const;
    for (const [text, code] of cases) {
      await writeFile(path, text);
      expect(await problemOf(readKeyFile(path, demo))).toMatchObject({
        code,
        message: expect.not.stringContaining(privateKey.slice(32, 60)),
      });
    }
  });

  it("is refused when its private half is another key's", async () => {
    await writeKeyFile(path, generatePrivateKey(), demo);
    const { privateKey: own } = JSON.parse(await readFile(path, 'utf8')) as { privateKey: string };
    const other = generatePrivateKey().export({ format: 'der', type: 'pkcs8' }).toString('hex');
    await writeFile(path, (await readFile(path, 'utf8')).replace(own, other));
    expect(await codeOf(readKeyFile(path, demo))).toBe('key-wrong');
  });
});
