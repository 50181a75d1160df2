import { createPrivateKey } from 'node:crypto';
import { privateKeyOf, toSigner, type Signer } from './key.ts';
import { TufProblem } from './problem.ts';

/**
 * A key from one line of text, as an environment variable carries it: base64 of the 32 bytes of an Ed25519 seed, or of PKCS#8.
 * @param name what to call it in a refusal, which never quotes the text
 * @throws TufProblem `key-file-malformed`
 */
export function readKeyText(name: string, text: string): Signer {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length === 32) return toSigner(privateKeyOf(bytes));
  const key = parsePkcs8(bytes);
  if (key?.asymmetricKeyType === 'ed25519') return toSigner(key);
  throw new TufProblem('key-file-malformed', `${name} is no Ed25519 key: write base64 of its 32 bytes, or of PKCS#8`);
}

// Without the cause: OpenSSL's errors could say something of what it was given.
function parsePkcs8(key: Buffer) {
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}
