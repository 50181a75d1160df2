import { describe, expect, it } from 'vitest';
import { differingCharacters, diffParts } from './DiffText.tsx';

const marked = (parts: { text: string; isMarked: boolean }[]) =>
  parts.filter(({ isMarked }) => isMarked).map(({ text }) => text);
const whole = (parts: { text: string }[]) => parts.map(({ text }) => text).join('');

describe('old beside new', () => {
  it('marks the one digit that differs, on either side', () => {
    expect(marked(diffParts('116000', '116003', 'old', 'code'))).toEqual(['0']);
    expect(marked(diffParts('116000', '116003', 'new', 'code'))).toEqual(['3']);
  });

  it('shows both sides whole, whatever is marked', () => {
    expect(whole(diffParts('+44 808 100 0900', '+44 808 157 0123', 'old', 'code'))).toBe('+44 808 100 0900');
    expect(whole(diffParts('+44 808 100 0900', '+44 808 157 0123', 'new', 'code'))).toBe('+44 808 157 0123');
  });

  it('counts the digits that differ and not the spaces between them', () => {
    expect(differingCharacters('116 111', '116111')).toBe(0);
    expect(differingCharacters('116111', '+47 116 111')).toBe(3);
  });

  it('marks whole words in texts', () => {
    expect(marked(diffParts('Open at night', 'Open by night', 'new', 'words', 'en'))).toEqual(['by']);
  });
});
