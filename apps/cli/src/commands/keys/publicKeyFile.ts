import { digestWords, keyidOf, type PublicKey, type PublicKeyFile } from '@waymark/domain';
import { writeTravelling } from '../../travellingFile.ts';

/** The public half as it travels, under the name of its holder. */
export function toPublicKeyFile(name: string, publicKey: PublicKey): PublicKeyFile {
  return { kind: 'waymark-public-key', format: 1, name, keyid: keyidOf(publicKey), publicKey };
}

/** Writes the public half and says what to do with it. @throws Error when the file exists */
export async function handOutPublicKey(file: string, name: string, publicKey: PublicKey): Promise<void> {
  await writeTravelling(file, toPublicKeyFile(name, publicKey));
  printPublicKey(name, publicKey);
  console.log(
    `Send ${file} to whoever writes the signing policy, and read the six words to them: they must hear the same.`,
  );
}

/** Prints a public key as people compare it. */
export function printPublicKey(name: string, publicKey: PublicKey): void {
  const keyid = keyidOf(publicKey);
  console.log(`${name}\n  keyid      ${keyid}\n  public key ${publicKey.keyval.public}`);
  console.log(`  six words  ${digestWords(keyid).join(' ')}`);
}
