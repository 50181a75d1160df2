import type { Source, SourceRow } from '../source.ts';
import type { Decoded } from './encoding.ts';
import type { ReadOptions } from './options.ts';
import { itemLines } from './jsonLines.ts';
import { isTree, type Tree } from './tree.ts';
import { ReadProblem } from './refusal.ts';
import { checkRowCount, figure } from './rowGate.ts';
import { isHsdsPage, readHsdsPage } from './hsds/page.ts';
import { sortRecords, unknownDocument } from './ourRecords.ts';

/** Deeper than any document of ours, and far from what a program can be made to fall over. */
const DEEPEST = 40;

/** Names under which a list of records can stand in an object: `directory.json`, an export, a starter directory, an answer of the API. */
const LISTS = ['records', 'entries', 'data', 'organisations', 'countries'] as const;

/**
 * JSON of our own schema, as it is published or exported, or a page of HSDS.
 * @throws ReadProblem json-malformed, document-unknown and the limits
 */
export function readJson({ text, encoding }: Decoded, options: ReadOptions): Source {
  const tree = parseJson(text, 0);
  checkTree(tree, options.limits.cell * 4, 1);
  if (isHsdsPage(tree)) return readHsdsPage(tree, itemLines(text, 'contents'), encoding, options);
  const items = listsOf(tree).flatMap(({ key, list }) => {
    const lines = itemLines(text, key);
    return list.map((item, at) => ({ item, line: lines[at] ?? 1 }));
  });
  return withRows({ format: 'json', encoding }, items, options);
}

/** One document in each line. */
export function readNdjson({ text, encoding }: Decoded, options: ReadOptions): Source {
  const items: { item: unknown; line: number }[] = [];
  for (const [at, lineText] of text.split('\n').entries()) {
    if (lineText.trim() === '') continue;
    const line = at + 1;
    const item = parseJson(lineText, at);
    checkTree(item, options.limits.cell * 4, line);
    items.push({ item, line });
  }
  return withRows({ format: 'ndjson', encoding }, items, options);
}

function withRows(
  reading: Source['reading'],
  items: readonly { item: unknown; line: number }[],
  { limits, onProgress }: ReadOptions,
): Source {
  const { entries, organisations, passedOver } = sortRecords(items);
  const rows = entries.map(({ doc, line }, at): SourceRow => {
    checkRowCount(at + 1, limits, { line });
    return { row: at + 1, line, cells: [], doc };
  });
  onProgress?.({ rows: rows.length });
  return {
    reading: { ...reading, ...(Object.keys(passedOver).length > 0 ? { passedOver } : {}) },
    header: [],
    rows,
    ...(organisations.length > 0 ? { organisations } : {}),
  };
}

function listsOf(tree: unknown): { key: string; list: readonly unknown[] }[] {
  if (Array.isArray(tree)) return [{ key: '', list: tree }];
  if (!isTree(tree)) throw unknownDocument(1);
  const lists = LISTS.flatMap((key) => {
    const list = tree[key];
    return Array.isArray(list) ? [{ key, list: list as unknown[] }] : [];
  });
  return lists.length > 0 && !('kind' in tree) ? lists : [{ key: '', list: [tree] }];
}

function parseJson(text: string, linesBefore: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? [];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const place = { line: linesBefore + before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    throw new ReadProblem(
      'json-malformed',
      `Line ${place.line}, character ${place.column}: JSON ends or breaks here. Export the file again; do not edit it in a word processor.`,
      place,
    );
  }
}

/** No recursion: the depth is what is looked at. */
function checkTree(tree: unknown, longest: number, line: number): void {
  let level: unknown[] = [tree];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST)
      throw new ReadProblem(
        'document-unknown',
        `Line ${line}: values are nested more than ${DEEPEST} deep. No entry is.`,
        {
          line,
        },
      );
    level = level.flatMap((value): unknown[] => {
      if (typeof value === 'string' && value.length > longest)
        throw new ReadProblem(
          'cell-too-long',
          `Line ${line}: a text holds at most ${figure(longest)} characters. Shorten the one that begins "${value.slice(0, 40)}".`,
          { line },
        );
      if (typeof value !== 'object' || value === null) return [];
      if (Object.hasOwn(value, '__proto__')) throw unknownDocument(line);
      return Object.values(value as Tree);
    });
  }
}
