import type { RouteRequest } from '@waymark/domain';

/** What a person says of their situation; only the need must be said (DOMAIN §4.2). */
export type Request = Pick<RouteRequest, 'need'> & Partial<RouteRequest>;

/** A request with what was not said filled in, as `RouteRequest` of the domain does; by hand, because readers carry no schemas. */
export function toRequest(request: Request): RouteRequest {
  const said = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as Request;
  return {
    danger: 'unknown',
    identifiable: false,
    anonymity: 'indifferent',
    reporter: 'public',
    languages: [],
    ...said,
    country: request.country?.toUpperCase() ?? null,
  };
}
