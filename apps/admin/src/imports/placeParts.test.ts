import { expect, it } from 'vitest';
import { placeParts } from './placeParts.ts';

it.each([
  ['/line/2', 'line 2'],
  ['/byte/31/line/2/column/3', 'line 2, column 3'],
  ['/sheet/line/line/7', 'sheet line, line 7'],
  ['/file/a~1b.csv/byte/0', 'file a/b.csv, byte 0'],
])('the place %s is %s', (pointer, text) =>
  expect(
    placeParts(pointer)
      .map(({ part, value }) => `${part} ${value}`)
      .join(', '),
  ).toBe(text),
);
