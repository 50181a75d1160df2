import { describe, expect, it } from 'vitest';
import { mirror, rtlPlugin } from './rtl.ts';

describe('styles of a right-to-left page', () => {
  it.each([
    ['margin-left', '8px', 'margin-right', '8px'],
    ['padding', '1px 2px 3px 4px', 'padding', '1px 4px 3px 2px'],
    ['padding', '1px 2px', 'padding', '1px 2px'],
    ['border-top-left-radius', '4px', 'border-top-right-radius', '4px'],
    ['border-radius', '1px 2px 3px 4px', 'border-radius', '2px 1px 4px 3px'],
    ['text-align', 'left', 'text-align', 'right'],
    ['transform', 'translate(14px, -9px) scale(0.75)', 'transform', 'translate(-14px, -9px) scale(0.75)'],
    ['transform', 'translateX(-20px)', 'transform', 'translateX(20px)'],
    ['transform-origin', 'top left', 'transform-origin', 'top right'],
    ['left', '0!important', 'right', '0!important'],
  ])('%s: %s becomes %s: %s', (property, value, mirroredProperty, mirroredValue) => {
    expect(mirror(property, value)).toEqual({ property: mirroredProperty, value: mirroredValue });
  });

  it.each([
    ['margin-inline-start', '8px'],
    ['border-inline-end', '1px solid red'],
    ['border-radius', 'inherit'],
    ['color', 'rgb(0 0 0)'],
    ['grid-template-areas', '"left right"'],
    ['transform', 'translateY(4px)'],
    ['transform', 'translateX(0)'],
  ])('%s: %s stays', (property, value) => expect(mirror(property, value)).toEqual({ property, value }));

  it('are written into the sheet, and only where they differ', () => {
    const left = { type: 'decl', props: 'left', children: '4px', return: '' };
    const color = { type: 'decl', props: 'color', children: 'red', return: '' };
    rtlPlugin(left);
    rtlPlugin(color);
    expect([left.return, color.return]).toEqual(['right:4px;', '']);
  });
});
