import {
  ed25519Key,
  keyidOf,
  signedBytes,
  signedDigest,
  type PublicKey,
  type SignatureFile,
  type SigningRequest,
} from '@waymark/domain';
import { toHex } from '../audit/hex.ts';

/** The roles a browser may hold a key of. Root keys stay on machines without a network. */
export type BrowserRole = 'targets' | 'urgent';

/** A key of one person, for one role, in this browser. Its private half can sign and cannot be read, not even here. */
export type BrowserKey = {
  person: string;
  role: BrowserRole;
  /** What the person is called in the root. */
  name: string;
  keyid: string;
  publicKey: PublicKey;
  privateKey: CryptoKey;
  createdAt: string;
};

/** Why this browser cannot hold a key: `insecure` is a page that came without TLS. */
export type NoSupport = 'insecure' | 'no-ed25519';

/** Tries what it takes, since browsers do not say what they can. @returns undefined when this browser can */
export async function findNoSupport(): Promise<NoSupport | undefined> {
  // Outside a secure context browsers leave `subtle` out; the types do not say so.
  if (!isSecureContext || (crypto as Partial<Crypto>).subtle === undefined) return 'insecure';
  try {
    await generatePair();
    return undefined;
  } catch {
    return 'no-ed25519';
  }
}

/**
 * Makes a key whose private half never leaves the browser.
 * @throws DOMException where the browser has no Ed25519
 */
export async function makeBrowserKey(
  facts: Pick<BrowserKey, 'person' | 'role' | 'name' | 'createdAt'>,
): Promise<BrowserKey> {
  const { privateKey, publicKey: half } = await generatePair();
  const publicKey = ed25519Key(toHex(new Uint8Array(await crypto.subtle.exportKey('raw', half))));
  return { ...facts, keyid: keyidOf(publicKey), publicKey, privateKey };
}

/**
 * Signs a request: the bytes are made here, from what was parsed and shown here, never taken from the server (SNAPSHOTS §4.2).
 * @throws TypeError when the request is for another role, or cannot be signed
 */
export async function signWithBrowserKey(key: BrowserKey, request: SigningRequest): Promise<SignatureFile> {
  if (request.role !== key.role) throw new TypeError(`A key for ${key.role} signs no ${request.role}`);
  const signature = await crypto.subtle.sign('Ed25519', key.privateKey, new Uint8Array(signedBytes(request.signed)));
  return {
    kind: 'waymark-signature',
    format: 1,
    role: request.role,
    version: request.version,
    digest: signedDigest(request.signed),
    keyid: key.keyid,
    signature: toHex(new Uint8Array(signature)),
  };
}

async function generatePair(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  // Some browsers answer a name they do not know with nothing.
  if (!('privateKey' in pair) || pair.privateKey.extractable) throw new TypeError('No Ed25519');
  return pair;
}
