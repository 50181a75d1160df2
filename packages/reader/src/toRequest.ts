import type { RouteRequest } from '@waymark/domain';

/** What a person says of their situation; only the need must be said (DOMAIN §4.2). */
export type Request = Pick<RouteRequest, 'need'> & Partial<RouteRequest>;

/** A request with what was not said filled in, as `RouteRequest` of the domain does; by hand, because readers carry no schemas. */
export function toRequest(request: Request): RouteRequest {
  const country = request.country?.toUpperCase() ?? null;
  return {
    danger: 'unknown',
    identifiable: false,
    anonymity: 'indifferent',
    reporter: 'public',
    languages: [],
    ...request,
    country,
  };
}
