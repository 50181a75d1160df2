import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Where a record stands in `directory.ndjson`: bytes `start` to `end`, its line feed included; none when there is no such record. */
export type Place = { start: number; end: number; line: string | undefined };

/** A file of canonical lines sorted by id, looked into without reading all of it. */
export type SortedLines = {
  /**
   * Finds a record. Ids are asked for in order: what stands before the last one found is not looked at again.
   * @returns its line, or where it would stand
   */
  find(id: string): Place;
  close(): void;
};

const BLOCK = 8 * 1024;

/**
 * Opens a file of canonical lines sorted by id. From where the last record was found it looks ahead in growing steps, then
 * halves: a hundred records among a hundred thousand take some two thousand lines, records side by side one or two each.
 * Reads are short and of a file that was just written or read, so they do not wait for the disk.
 * @throws Error ENOENT
 */
export function openSortedLines(file: string): SortedLines {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  let passed = 0;

  function lineAround(offset: number): { start: number; end: number; line: string } {
    for (let reach = BLOCK; ; reach *= 4) {
      const from = Math.max(0, offset - reach);
      const bytes = Buffer.allocUnsafe(Math.min(size, offset + reach) - from);
      const block = bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
      const at = offset - from;
      const before = at === 0 ? -1 : block.lastIndexOf(LINE_FEED, at - 1);
      const after = block.indexOf(LINE_FEED, at);
      if ((before < 0 && from > 0) || (after < 0 && from + block.length < size)) continue;
      const end = after < 0 ? block.length : after;
      return {
        start: from + before + 1,
        end: Math.min(from + end + 1, size),
        line: block.toString('utf8', before + 1, end),
      };
    }
  }

  return {
    find(id) {
      let [low, high] = [passed, size];
      // The first line that does not come before the record starts in low to high; often it is the very next.
      for (let ahead = 0; low + ahead < high; ahead = Math.max(BLOCK, 4 * ahead)) {
        const probe = lineAround(low + ahead);
        if (recordIdOf(probe.line) < id) low = probe.end;
        else high = probe.start;
      }
      while (low < high) {
        const probe = lineAround(low + Math.floor((high - low) / 2));
        if (recordIdOf(probe.line) < id) low = probe.end;
        else high = probe.start;
      }
      passed = low;
      const found = low < size ? lineAround(low) : undefined;
      return found && recordIdOf(found.line) === id ? found : { start: low, end: low, line: undefined };
    },
    close: () => closeSync(descriptor),
  };
}

const LINE_FEED = 10;

const ANY_ID = /"id":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/gi;

/** The id of a record, without parsing its line unless something inside has a name like a record's. */
function recordIdOf(line: string): string {
  const [first, second] = line.matchAll(ANY_ID);
  if (first?.[1] !== undefined && second === undefined) return first[1];
  return (JSON.parse(line) as { id: string }).id; // We wrote the line; its file has the digest of a snapshot.
}
