import type { Reporter, RouteNeed } from '../routeRequest.ts';
import type { Audience } from '../vocabulary.ts';

/** Whom an entry must address to be shown. A child is shown nothing that is not meant for children; others may use what is open to all. */
const AUDIENCES: Record<Reporter, readonly Audience[]> = {
  child: ['child'],
  public: ['public', 'parent', 'survivor-adult'],
  professional: ['professional', 'public'],
  provider: ['provider', 'public'],
  traveller: ['traveller', 'public'],
};

/** Needs that say themselves who asks, or for whom. */
const OF_NEED: Partial<Record<RouteNeed, readonly Audience[]>> = {
  'child-help': ['child', 'parent'],
  'worried-about-behaviour': ['worried-about-own-behaviour'],
  'travel-exploitation': ['traveller'],
};

export function audiencesOf(reporter: Reporter, need: RouteNeed): ReadonlySet<Audience> {
  return new Set(reporter === 'child' ? AUDIENCES.child : [...AUDIENCES[reporter], ...(OF_NEED[need] ?? [])]);
}

/** The help line beside a report is for the child it is about, whoever reports. */
export function supportAudiencesOf(reporter: Reporter): ReadonlySet<Audience> {
  return new Set(reporter === 'child' ? AUDIENCES.child : [...AUDIENCES[reporter], 'child', 'parent']);
}
