import { randomBytes } from 'node:crypto';
import { refuse } from '@waymark/domain';
import { Problem } from '@waymark/store';
import type { AppContext } from './deps.ts';

/** Generations count from zero in each process, so tags of an earlier one must not fit. */
const PROCESS = randomBytes(4).toString('hex');

/** `"revision.generation.process"`: the view of a record also shows proposals and names, so any write may change it. */
const RECORD_TAG = /^(?:W\/)?"\d+\.(\d+\.[0-9a-f]{8})"$/;

/** Makes the tag of a record's view as of now; taken before reading, so that a write in between makes it older, never newer. */
export function recordTag(c: AppContext): (revision: number) => string {
  const generation = c.var.deps.store.generation();
  return (revision) => `"${revision}.${generation}.${PROCESS}"`;
}

/**
 * True when nothing at all was written since the caller's tag of a record: then no query is needed to say 304.
 * The tag is repeated in the answer, as RFC 9110 §15.4.5 wants.
 */
export function isUnchanged(c: AppContext): boolean {
  const now = `${c.var.deps.store.generation()}.${PROCESS}`;
  for (const tag of (c.req.header('if-none-match') ?? '').split(',').map((t) => t.trim())) {
    if (RECORD_TAG.exec(tag)?.[1] === now) {
      c.header('ETag', tag);
      return true;
    }
  }
  return false;
}

export function proposalTag(version: number): string {
  return `"${version}"`;
}

/**
 * The version of a proposal that the caller read. `*` is no answer: it would overwrite whatever is there.
 * @throws Problem `precondition-required` (428) without one
 */
export function requireIfMatch(c: AppContext): number {
  const header = c.req.header('if-match');
  if (header === undefined || header.trim() === '*') throw new Problem(refuse('precondition-required'));
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  // A tag of something else is a tag that does not match.
  if (version === undefined) throw new Problem(refuse('stale-revision'));
  return Number(version);
}
