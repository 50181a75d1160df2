import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { refuse, type Refusal } from '@waymark/domain';
import { Problem } from '@waymark/store';

/** OWASP's minimum for argon2id (SECURITY §4). `2` is argon2id: the package's const enum cannot be imported. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of nothing anybody knows, made with the same parameters: unknown people cost the same time as known ones. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$8Ec9ENG5xjoDSRsbyz1wRA$CETpsDh5zy1p5gQdH5pLe2jmF0qjBiz3yl3sDLo1Lc8';

export const SHORTEST_PASSWORD = 15;
export const LONGEST_PASSWORD = 128;

/** Any text; whether it is good enough is `passwordRefusal`'s to say. The bound only keeps bodies small. */
export const Password = z.string().max(1024).meta({ id: 'Password', format: 'password' });

/** What passwords are made of when people do not choose them: removed before counting what is left. */
const COMMON_WORDS = [
  'password',
  'passwort',
  'passw0rd',
  'p4ssword',
  'motdepasse',
  'contraseña',
  'contrasena',
  'senha',
  'parola',
  'wachtwoord',
  'haslo',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwerty',
  'qwertz',
  'azerty',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'letmein',
  'welcome',
  'iloveyou',
  'trustno',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'dragon',
  'monkey',
  'shadow',
  'master',
  'login',
  'secret',
  'changeme',
  'default',
  'access',
  'hello',
  'abc123',
  'abcdefghijklmnopqrstuvwxyz',
  'abcdefghij',
  'abcdef',
  'administrator',
  'admin',
  'curator',
  'reviewer',
  'publisher',
  'user',
  'root',
  'test',
  'demo',
  'guest',
  'waymark',
  'hotline',
  'helpline',
  'directory',
  'child',
  'children',
  'protection',
  'safety',
  'january',
  'february',
  'march',
  'april',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
  'spring',
  'summer',
  'autumn',
  'winter',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  '12345678901234567890',
  '1234567890',
  '0123456789',
  '9876543210',
  '123456789',
  '12345678',
  '1234567',
  '123456',
  '12345',
  '1234',
  '123',
].sort((a, b) => b.length - a.length);

/** Long ones that everybody has read about. */
const WELL_KNOWN = new Set(
  [
    'correct horse battery staple',
    'correcthorsebatterystaple',
    'to be or not to be',
    'thequickbrownfox',
    'the quick brown fox',
    'thequickbrownfoxjumpsoverthelazydog',
    'the quick brown fox jumps over the lazy dog',
    'loremipsumdolorsitamet',
    'lorem ipsum dolor sit amet',
    'maytheforcebewithyou',
    'may the force be with you',
    'openthepodbaydoorshal',
    'nevergonnagiveyouup',
    'never gonna give you up',
    'thisismypassword',
    'this is my password',
    'ihavenopassword',
    'mypasswordissecret',
    'iforgotmypassword',
  ].map(fold),
);

/** How many characters must be left that are neither a common word nor about the person; half as many different ones. */
const OWN_CHARACTERS = 8;

/**
 * Whether a password is good enough: 15 to 128 code points, no composition rules (SECURITY S-01), none that everybody
 * would try first. Passwords of a block list are shorter than 15 characters nearly always, so what is refused here is what
 * remains: the well-known long ones, common and personal words strung together, and repetition.
 * @param about words of the person and the place: name, address
 */
export function passwordRefusal(password: string, about: readonly string[]): Refusal | undefined {
  const length = [...password.normalize('NFC')].length;
  const weak = (detail: string) => refuse('password-weak', detail, [{ path: '/password', message: detail }]);
  if (length < SHORTEST_PASSWORD)
    return weak(`Use ${SHORTEST_PASSWORD} characters or more; a few words in a row do well.`);
  if (length > LONGEST_PASSWORD) return weak(`Use ${LONGEST_PASSWORD} characters at most.`);
  const folded = fold(password);
  if (WELL_KNOWN.has(folded) || new Set(folded).size < 6 || isRepetition(folded))
    return weak('This one is easily guessed; choose another.');
  const personal = about.flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3);
  let rest = folded;
  for (const word of [...personal, ...COMMON_WORDS]) rest = rest.replaceAll(word, '');
  const own = [...rest.replace(/[^\p{L}\p{N}]/gu, '')];
  if (own.length < OWN_CHARACTERS || new Set(own).size < OWN_CHARACTERS / 2) {
    return weak('This is made of common words or of your name; choose another.');
  }
  return undefined;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** `abcabcabc…`: one short piece over and over. */
function isRepetition(text: string): boolean {
  for (let size = 1; size <= 5; size += 1) {
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}

/** @throws Problem `too-many-attempts` when too many wait already */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), ARGON2ID));
}

/**
 * Compares, in the same time whether the hash is there or not.
 * @throws Problem `too-many-attempts` when too many wait already
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const fits = await inTurn(() => verify(passwordHash ?? NOBODY, password.normalize('NFC')));
  return fits && passwordHash !== undefined;
}

// Each hash takes 19 MiB and a core: more at once would let sign-in starve everything else (SECURITY TH24).
const AT_ONCE = 2;
const WAITING = 20;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running += 1;
  else if (waiting.length >= WAITING) throw new Problem(refuse('too-many-attempts'));
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
