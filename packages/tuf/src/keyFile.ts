import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  randomBytes,
  scrypt,
  type KeyObject,
  type ScryptOptions,
} from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PublicKey } from '@waymark/domain';
import { keyidOf, toPublicKey, toSigner, type Signer } from './key.ts';
import { TufProblem } from './problem.ts';

/** How the private key lies in its file. Plain only where somebody wrote `demo: true` in so many words. */
export type KeyProtection = { passphrase: string } | { demo: true };

type Encryption = { kdf: 'scrypt'; n: number; r: number; p: number; salt: string; cipher: 'aes-256-gcm'; iv: string };
type KeyFile = {
  kind: 'waymark-key';
  format: 1;
  keyid: string;
  publicKey: PublicKey;
  /** PKCS#8 DER in hex. With `encryption`: the ciphertext followed by the 16-byte tag. */
  privateKey: string;
  encryption?: Encryption;
};

// 128 MiB and about a second per guess. Node's own encrypted PKCS#8 is PBKDF2 with 2 048 rounds (SNAPSHOTS §4.2).
const cost = { n: 2 ** 17, r: 8, p: 1 };
const tagBytes = 16;

/**
 * Writes a private key to a new file, mode 0600, in a directory made 0700 if it is missing.
 * @returns the signer of that key
 * @throws TufProblem `key-file-exists` (a key is never overwritten), `key-passphrase-missing`
 */
export async function writeKeyFile(path: string, privateKey: KeyObject, protection: KeyProtection): Promise<Signer> {
  if (await isFile(path)) throw new TufProblem('key-file-exists', `${path} exists; a key is never overwritten`);
  const publicKey = toPublicKey(privateKey);
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
  const about = { kind: 'waymark-key' as const, format: 1 as const, keyid: keyidOf(publicKey), publicKey };
  const file: KeyFile =
    'passphrase' in protection
      ? { ...about, ...(await encrypt(secret, protection.passphrase, about.keyid)) }
      : { ...about, privateKey: secret.toString('hex') };
  secret.fill(0);
  await writeSecretly(path, JSON.stringify(file, null, 1) + '\n');
  return toSigner(privateKey);
}

/**
 * Reads a key file and proves that its private half belongs to its public half.
 * @throws TufProblem `key-file-missing`, `key-file-empty`, `key-file-mode` (readable by others), `key-file-malformed`,
 *   `key-file-not-encrypted` (plain, and nobody said `demo`), `key-passphrase-missing`, `key-passphrase-wrong`, `key-wrong`
 */
export async function readKeyFile(path: string, protection: KeyProtection): Promise<Signer> {
  const file = parseKeyFile(path, await readSecretly(path));
  const secret = await privateBytes(path, file, protection);
  const privateKey = parsePrivateKey(path, secret);
  secret.fill(0);
  const signer = toSigner(privateKey);
  if (signer.keyid !== file.keyid) {
    throw new TufProblem('key-wrong', `${path}: the private key does not belong to keyid ${file.keyid}`);
  }
  return signer;
}

/**
 * The public half of a key file, which lies in it in the clear; no passphrase is needed.
 * @throws TufProblem `key-file-missing`, `key-file-empty`, `key-file-mode`, `key-file-malformed`, `key-wrong`
 */
export async function readPublicHalf(path: string): Promise<PublicKey> {
  const { keyid, publicKey } = parseKeyFile(path, await readSecretly(path));
  if (keyidOf(publicKey) === keyid) return publicKey;
  throw new TufProblem('key-wrong', `${path}: the public key is not the one of keyid ${keyid}`);
}

/** Does a key file lie here? Says nothing about whether it can be read. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function privateBytes(path: string, file: KeyFile, protection: KeyProtection): Promise<Buffer> {
  if (!file.encryption) {
    if ('demo' in protection) return Buffer.from(file.privateKey, 'hex');
    throw new TufProblem(
      'key-file-not-encrypted',
      `${path} is not encrypted; that is allowed in the demo profile only`,
    );
  }
  if (!('passphrase' in protection)) {
    throw new TufProblem('key-passphrase-missing', `${path} is encrypted and no passphrase was given`);
  }
  return decrypt(path, file, file.encryption, protection.passphrase);
}

async function encrypt(secret: Buffer, passphrase: string, keyid: string) {
  if (passphrase === '') throw new TufProblem('key-passphrase-missing', 'the passphrase is empty');
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  // The keyid is authenticated too, so that a file cannot be relabelled as another person's key.
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), iv).setAAD(Buffer.from(keyid));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  const encryption: Encryption = {
    kdf: 'scrypt',
    ...cost,
    salt: salt.toString('hex'),
    cipher: 'aes-256-gcm',
    iv: iv.toString('hex'),
  };
  return { privateKey: sealed.toString('hex'), encryption };
}

async function decrypt(path: string, file: KeyFile, encryption: Encryption, passphrase: string): Promise<Buffer> {
  const sealed = Buffer.from(file.privateKey, 'hex');
  const key = await derive(passphrase, Buffer.from(encryption.salt, 'hex'));
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(encryption.iv, 'hex'), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(file.keyid)).setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    // GCM cannot tell a wrong passphrase from a changed file.
    throw new TufProblem('key-passphrase-wrong', `${path}: wrong passphrase, or the file was changed`);
  }
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  const options: ScryptOptions = { N: cost.n, r: cost.r, p: cost.p, maxmem: 256 * 2 ** 20 };
  // NFKC: the same keys pressed on another system give the same bytes.
  const text = passphrase.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function parsePrivateKey(path: string, der: Buffer): KeyObject {
  try {
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The cause is dropped on purpose: a parser's message may quote what it read.
  }
  throw new TufProblem('key-file-malformed', `${path} does not hold an Ed25519 private key`);
}

function parseKeyFile(path: string, text: string): KeyFile {
  try {
    const file: unknown = JSON.parse(text);
    if (isKeyFile(file)) return file;
  } catch {
    // As above: JSON.parse quotes the text around the mistake.
  }
  throw new TufProblem('key-file-malformed', `${path} is not a key file of this program`);
}

const hex = /^(?:[0-9a-f]{2})+$/;

function isKeyFile(value: unknown): value is KeyFile {
  const file = value as Partial<KeyFile> | null;
  return (
    file?.kind === 'waymark-key' &&
    file.format === 1 &&
    typeof file.keyid === 'string' &&
    PublicKey.safeParse(file.publicKey).success &&
    typeof file.privateKey === 'string' &&
    hex.test(file.privateKey) &&
    (file.encryption === undefined || isEncryption(file.encryption))
  );
}

// Only the cost we write ourselves: a file must not choose a cheap one, nor one that eats the memory.
function isEncryption(value: Partial<Encryption> | null): boolean {
  return (
    value?.kdf === 'scrypt' &&
    value.cipher === 'aes-256-gcm' &&
    value.n === cost.n &&
    value.r === cost.r &&
    value.p === cost.p &&
    typeof value.salt === 'string' &&
    hex.test(value.salt) &&
    typeof value.iv === 'string' &&
    hex.test(value.iv)
  );
}

async function readSecretly(path: string): Promise<string> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new TufProblem('key-file-missing', `${path} is missing or cannot be opened`, { cause });
  });
  try {
    const { mode, size } = await handle.stat();
    if ((mode & 0o077) !== 0) {
      const found = (mode & 0o777).toString(8).padStart(4, '0');
      throw new TufProblem('key-file-mode', `${path} has mode ${found}: others can read it. Run: chmod 600 ${path}`);
    }
    if (size === 0) throw new TufProblem('key-file-empty', `${path} is empty`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function writeSecretly(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const staged = `${path}.tmp`;
  await rm(staged, { force: true });
  const handle = await open(staged, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(staged, path);
  const directory = await open(dirname(path), 'r');
  await directory.sync().finally(() => directory.close());
}
