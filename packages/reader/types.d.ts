// What apps in TypeScript see. It stands alone, so that they install nothing for it; src/types.test.ts holds it to what `open` gives.

/** A record as published; its fields are those of the JSON Schema in the tree (`v1/schema/`). */
export type Published = { id: string; type: string; [field: string]: unknown };

export type State = 'seed' | 'fresh' | 'stale';

export type SnapshotInfo = {
  sequence: number;
  schemaVersion: string;
  createdAt: string;
  validUntil: string;
  assurance: string;
  contentDigest: string;
  counts: Record<string, number>;
  licence: string | undefined;
  attribution: string | undefined;
};

export type Problem = Error & { readonly code: string; readonly isAlarm: boolean };

export type ReaderEvent =
  | { type: 'changed'; snapshot: SnapshotInfo }
  | { type: 'state'; state: State }
  | { type: 'alarm'; problem: Problem; url: string };

export type Refreshed = {
  state: State;
  changed: boolean;
  way: 'kept' | 'delta' | 'full' | 'none';
  problems: { url: string; problem: Problem }[];
};

export type Step = {
  id: string;
  tier: string;
  channels: string[];
  country?: string | undefined;
  why: string[];
  caveats: string[];
};

/** The mark of the urgent lane: `unsafe`, `wrong`, `closed` or `other`, and since when. */
export type Withdrawn = { reason: string; since: string };

/** What fits and is not shown, and why. `withdrawn` is there when the reason is `temporarily-withdrawn`. */
export type Withheld = { id: string; reason: string; withdrawn?: Withdrawn | undefined };

export type Route = {
  steps: Step[];
  support: Step[];
  supportFirst: boolean;
  withheld: Withheld[];
  notes: string[];
};

export type Description = {
  title: string;
  ways: { type: string; address: string }[];
  why: readonly string[];
  caveats: readonly string[];
  /** Temporarily withdrawn: why, and since when. There is no way to get through then. */
  withdrawn: Withdrawn | undefined;
};

export type Reader = {
  readonly records: readonly Published[];
  readonly snapshot: SnapshotInfo;
  readonly state: State;
  readonly checkedAt: string | undefined;
  /** Only `need` must be said: `csam-online`, `grooming`, `child-help` … */
  route(request: {
    need: string;
    country?: string | null;
    subdivision?: string;
    residence?: string;
    incidentCountry?: string;
    platform?: string;
    danger?: 'yes' | 'no' | 'unknown';
    identifiable?: boolean;
    ongoing?: boolean;
    anonymity?: 'indifferent' | 'preferred' | 'required';
    reporter?: 'public' | 'child' | 'professional' | 'provider' | 'traveller';
    languages?: string[];
    usable?: string[];
  }): Route;
  /** Of what `route` withholds, the name and the mark alone. */
  describe(step: Step | Withheld, locale?: string): Description;
  find(query: { text?: string; country?: string; kind?: string; need?: string }): Published[];
  /** What is temporarily withdrawn, for lists to name with its mark; without channels. `channels`: only these, or all of it. */
  withdrawn(query?: { text?: string; country?: string; kind?: string; need?: string }): (Published & {
    withdrawn: Withdrawn & { channels: readonly string[] | undefined };
  })[];
  entry(id: string): Published | undefined;
  subscribe(listener: (event: ReaderEvent) => void): () => void;
  refresh(what?: 'all' | 'urgent'): Promise<Refreshed>;
  close(): void;
};

type Options = {
  /** Mirrors of one repository, tried in order. None of them is trusted. */
  urls: string | readonly string[];
  /** `seed.zip`: its path on Node, its address in a browser, or its bytes. */
  seed?: string | Uint8Array | undefined;
  /** Looks by itself. Default true. */
  auto?: boolean | undefined;
  /** Milliseconds that one file may take. */
  patience?: number | undefined;
};

/** On Node, `dir` is the folder it keeps; in a browser, `name` is its database. */
export function open(options: Options & { dir?: string; name?: string }): Promise<Reader>;

/** On Node alone. */
export function makeSeed(options: {
  url: string;
  root: Uint8Array;
}): Promise<{ zip: Uint8Array; snapshot: SnapshotInfo }>;
