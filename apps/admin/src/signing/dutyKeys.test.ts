import { describe, expect, it } from 'vitest';
import { ed25519Key, keyidOf } from '@waymark/domain';
import { dutyChange } from './dutyKeys.ts';

const [dana, emil] = ['a', 'b'].map((digit) => ed25519Key(digit.repeat(64)));
const [danaId, emilId] = [keyidOf(dana!), keyidOf(emil!)];

function duty(keys: Record<string, unknown>, owners: Record<string, string> = {}, role: object = {}) {
  const keyids = Object.keys(keys);
  return {
    keys,
    roles: [{ name: 'urgent', keyids, threshold: 1, terminating: true, paths: ['urgent/*'], ...role }],
    'x-keyowners': owners,
  };
}

describe('who may withdraw at once', () => {
  it('is said key by key: who is new, who stays, who is gone', () => {
    expect(dutyChange(null, duty({ [danaId]: dana }, { [danaId]: 'Dana' }))).toEqual({
      before: null,
      after: 1,
      keys: [{ keyid: danaId, owner: 'Dana', change: 'added' }],
    });
    const both = duty({ [danaId]: dana, [emilId]: emil }, { [danaId]: 'Dana', [emilId]: 'Emil' });
    expect(dutyChange(both, duty({ [danaId]: dana }, {}, { threshold: 2 }))).toEqual({
      before: 1,
      after: 2,
      keys: [
        { keyid: danaId, owner: 'Dana', change: 'kept' },
        { keyid: emilId, owner: 'Emil', change: 'removed' },
      ],
    });
  });

  it.each([
    ['another key under an id that people know', duty({ [danaId]: emil })],
    ['a key that the role does not name', { ...duty({ [danaId]: dana, [emilId]: emil }, {}, { keyids: [danaId] }) }],
    ['another path', duty({ [danaId]: dana }, {}, { paths: ['*'] })],
    ['another role', duty({ [danaId]: dana }, {}, { name: 'hotlines' })],
    ['a field that nobody knows', { ...duty({ [danaId]: dana }), more: true }],
    ['two roles', { ...duty({ [danaId]: dana }), roles: [duty({}).roles[0], duty({}).roles[0]] }],
  ])('is not put into words when it is %s', (_, after) => {
    expect(dutyChange(null, after)).toBeNull();
  });
});
