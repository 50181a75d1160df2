import type { DueState } from '@waymark/domain';
import type { Query } from '../api.ts';

export const DUE_STATES = ['overdue', 'due', 'soon', 'expired', 'all'] as const;

/** What narrows the queue of checks. It lives in the address, so that the check screen knows which entry comes next. */
export type DueFilter = {
  state?: Exclude<DueState, 'fresh'> | 'all';
  kind?: string;
  country?: string;
  language?: string;
  q?: string;
  isOpenNow?: boolean;
  isMine?: boolean;
};

/** Reads the filter from an address; what is not known there is left out. */
export function filterFrom(params: URLSearchParams): DueFilter {
  const text = (name: string) => params.get(name) ?? undefined;
  const state = DUE_STATES.find((each) => each === params.get('state'));
  return clean({
    state,
    kind: text('kind'),
    country: text('country'),
    language: text('language'),
    q: text('q'),
    isOpenNow: params.get('officeHours') === 'now' ? true : undefined,
    isMine: params.get('mine') === 'true' ? true : undefined,
  });
}

/** The filter as the server asks for it and as the address keeps it. */
export function toQuery({ isOpenNow, isMine, ...rest }: DueFilter): Query {
  return clean({ ...rest, officeHours: isOpenNow ? 'now' : undefined, mine: isMine ? true : undefined });
}

/** @returns what follows the path in an address; empty without filters */
export function searchOf(filter: DueFilter): string {
  const pairs = Object.entries(toQuery(filter)).map(([key, value]): [string, string] => [key, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

/** Address of the check of an entry, which keeps the filter it was found with. */
export const checkHref = (recordId: string, filter: DueFilter = {}): string => `/due/${recordId}${searchOf(filter)}`;

function clean<T extends Record<string, unknown>>(all: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Only what is undefined goes, so every member that stays has its own type.
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
