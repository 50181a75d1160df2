import { describe, expect, it } from 'vitest';
import { openable } from './SafeLink.tsx';

describe('an address from the directory', () => {
  it.each(['https://example.org/report', 'http://example.org'])('%s can be opened', (href) =>
    expect(openable(href)).toBeDefined(),
  );
  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'tel:112',
    'example.org',
    '',
  ])('%j stays text', (href) => expect(openable(href)).toBeUndefined());
  it('shows its host as machines read it, so that a look-alike shows itself', () =>
    expect(openable('https://exаmple.org/')?.host).toBe('xn--exmple-4nf.org'));
});
