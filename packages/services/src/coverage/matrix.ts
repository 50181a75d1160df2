import {
  coverageMatrix,
  coverageRefusals,
  needsByCountry,
  Need,
  isExpired,
  type Confidence,
  type CountryProfile,
  type CoverageCell,
  type CoverageMatrix,
  type CoverageState,
  type CoverageStatus,
  type Kind,
  type RoutableEntry,
} from '@waymark/domain';
import { activeProfiles, type Context, type Store } from '@waymark/store';
import { eachRoutableEntry, routableIn } from './routable.ts';

/** The matrix of all countries with an entry or a profile; the same until something is written, and within an hour. */
export async function showCoverage(ctx: Pick<Context, 'store' | 'now'>): Promise<CoverageMatrix> {
  const { store } = ctx;
  const now = ctx.now().toISOString();
  const key = `${store.generation()} ${now.slice(0, 'YYYY-MM-DDTHH'.length)}`;
  const known = kept.get(store);
  if (known?.key === key) return known.matrix;
  const matrix = readMatrix(store, now);
  kept.set(store, { key, matrix });
  // What failed is tried again.
  matrix.catch(() => kept.delete(store));
  return matrix;
}

const kept = new WeakMap<Store, { key: string; matrix: Promise<CoverageMatrix> }>();

async function readMatrix({ read }: Store, now: string): Promise<CoverageMatrix> {
  const entries: RoutableEntry[] = [];
  for await (const { entry } of eachRoutableEntry(read, { now, assumeVerified: false })) {
    // Channels are most of an entry and say nothing about a country.
    entries.push({ ...entry, channels: [] });
  }
  const profiles = await activeProfiles(read);
  return coverageMatrix(
    entries,
    profiles.map(({ doc }) => doc),
    now,
  );
}

/** An entry behind a cell. */
export type CoveringEntry = {
  id: string;
  slug: string;
  name: string;
  kind: Kind;
  state: RoutableEntry['state'];
  unsafe: boolean;
  confidence: Confidence;
  expiresAt: string | null;
  expired: boolean;
  /** It takes the need in parts of the country only. */
  partial: boolean;
};

export type CellView = CoverageCell & {
  need: Need;
  entries: CoveringEntry[];
  /** What the country profile says, and whether its "none known" has its four sources. */
  profile: { status: CoverageStatus; checkedAt: string; nextReview: string | null; evidenced: boolean } | null;
};

export type CountryView = {
  country: string;
  profileId: string | null;
  summary: CoverageState;
  /** One per need. */
  cells: CellView[];
};

/** The cells of one country, with the entries behind each. */
export async function showCountryCoverage(ctx: Pick<Context, 'store' | 'now'>, country: string): Promise<CountryView> {
  const { read } = ctx.store;
  const now = ctx.now().toISOString();
  const named = await routableIn(read, [country], { now, assumeVerified: false });
  const [profile] = await activeProfiles(read, [country]);
  const { countries } = coverageMatrix(
    named.map(({ entry }) => entry),
    profile ? [profile.doc] : [],
    now,
  );
  const coverage = countries.find((row) => row.country === country);
  const behind = named.map(({ name, entry }) => ({
    needs: needsByCountry(entry, now).get(country),
    row: toCovering(name, entry, now),
  }));
  return {
    country,
    profileId: profile?.id ?? null,
    summary: coverage?.summary ?? 'not-researched',
    cells: Need.options.map((need) => ({
      need,
      ...(coverage?.cells[need] ?? { state: 'not-researched', options: 0, verified: 0 }),
      entries: behind.flatMap(({ needs, row }) => {
        const isWhole = needs?.get(need);
        return isWhole === undefined ? [] : [{ ...row, partial: !isWhole }];
      }),
      profile: profile ? statedOf(profile.doc, need) : null,
    })),
  };
}

function toCovering(name: string, entry: RoutableEntry, now: string): Omit<CoveringEntry, 'partial'> {
  const { id, slug, kind, state, unsafe = false, verification } = entry;
  return { id, slug, name, kind, state, unsafe, ...verification, expired: isExpired(verification, now) };
}

function statedOf(profile: CountryProfile, need: Need): CellView['profile'] {
  const stated = profile.coverage.find((coverage) => coverage.need === need);
  if (!stated) return null;
  const { status, checkedAt, nextReview = null } = stated;
  const evidenced = !coverageRefusals(profile).some(({ path }) => path === `/coverage/${need}`);
  return { status, checkedAt, nextReview, evidenced };
}
