import { describe, expect, it } from 'vitest';
import { Correction } from '@waymark/domain';
import { looksLikeReport, toCorrection } from './correction.ts';
import type { Form } from './state.ts';
import { TEXTS } from './texts.ts';

const entry = { slug: 'de-helpline', names: { de: { text: 'Hilfe' } }, areas: ['DE'], channels: [] };
const filled = (more: Partial<Form>): Form => ({
  entry,
  what: 'closed',
  channel: '',
  value: '',
  dialledIn: 'DE',
  note: '',
  contact: '',
  ...more,
});
const faultOf = (form: Form) => toCorrection(form, '', TEXTS.en);

describe('what somebody filled in', () => {
  it('becomes a correction that holds only what was said', () => {
    expect(toCorrection(filled({}), '', TEXTS.en)).toEqual({ correction: { entry: 'de-helpline', what: 'closed' } });
    const said = toCorrection(
      filled({ what: 'wrong-number', channel: 'tel', value: '116 111', note: ' new since May ' }),
      'AT',
      TEXTS.en,
    );
    const { correction } = said as { correction: object };
    expect(correction).toEqual({
      entry: 'de-helpline',
      what: 'wrong-number',
      channel: 'tel',
      value: { type: 'phone', number: { kind: 'short', digits: '116111', country: 'DE' } },
      note: 'new since May',
      country: 'AT',
    });
    expect(Correction.safeParse(correction).success).toBe(true);
  });

  it.each<[string, Partial<Form>]>([
    ['entry', { entry: undefined }],
    ['what', { what: undefined }],
    ['note', { what: 'other' }],
    ['note', { note: 'x'.repeat(281) }],
    ['contact', { contact: 'me at home' }],
    ['value', { what: 'wrong-number', value: '0800 HELP' }],
    ['value', { what: 'wrong-address', value: 'nowhere' }],
  ])('is held back at the field %s', (field, more) => {
    expect(faultOf(filled(more))).toMatchObject({ field });
  });

  it('is a report when its words or its hours tell of one', () => {
    expect(looksLikeReport(filled({ note: 'the number changed' }))).toBe(false);
    const report = 'my uncle touched me';
    expect(looksLikeReport(filled({ note: report }))).toBe(true);
    expect(looksLikeReport(filled({ what: 'hours', value: report }))).toBe(true);
  });
});
