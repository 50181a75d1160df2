/** The two operations everything rests on, given by the platform: Node's crypto, WebCrypto, or JavaScript where there is none. */
export type Crypto = {
  /** Lower-case hex. */
  sha256(bytes: Uint8Array): Promise<string>;
  /** RFC 8032, pure Ed25519. Anything that is not a signature of these bytes by this key is false, never an error. */
  verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): Promise<boolean>;
};

/** The bytes of lower-case hex, or undefined for anything else. */
export function bytesOfHex(hex: string, length: number): Uint8Array | undefined {
  if (hex.length !== 2 * length || !/^[0-9a-f]*$/.test(hex)) return undefined;
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** Lower-case hex of bytes. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
