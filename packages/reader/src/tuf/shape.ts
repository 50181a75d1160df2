import { ReaderProblem } from '../problem.ts';

/** An object of JSON. */
export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isSafeInt(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

/** A version of metadata: they begin at 1 and rise. */
export function isVersion(value: unknown): value is number {
  return isSafeInt(value) && value >= 1;
}

/** @throws ReaderProblem `malformed` */
export function treeOf(value: unknown, what: string): Tree {
  if (isTree(value)) return value;
  throw new ReaderProblem('malformed', `${what}: not an object`);
}

/** @throws ReaderProblem `malformed` */
export function listOf(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new ReaderProblem('malformed', `${what}: not a list`);
}
