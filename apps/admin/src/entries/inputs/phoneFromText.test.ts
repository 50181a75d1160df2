import { describe, expect, it } from 'vitest';
import { phoneFromText } from './phoneFromText.ts';

describe('a number as it was typed', () => {
  it.each([
    ['116111', 'short', '116111'],
    ['1098', 'short', '1098'],
    ['911', 'short', '911'],
    ['0800 1111', 'national', '08001111'],
    ['(030) 123-4567', 'national', '0301234567'],
  ])('keeps the digits of %s as they are', (text, kind, digits) => {
    expect(phoneFromText(text, undefined, 'DE')).toMatchObject({ kind, digits, country: 'DE' });
  });

  it.each([
    ['+49 800 1110333', '498001110333'],
    ['0049 800 1110333', '498001110333'],
  ])('takes %s as international', (text, digits) => {
    expect(phoneFromText(text, undefined, undefined)).toMatchObject({ kind: 'e164', digits });
  });

  it('never makes a short number international, whatever the country', () => {
    expect(phoneFromText('116 111', { kind: 'short', digits: '116000', country: 'PL' }, 'DE')).toMatchObject({
      kind: 'short',
      digits: '116111',
      country: 'PL',
    });
  });

  it('does not keep a long number short because it was short before', () => {
    expect(phoneFromText('030 11111111', { kind: 'short', digits: '1098', country: 'IN' }, 'IN')).toMatchObject({
      kind: 'national',
    });
  });

  it('leaves the former country behind when the number becomes international', () => {
    expect(phoneFromText('+49 30 11111111', { kind: 'short', digits: '1098', country: 'IN' }, 'IN')).not.toHaveProperty(
      'country',
    );
  });

  it('reads the digits of other scripts', () => {
    expect(phoneFromText('١١٦١١١', undefined, 'EG')).toMatchObject({ digits: '116111' });
  });

  it('spells letters out and keeps them', () => {
    expect(phoneFromText('833-591-KNOW', undefined, 'US')).toMatchObject({
      digits: '8335915669',
      letters: '833-591-KNOW',
    });
  });

  it('keeps what was printed when it is not just the digits', () => {
    expect(phoneFromText('13 11 14', undefined, 'AU')).toMatchObject({ source: '13 11 14' });
    expect(phoneFromText('131114', undefined, 'AU')).not.toHaveProperty('source');
  });

  it.each(['', '+', ' – '])('is nothing while there is no digit in "%s"', (text) => {
    expect(phoneFromText(text, undefined, 'DE')).toBeUndefined();
  });
});
