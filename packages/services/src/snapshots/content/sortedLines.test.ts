import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/support/tree.ts';
import { uuid } from '../../../../../tests/support/world.ts';
import { openSortedLines } from './sortedLines.ts';

describe('a file of sorted lines, looked into', () => {
  it('finds what is there and where the rest would stand, whatever is asked for in order', async () => {
    const file = join(await temporaryFolder(), 'directory.ndjson');
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 300 });
    const sorted = (some: number[]) => [...some].sort((a, b) => a - b);
    await fc.assert(
      // Lines of a few bytes up to more than is read at once.
      fc.asyncProperty(numbers, numbers, fc.integer({ min: 0, max: 3000 }), async (there, asked, most) => {
        const lines = sorted(there).map((n) => `{"id":"${uuid(n)}","x":"${'é'.repeat((n * 7919) % (most + 1))}"}\n`);
        const text = Buffer.from(lines.join(''));
        await writeFile(file, text);
        const found = openSortedLines(file);
        for (const n of sorted(asked)) {
          const at = sorted(there).findIndex((other) => other >= n);
          const start = Buffer.byteLength(lines.slice(0, at < 0 ? lines.length : at).join(''));
          const line = there.includes(n) ? lines[at] : undefined;
          expect(found.find(uuid(n))).toEqual({
            start,
            end: start + Buffer.byteLength(line ?? ''),
            line: line?.slice(0, -1),
          });
        }
        found.close();
      }),
      { numRuns: 40 },
    );
  });
});
