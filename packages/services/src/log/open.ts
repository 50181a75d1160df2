import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import {
  LogDefect,
  openCheckpoint,
  SIGNATURE,
  verifierKey,
  type SignBytes,
  type SignedCheckpoint,
  type VerifierKey,
} from '@waymark/domain';
import {
  generatePrivateKey,
  privateKeyOf,
  readKeyFile,
  toSigner,
  TufProblem,
  writeKeyFile,
  type KeyProtection,
  type Signer,
} from '@waymark/tuf';
import { readPassphrase } from '../snapshots/openKeys.ts';
import { publishingPaths, type PublishingSettings } from '../snapshots/publishing.ts';
import { verifyEd25519 } from './ed25519.ts';

/** The audit log as outsiders see it: where its files lie and who signs its heads. Made once at start. */
export type PublicLog = {
  /** `log` inside the public tree. */
  dir: string;
  /** Where readers find it, relative to the server or whole. */
  url: string;
  /** The log's name and public key; null while there is none. */
  key: VerifierKey | null;
  sign: SignBytes | null;
  /** Keys of outsiders whose cosignatures are taken and served. */
  witnesses: readonly VerifierKey[];
  /** Why heads are not published, for a person; null while they are. */
  off: string | null;
};

export type PublicLogSettings = Pick<
  PublishingSettings,
  'profile' | 'dataDir' | 'repoDir' | 'keysDir' | 'keyPassphrase' | 'keyPassphraseFile' | 'repoUrl'
> & {
  /** The name the log signs under, for ever: outsiders know it by this name. */
  logOrigin: string;
  /** The key's seed, 64 hex digits, where no key file is wanted on the machine. */
  logKey?: string | undefined;
  /** Keys of outsiders who watch the log and may hand their cosignatures back. */
  logWitnesses?: readonly VerifierKey[] | undefined;
};

/**
 * The name a log has when nobody chose one: the host people type and a path, as c2sp.org/tlog-checkpoint recommends. The
 * demo's does not follow its port, since another name is another log.
 */
export function defaultLogOrigin(origin: string | undefined): string {
  return `${origin === undefined ? 'localhost' : new URL(origin).host}/log`;
}

/** The checkpoint is written last and read first. */
export const CHECKPOINT = 'checkpoint';
/** The log's verifier key, beside it for convenience: whoever trusts it has it from elsewhere. */
export const KEY = 'key';

/**
 * Opens the log's key. The demo makes a plain one; production makes an encrypted one with the server's passphrase, once,
 * before the first head is published: a second key under the same name would be another log. What does not fit switches
 * publishing of heads off and says why; the log itself goes on (SECURITY R-09).
 */
export async function openPublicLog(settings: PublicLogSettings): Promise<PublicLog> {
  const { repoDir, keysDir } = publishingPaths(settings);
  const common = {
    dir: join(repoDir, 'log'),
    url: `${settings.repoUrl ?? '/repo'}/log`,
    witnesses: settings.logWitnesses ?? [],
  };
  try {
    const signer = await openLogSigner(settings, join(keysDir, 'log.key'), common.dir);
    const publicKey = Buffer.from(signer.publicKey.keyval.public, 'hex');
    const key = verifierKey(settings.logOrigin, SIGNATURE.ed25519, publicKey);
    await publishedHead({ dir: common.dir, key });
    return { ...common, key, sign: signer.sign, off: null };
  } catch (error) {
    if (error instanceof LogDefect)
      return switchedOff(
        common,
        `${join(common.dir, CHECKPOINT)} is not by this key under this name: ${error.message}`,
      );
    if (error instanceof TufProblem) return switchedOff(common, error.message);
    throw error;
  }
}

function switchedOff(common: Pick<PublicLog, 'dir' | 'url' | 'witnesses'>, off: string): PublicLog {
  return { ...common, key: null, sign: null, off };
}

async function openLogSigner(settings: PublicLogSettings, path: string, dir: string): Promise<Signer> {
  if (settings.logKey !== undefined) return toSigner(privateKeyOf(Buffer.from(settings.logKey, 'hex')));
  const protection = await protectionOf(settings);
  const isPublished = (await readText(join(dir, CHECKPOINT))) !== undefined;
  return readKeyFile(path, protection).catch((error: unknown) => {
    const mayBegin = error instanceof TufProblem && error.code === 'key-file-missing' && !isPublished;
    if (!mayBegin) throw error;
    return writeKeyFile(path, generatePrivateKey(), protection);
  });
}

async function protectionOf(settings: PublicLogSettings): Promise<KeyProtection> {
  if (settings.profile === 'demo') return { demo: true };
  const passphrase = await readPassphrase(settings);
  if (passphrase !== undefined) return { passphrase };
  const how = 'set WAYMARK_KEY_PASSPHRASE_FILE, WAYMARK_KEY_PASSPHRASE or WAYMARK_LOG_KEY';
  throw new TufProblem('key-passphrase-missing', `the passphrase of the log key is missing: ${how}`);
}

/**
 * The newest head in the public tree, verified.
 * @returns undefined before the first one
 * @throws LogDefect when it is not one that this key signed under this name
 */
export async function publishedHead({
  dir,
  key,
  witnesses,
}: {
  dir: string;
  key: VerifierKey;
  /** With them, their cosignatures are verified too. */
  witnesses?: readonly VerifierKey[];
}): Promise<SignedCheckpoint | undefined> {
  const note = await readText(join(dir, CHECKPOINT));
  return note === undefined ? undefined : openCheckpoint(note, key, verifyEd25519, witnesses);
}

/** A published text, read strictly: notes are UTF-8. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return bytes && decodeNote(bytes);
}

/** @throws LogDefect `malformed` for bytes that are no UTF-8 */
export function decodeNote(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new LogDefect('malformed', 'not UTF-8');
  }
}
