import { describe, expect, it } from 'vitest';
import type { SigningRefusal } from '@waymark/domain';
import { isSaid, sortRefusals, toConfirmations } from './questions.ts';

const host = (detail: string): SigningRefusal => ({
  code: 'host-changed',
  detail,
  confirm: { kind: 'hosts', value: 'help.example.org' },
});
const wrong: SigningRefusal = { code: 'file-wrong', detail: 'v1/directory.csv' };

describe('what speaks against signing', () => {
  it('ends it where nobody may answer for it, and asks once for what several records share', () => {
    const { final, questions } = sortRefusals([host('first'), wrong, host('second')]);
    expect(final).toEqual([wrong]);
    expect(questions.map(({ confirm, refusals }) => [confirm.value, refusals.length])).toEqual([
      ['help.example.org', 2],
    ]);
    expect(toConfirmations(questions)).toMatchObject({ hosts: ['help.example.org'], drop: [], firstUse: [] });
  });

  it('is answered by typing every letter, whatever the capitals', () => {
    const words = { kind: 'firstUse', value: 'cheap enemy useful vote absent inner' } as const;
    expect(isSaid('  Cheap enemy  useful vote absent inner ', words)).toBe(true);
    expect(isSaid('cheap enemy useful vote absent', words)).toBe(false);
    expect(isSaid('help.example.0rg', { kind: 'hosts', value: 'help.example.org' })).toBe(false);
  });
});
