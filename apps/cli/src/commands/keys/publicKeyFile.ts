import { digestWords, keyidOf, type PublicKey, type PublicKeyFile } from '@waymark/domain';
import { recordOf, recordStep } from '../../ceremonyRecord.ts';
import { writeTravelling } from '../../travellingFile.ts';

/** The public half as it travels, under the name of its holder. */
export function toPublicKeyFile(name: string, publicKey: PublicKey): PublicKeyFile {
  return { kind: 'waymark-public-key', format: 1, name, keyid: keyidOf(publicKey), publicKey };
}

/** Writes the public half and the record, and says what to do with them. @throws Error when the file exists */
export async function handOutPublicKey(
  file: string,
  name: string,
  { publicKey, lies }: { publicKey: PublicKey; lies: string },
): Promise<void> {
  await writeTravelling(file, toPublicKeyFile(name, publicKey));
  await recordStep(recordOf(file), {
    what: `keys new, ${name}`,
    facts: { ...factsOf(publicKey), 'the key lies': lies },
    names: [name],
  });
  printPublicKey(name, publicKey);
  console.log(
    `Send ${file} to whoever writes the signing policy, and read the six words to them: they must hear the same.`,
  );
}

/** What a record says of a key: all of it is public. */
export function factsOf(publicKey: PublicKey): Record<string, string> {
  const keyid = keyidOf(publicKey);
  return { keyid, 'public key': publicKey.keyval.public, 'six words': digestWords(keyid).join(' ') };
}

/** Prints a public key as people compare it. */
export function printPublicKey(name: string, publicKey: PublicKey): void {
  const keyid = keyidOf(publicKey);
  console.log(`${name}\n  keyid      ${keyid}\n  public key ${publicKey.keyval.public}`);
  console.log(`  six words  ${digestWords(keyid).join(' ')}`);
}
