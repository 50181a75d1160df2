import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks for a passphrase at the console, twice, without showing it.
 * @throws Error without a console, or when the two differ
 */
export async function askPassphrase(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Error('There is no console to ask at: give passphrases as files with --passphrases');
  const first = await askHidden(`${question}: `);
  if ((await askHidden('The same again: ')) !== first) throw new Error('The two differ; nothing was made');
  return first;
}

async function askHidden(question: string): Promise<string> {
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const console = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await console.question('');
  } finally {
    console.close();
    process.stdout.write('\n');
  }
}
