import { isTree, type Tree } from '../read/tree.ts';

/**
 * How a value with parts is written in one cell, for people who edit it there: `DE; strength=primary; needs[]=csam-url, grooming`.
 * First what it is called, then a part behind each semicolon: `name=text`, `name[]=a list, of words`, `name:=` before anything else
 * as JSON, and a dot between the names of parts of parts. A semicolon, a line end or a backslash inside a text has a backslash in front.
 */
export function toItem(head: string, parts: Tree): string {
  return [escapeText(head), ...flatten(parts, '')].join('; ');
}

/** The inverse of `toItem`, or a sentence that says what cannot be read. */
export function fromItem(text: string): { head: string; parts: Tree } | { fix: string } {
  const [head = '', ...pieces] = splitAt(text, ';').map((piece) => piece.trim());
  const parts: Tree = {};
  for (const piece of pieces.filter(Boolean)) {
    const [, name = '', mark = '', value = ''] = /^([A-Za-z0-9_.-]+)(\[\]|:)?=(.*)$/s.exec(piece) ?? [];
    if (name === '' || name.split('.').includes('__proto__')) return { fix: `Write "${piece}" as name=value.` };
    const read = valueOf(mark, value);
    if (read === undefined) return { fix: `What stands behind ${name}:= is no JSON.` };
    put(parts, name.split('.'), read.value);
  }
  return { head: unescapeText(head), parts: withLists(parts) as Tree };
}

/** Text in a cell where each line means something: line ends and backslashes inside it are written with a backslash. */
export function escapeText(text: string): string {
  return text.replace(/[\\;\n\r]/g, (c) => (c === '\n' ? '\\n' : c === '\r' ? '\\r' : `\\${c}`));
}

export function unescapeText(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, c: string) => (c === 'n' ? '\n' : c === 'r' ? '\r' : c));
}

const WORD = /^[^,\s;\\=]+$/;

function flatten(value: unknown, path: string): string[] {
  const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (typeof value === 'string' && value.trim() === value && value !== '') return [`${path}=${escapeText(value)}`];
  if (Array.isArray(value) && value.length > 0) {
    if (value.every((item) => typeof item === 'string' && WORD.test(item))) return [`${path}[]=${value.join(', ')}`];
    return value.flatMap((item, at) => flatten(item, inside(String(at))));
  }
  const isPlain =
    isTree(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((key) => /^[A-Za-z][A-Za-z0-9_-]*$/.test(key));
  if (isPlain)
    return Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : flatten(member, inside(key))));
  return path === '' ? [] : [`${path}:=${escapeText(JSON.stringify(value))}`];
}

function valueOf(mark: string, text: string): { value: unknown } | undefined {
  if (mark === '[]')
    return {
      value: text
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    };
  if (mark === '') return { value: unescapeText(text) };
  try {
    return { value: JSON.parse(unescapeText(text)) as unknown };
  } catch {
    return undefined;
  }
}

/** Splits where the mark stands without a backslash in front. */
function splitAt(text: string, mark: string): string[] {
  const pieces = [''];
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at] ?? '';
    if (c === mark) pieces.push('');
    else pieces[pieces.length - 1] += c === '\\' ? c + (text[(at += 1)] ?? '') : c;
  }
  return pieces;
}

function put(tree: Tree, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) tree[key] = value;
  else {
    const inner = isTree(tree[key]) ? tree[key] : {};
    tree[key] = inner;
    put(inner, rest, value);
  }
}

/** An object whose names are 0, 1, 2 … is a list. */
function withLists(value: unknown): unknown {
  if (!isTree(value)) return value;
  const keys = Object.keys(value);
  const isList = keys.length > 0 && keys.every((key, at) => key === String(at));
  const members = Object.entries(value).map(([key, member]) => [key, withLists(member)] as const);
  return isList ? members.map(([, member]) => member) : Object.fromEntries(members);
}
