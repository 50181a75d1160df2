import { useQuery } from '@tanstack/react-query';
import type {
  ChannelType,
  CoverageCell,
  CoverageState,
  CoverageStatus,
  Kind,
  Need,
  RecordState,
  Route,
  RouteStep,
} from '@waymark/domain';
import type { Confidence } from '@waymark/domain';
import { api } from '../api.ts';
import type { On, Question } from './routingAddress.ts';

/** A step with the name and the channels of its entry; words have neither. */
export type NamedStep = Omit<RouteStep, 'channels'> & {
  name: string | null;
  slug: string | null;
  kind: Kind | null;
  channels: { id: string; type: ChannelType; address: string }[];
};

export type NamedRoute = Omit<Route, 'steps' | 'support' | 'withheld'> & {
  steps: NamedStep[];
  support: NamedStep[];
  withheld: (Route['withheld'][number] & { name: string; slug: string })[];
};

/** What `POST /routing/preview` answers: `route`, or on a proposal `before` and `after`. */
export type RoutePreview = {
  at: string;
  assumeVerified: boolean;
  route: NamedRoute | null;
  before: NamedRoute | null;
  after: NamedRoute | null;
};

/**
 * Asks the server. While it answers, the last answer to another question of the same directory stays, so that the page does not jump
 * at every change; what a proposal or snapshot says never stands under the name of another.
 */
export function usePreview({ request, on, at, isVerified }: Question) {
  const question = { request, on: toServer(on), assumeVerified: isVerified, ...(at !== undefined && { at }) };
  return useQuery({
    queryKey: ['coverage', 'preview', on, question],
    queryFn: ({ signal }) => api.post<RoutePreview>('/routing/preview', question, { signal }),
    placeholderData: (last, query) => (JSON.stringify(query?.queryKey[2]) === JSON.stringify(on) ? last : undefined),
  });
}

function toServer(on: On) {
  if (on.kind === 'proposal') return { proposal: on.id };
  return on.kind === 'snapshot' ? { snapshot: on.sequence } : { directory: true };
}

/** One entry behind a cell. */
export type CoveringEntry = {
  id: string;
  slug: string;
  name: string;
  kind: Kind;
  state: RecordState;
  unsafe: boolean;
  confidence: Confidence;
  expiresAt: string | null;
  expired: boolean;
  partial: boolean;
};

/** What `GET /coverage/{country}` answers. */
export type CountryCoverageView = {
  country: string;
  profileId: string | null;
  summary: CoverageState;
  cells: (CoverageCell & {
    need: Need;
    entries: CoveringEntry[];
    profile: { status: CoverageStatus; checkedAt: string; nextReview: string | null; evidenced: boolean } | null;
  })[];
};

export function useCountryCoverage(country: string) {
  return useQuery({
    queryKey: ['coverage', 'country', country],
    queryFn: ({ signal }) => api.get<CountryCoverageView>(`/coverage/${country}`, { signal }),
  });
}
