import type { Signer } from './key.ts';
import { readKeyFile } from './keyFile.ts';
import { readKeyText } from './keyText.ts';
import { TufProblem } from './problem.ts';
import { findAgentSigner } from './sshAgent.ts';

/** What a driver may need from the person or the machine. */
export type SignerSource = {
  /** Asked once, for an encrypted key file. */
  askPassphrase: (path: string) => Promise<string>;
  /** Usually SSH_AUTH_SOCK. */
  agentSocket?: string | undefined;
  /** What a variable of the environment holds; a machine that gives none has no keys there. */
  environment?: ((name: string) => string | undefined) | undefined;
};

/**
 * Opens a key by its address: `file:PATH` (encrypted key file), `agent:KEYID` (ssh-agent) or `env:NAME` (a variable of the
 * environment, for the two keys of a server). Another driver, such as a KMS or PKCS#11, is one more case in `openSigners`
 * that returns a `Signer`; nothing else knows where a key lies.
 * @throws TufProblem `key-address-unknown`, `key-file-*`, `key-passphrase-*`, `key-wrong`, `agent-*`
 */
export async function openSigner(address: string, source: SignerSource): Promise<Signer> {
  const [signer, ...others] = await openSigners(address, source);
  if (signer && others.length === 0) return signer;
  throw new TufProblem('key-address-unknown', `${address} holds ${others.length + 1} keys, and one signs here`);
}

/**
 * Opens all keys of an address: a variable of the environment holds the next key beside the present one during a rotation.
 * @throws TufProblem as `openSigner`
 */
export async function openSigners(address: string, source: SignerSource): Promise<Signer[]> {
  const [, driver, place = ''] = /^([a-z]+):(.+)$/.exec(address) ?? [];
  if (driver === 'file') return [await readKeyFile(place, { passphrase: await source.askPassphrase(place) })];
  if (driver === 'agent') return [await findAgentSigner(source.agentSocket, place)];
  if (driver === 'env') return keysIn(place, source.environment?.(place));
  throw new TufProblem(
    'key-address-unknown',
    `${address} is no key address: write file:PATH, agent:KEYID or, on a server, env:NAME`,
  );
}

function keysIn(name: string, text: string | undefined): Signer[] {
  const keys = (text ?? '').split(/[\s,]+/).filter((key) => key !== '');
  if (keys.length === 0) throw new TufProblem('key-file-missing', `${name} holds no key`);
  return keys.map((key) => readKeyText(name, key));
}
