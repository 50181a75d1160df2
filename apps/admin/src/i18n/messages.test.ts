import { describe, expect, it } from 'vitest';
import {
  AlarmKind,
  AuditAction,
  Confidence,
  DueState,
  Method,
  Outcome,
  REFUSALS,
  Risk,
  RiskClass,
  Role,
  SIGNING_REFUSALS,
  SnapshotState,
} from '@waymark/domain';
import ar from './ar/index.ts';
import de from './de/index.ts';
import en from './en/index.ts';
import { keysOf, over, withResources, type Messages } from './messages.ts';

/** react-admin's page builder is not offered, so nobody reads its texts. */
const UNUSED = /^ra\.(configurable|guesser)\./;
/** English as a tree: react-admin's type of it has optional parts, none of them missing. */
const english = en as unknown as Messages;
const wanted = keysOf(english).filter((key) => !UNUSED.test(key));
const languages: [string, Messages][] = [
  ['German', de],
  ['Arabic', ar],
];

function textOf(messages: Messages, key: string): string | undefined {
  let at: string | Messages | undefined = messages;
  // Action names have dots of their own, so the longest name that fits is taken first.
  let rest = key;
  while (rest !== '' && typeof at === 'object') {
    const parts = rest.split('.');
    let length = parts.length;
    while (length > 1 && !(parts.slice(0, length).join('.') in at)) length -= 1;
    at = at[parts.slice(0, length).join('.')];
    rest = parts.slice(length).join('.');
  }
  return typeof at === 'string' ? at : undefined;
}

const fillings = (text: string) =>
  [...new Set(text.match(/%\{\w+\}/g))].filter((name) => name !== '%{smart_count}').sort();

describe.each(languages)('the texts in %s', (_, messages) => {
  it('say everything that English says', () => {
    expect(wanted.filter((key) => !textOf(messages, key)?.trim() && textOf(english, key)?.trim())).toEqual([]);
  });

  it('say nothing that English does not', () => {
    expect(keysOf(messages).filter((key) => !wanted.includes(key))).toEqual([]);
  });

  it('fill in the same names and numbers', () => {
    const differing = wanted.filter((key) => {
      const wantedFillings = fillings(textOf(english, key) ?? '');
      return fillings(textOf(messages, key) ?? '').join() !== wantedFillings.join() && !key.startsWith('ra.');
    });
    expect(differing).toEqual([]);
  });
});

describe('the closed lists of the domain', () => {
  it.each<[string, readonly string[], Messages]>([
    ['action of the audit log', AuditAction.options, en.audit.action],
    ['role', Role.options, en.common.role],
    ['risk', Risk.options, en.common.risk],
    ['snapshot state', SnapshotState.options, en.snapshots.state],
    ['reason why not', Object.keys(REFUSALS), en.refusals],
    ['reason not to sign', Object.keys(SIGNING_REFUSALS), en.signing.refusal],
    ['way to look', Method.options, en.checks.method],
    ['outcome of a look', Outcome.options, en.checks.done],
    ['confidence', Confidence.options, en.checks.confidence],
    ['risk class', RiskClass.options, en.checks.riskClass],
    ['state of a check', DueState.options, en.due.state],
    ['kind of alarm', AlarmKind.options, en.alarms.kind],
  ])('every %s has a text', (_, codes, texts) => expect(codes.filter((code) => !texts[code])).toEqual([]));
});

describe('a language laid over English', () => {
  it('keeps English where a text is missing', () => {
    expect(over({ a: { b: 'one', c: 'two' } }, { a: { b: 'eins' } })).toEqual({ a: { b: 'eins', c: 'two' } });
  });

  it('gives react-admin the names of a folder as those of its resource', () => {
    expect(withResources({ entries: { resource: { name: 'Entry' } } })['resources']).toEqual({
      entries: { name: 'Entry' },
    });
  });
});
