import { describe, expect, it } from 'vitest';
import { benignCorrections } from './disclosure/benign.ts';
import { canaries } from './disclosure/canaries.ts';
import { LATER_CANARIES, LATER_CORRECTIONS } from './disclosure/later.ts';
import { TERMS } from './disclosure/terms.ts';
import { disclosureOf } from './disclosure.ts';

const terms = Object.fromEntries(
  Object.entries(TERMS).map(([language, words]) => [language, words.map((word) => word.replaceAll('*', ''))]),
);
const SEED = 20260301;

const refused = (texts: readonly { text: string }[]) => texts.filter(({ text }) => disclosureOf(text) !== 'clean');
const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

function report(name: string, of: readonly { text: string }[]): number {
  const n = refused(of).length;
  // oxlint-disable-next-line no-console -- SECURITY M-01 asks for the figures to be seen
  console.info(`    M-01 ${name}: ${n} of ${of.length} refused (${share(n, of.length)})`);
  return n / of.length;
}

describe('the disclosure guard', () => {
  const hidden = canaries(terms, SEED);
  const benign = benignCorrections(SEED);

  it('refuses 99 % and more of hidden addresses and words, by ways it was tuned to and by ways kept from that', () => {
    expect(hidden.length).toBeGreaterThanOrEqual(600);
    expect(report('canaries, all', hidden)).toBeGreaterThanOrEqual(0.99);
    report(
      'canaries, kinds it was tuned to',
      hidden.filter(({ heldOut }) => !heldOut),
    );
    const unseen = hidden.filter(({ heldOut }) => heldOut);
    expect(report('canaries, kinds held out', unseen)).toBeGreaterThanOrEqual(0.99);
  });

  it('lets 98 % and more of honest corrections pass, in many scripts', () => {
    expect(benign.length).toBeGreaterThanOrEqual(1000);
    expect(report('corrections, all', benign)).toBeLessThanOrEqual(0.02);
    report(
      'corrections, templates it was tuned to',
      benign.filter(({ heldOut }) => !heldOut),
    );
    const unseen = benign.filter(({ heldOut }) => heldOut);
    expect(report('corrections, templates held out', unseen)).toBeLessThanOrEqual(0.02);
  });

  it('refuses most of what nobody had in mind when it was made', () => {
    expect(
      report(
        'ideas written afterwards',
        LATER_CANARIES.map((text) => ({ text })),
      ),
    ).toBeGreaterThanOrEqual(0.9);
    expect(
      report(
        'corrections written afterwards',
        LATER_CORRECTIONS.map((text) => ({ text })),
      ),
    ).toBeLessThanOrEqual(0.02);
  });

  it('says what it saw', () => {
    expect(disclosureOf('see files.pebble.example')).toEqual({ reason: 'address' });
    expect(disclosureOf('kik: pebble_77')).toEqual({ reason: 'account' });
    expect(disclosureOf(`it is ${'0123456789abcdef'.repeat(4)}`)).toEqual({ reason: 'encoded' });
    expect(disclosureOf('please help me')).toEqual({ reason: 'words' });
    expect(disclosureOf('1'.repeat(2001))).toEqual({ reason: 'too-long' });
    expect(disclosureOf('the number changed to 0800 111 0 550')).toBe('clean');
  });

  it('knows the names of the entry at hand, and nothing longer', () => {
    const names = ['Pebble.example', 'Stop Child Abuse – Example', 'Help-Line (24/7) [a]'];
    expect(disclosureOf('Pebble.example has a new number', names)).toBe('clean');
    expect(disclosureOf('stop child abuse – example is closed', names)).toBe('clean');
    expect(disclosureOf('Pebble.example has a new number')).toEqual({ reason: 'address' });
    expect(disclosureOf('see pebble.example/room4', names)).toEqual({ reason: 'address' });
    expect(disclosureOf('see x.pebble.example', names)).toEqual({ reason: 'address' });
    expect(disclosureOf('see pebble.example.invalid', names)).toEqual({ reason: 'address' });
  });

  it('comes to an end with any text', () => {
    const hostile = [
      'a.',
      '. ',
      'a b ',
      '=',
      '(((',
      '0x',
      'dot ',
      'ab12',
      '::',
      'صور ',
      'me ',
      '-.',
      '１',
      '12 ',
      'a-',
      '[.] ',
    ];
    // A pattern that runs away would not come back within the time a test has (SECURITY D-04).
    for (const piece of hostile)
      expect(disclosureOf(`${piece.repeat(Math.floor(1990 / piece.length))} 116 111`)).toBeTruthy();
  });
});
