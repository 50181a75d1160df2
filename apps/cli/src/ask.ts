import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Option of every command that opens or makes an encrypted key file. */
export const PASSPHRASE_OPTION = [
  '--passphrase-file <file>',
  'file that holds the passphrase, instead of asking for it',
] as const;

/** Option of every command that asks before it does something. */
export const YES_OPTION = ['--yes', 'do not ask, for scripts', false] as const;

/**
 * A passphrase for a new key: from a file, or asked at the console, twice, without showing it.
 * @throws Error without a console, or when the two differ
 */
export async function askNewPassphrase(question: string, file?: string): Promise<string> {
  if (file !== undefined) return readPassphrase(file);
  const first = await askPassphrase(question);
  if ((await askHidden('The same again: ')) !== first) throw new Error('The two differ; nothing was made');
  return first;
}

/** The passphrase of a key that exists. @throws Error without a console */
export async function askPassphrase(question: string, file?: string): Promise<string> {
  if (file !== undefined) return readPassphrase(file);
  requireConsole('give the passphrase in a file with --passphrase-file (for keys init: --passphrases)');
  return askHidden(`${question}: `);
}

/** Where a script may put the password of the person it acts for. */
export const PASSWORD_VARIABLE = 'WAYMARK_PASSWORD';

/**
 * The password of a person: of the environment, else asked without showing it, else the first line of what is piped in. It is no
 * argument, since those can be read in the list of processes.
 */
export async function askPassword(who: string): Promise<string> {
  const given = process.env[PASSWORD_VARIABLE];
  if (given !== undefined && given !== '') return given;
  if (process.stdin.isTTY) return askHidden(`Password of ${who}: `);
  const piped = await text(process.stdin);
  return piped.split(/\r?\n/, 1)[0] ?? '';
}

/** A line that may be seen while it is typed. @throws Error without a console */
export async function askLine(question: string): Promise<string> {
  requireConsole('give it in a file, see --help');
  const line = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await line.question(question);
  } finally {
    line.close();
  }
}

/**
 * Lets a person stop. Only the word itself is a yes: Enter, pressed too fast, is not.
 * @throws Error when the answer is anything else, or nobody can answer and nobody said `--yes`
 */
export async function requireYes(question: string, isYes: boolean): Promise<void> {
  if (isYes) return;
  requireConsole('read what is printed above and add --yes');
  if ((await askLine(`${question} Type yes: `)).trim().toLowerCase() !== 'yes') throw new Error('Nothing was done');
}

async function readPassphrase(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
}

function requireConsole(instead: string): void {
  if (!process.stdin.isTTY) throw new Error(`There is no console to ask at: ${instead}`);
}

async function askHidden(question: string): Promise<string> {
  process.stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await line.question('');
  } finally {
    line.close();
    process.stdout.write('\n');
  }
}
