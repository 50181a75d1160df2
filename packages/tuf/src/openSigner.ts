import type { Signer } from './key.ts';
import { readKeyFile } from './keyFile.ts';
import { TufProblem } from './problem.ts';
import { findAgentSigner } from './sshAgent.ts';

/** What a driver may need from the person or the machine. */
export type SignerSource = {
  /** Asked once, for an encrypted key file. */
  askPassphrase: (path: string) => Promise<string>;
  /** Usually SSH_AUTH_SOCK. */
  agentSocket?: string | undefined;
};

/**
 * Opens a key by its address: `file:PATH` (encrypted key file) or `agent:KEYID` (ssh-agent). Another driver, such as a KMS
 * or PKCS#11, is one more case here that returns a `Signer`; nothing else knows where a key lies.
 * @throws TufProblem `key-address-unknown`, `key-file-*`, `key-passphrase-*`, `key-wrong`, `agent-*`
 */
export async function openSigner(address: string, source: SignerSource): Promise<Signer> {
  const [, driver, place = ''] = /^([a-z]+):(.+)$/.exec(address) ?? [];
  if (driver === 'file') return readKeyFile(place, { passphrase: await source.askPassphrase(place) });
  if (driver === 'agent') return findAgentSigner(source.agentSocket, place);
  throw new TufProblem('key-address-unknown', `${address} is no key address: write file:PATH or agent:KEYID`);
}
