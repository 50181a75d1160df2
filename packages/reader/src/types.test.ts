import { expect, it } from 'vitest';
import type * as Told from '../types.d.ts';
import type * as Node from './index.ts';

// Looked at by the type checker: what apps are told is what they get. What they may ask for is told in wider words, on purpose:
// words of a later vocabulary are unknown, not errors.
type Plain = 'records' | 'snapshot' | 'state' | 'checkedAt' | 'find' | 'entry' | 'subscribe' | 'refresh' | 'close';
const reader = (given: Pick<Node.Reader, Plain>): Pick<Told.Reader, Plain> => given;
const route = (given: ReturnType<Node.Reader['route']>): Told.Route => given;
const description = (given: ReturnType<Node.Reader['describe']>): Told.Description => given;
const request = (given: Parameters<Node.Reader['route']>[0]): Parameters<Told.Reader['route']>[0] => given;
const seed = (given: Awaited<ReturnType<typeof Node.makeSeed>>): Awaited<ReturnType<typeof Told.makeSeed>> => given;

it('tells apps in TypeScript what they get', () => {
  expect([reader, route, description, request, seed]).toHaveLength(5);
});
