import type { PublicKeyFile } from '@waymark/domain';
import type { BrowserKey } from './browserKey.ts';

/** The half of a key that travels to whoever proposes the next root, as `waymark keys new` writes it too. */
export function toPublicKeyFile({ name, keyid, publicKey }: BrowserKey): PublicKeyFile {
  return { kind: 'waymark-public-key', format: 1, name, keyid, publicKey };
}
