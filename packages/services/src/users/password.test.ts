import { expect, it } from 'vitest';
import { Problem } from '@waymark/store';
import { hashPassword, isPassword, passwordRefusal } from './password.ts';

const about = ['Demo Curator', 'demo.curator@example.org'];
const isRefused = (password: string) => passwordRefusal(password, about)?.code === 'password-weak';

it('asks for fifteen characters and for nothing else', () => {
  expect(isRefused('kites over hill')).toBe(false);
  expect(isRefused('kites over hil')).toBe(true);
  expect(isRefused('四つの赤い船が静かな川を下る朝に')).toBe(false);
  expect(isRefused('🦊🦉🐌🦋🐙🦀🐝🦔🦦🦥🐢🐇🦌🐘🦓')).toBe(true);
  expect(isRefused('lower case only and no digits')).toBe(false);
  expect(isRefused(`${'four green boats '.repeat(7)}!`)).toBe(false);
  expect(isRefused('ab cd ef '.repeat(15))).toBe(true);
});

it('refuses what everybody would try first', () => {
  const guesses = [
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345',
    'passwordpassword1',
    'Password1234567890!',
    'waymarkwaymark2026',
    'correct horse battery staple',
    'CorrectHorseBatteryStaple',
    'qwertyuiopasdfghjkl',
    'Demo Curator 2026!',
    'curator@example.org',
    'Summer2026Summer2026',
  ];
  expect(guesses.filter((guess) => !isRefused(guess))).toEqual([]);
});

it('counts every character up to the end: no silent cut at 72 bytes', async () => {
  const long = 'a long one with many words '.repeat(4);
  const hash = await hashPassword(long);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword(long, hash)).toBe(true);
  expect(await isPassword(`${long.slice(0, -1)}x`, hash)).toBe(false);
  expect(await isPassword(long, undefined)).toBe(false);
});

it('takes the same letters however they were composed', async () => {
  const hash = await hashPassword('größere Bäume im Süden');
  expect(await isPassword('größere Bäume im Süden'.normalize('NFD'), hash)).toBe(true);
});

it('hashes two at a time, lets twenty wait, and sends the rest away', async () => {
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => hashPassword('one of very many')));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(22);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(refused.every((reason) => reason instanceof Problem && reason.refusal.code === 'too-many-attempts')).toBe(
    true,
  );
  expect(await isPassword('one of very many', await hashPassword('one of very many'))).toBe(true);
});
