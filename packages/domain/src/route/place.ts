import type { z } from 'zod';
import { areaCountries } from '../areas.ts';
import type { Serves } from '../entry.ts';
import type { RouteRequest } from '../routeRequest.ts';
import type { ServesBasis } from '../vocabulary.ts';

export type Place = { country: string; subdivision?: string | undefined };

/** The places a request names. What is not said is where the person is. */
export type Places = { here: Place | undefined; home: Place | undefined; incident: Place | undefined };

/** How narrow an area is: the narrower, the closer to the person. */
export const NARROWNESS = { subdivision: 0, country: 1, region: 2, world: 3 } as const;
export type Narrowness = (typeof NARROWNESS)[keyof typeof NARROWNESS];

const COUNTRY_CODE = /^[A-Z]{2}$/;
const SUBDIVISION_CODE = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;

export function placesOf({ country, subdivision, residence, incidentCountry }: RouteRequest): Places {
  const here = country === null ? undefined : { country, subdivision };
  // Of another country nobody asked for more than its name.
  const other = (code: string | undefined) =>
    code === undefined ? undefined : code === here?.country ? here : { country: code };
  return { here, home: other(residence), incident: other(incidentCountry) };
}

/** The country of an area that is one, or a part of one; undefined for the world, a region and a group of states. */
export function namedCountry(area: string): string | undefined {
  return COUNTRY_CODE.test(area) ? area : SUBDIVISION_CODE.exec(area)?.[1];
}

/** Whether an area is only a part of a country. */
export function isSubdivision(area: string): boolean {
  return SUBDIVISION_CODE.test(area);
}

/**
 * How narrowly an area holds a place; undefined when it does not. A subdivision holds only who said to be in it.
 * @param day for groups of states, which have members since and until some day
 */
export function narrownessOf(area: string, place: Place, day: string): Narrowness | undefined {
  if (area === '001') return NARROWNESS.world;
  if (COUNTRY_CODE.test(area)) return area === place.country ? NARROWNESS.country : undefined;
  if (SUBDIVISION_CODE.test(area)) return area === place.subdivision ? NARROWNESS.subdivision : undefined;
  return holdsCountry(area, place.country, day) ? NARROWNESS.region : undefined;
}

/** Whether a region or a group of states holds a country on a day. */
export function holdsCountry(area: string, country: string, day: string): boolean {
  const countries = areaCountries(area, day);
  return countries === 'world' || countries.includes(country);
}

/** How narrowly an entry is responsible by one line of `serves`; undefined when it is not. */
export function responsibility(
  { area, basis, except = [] }: Pick<Serves, 'area' | 'basis' | 'except'>,
  places: Places,
  day: string,
): Narrowness | undefined {
  const known = placesThatCount(basis, places).filter((place) => place !== undefined);
  // Of somebody who names no place, only the world can be sure.
  if (known.length === 0) return area === '001' ? NARROWNESS.world : undefined;
  const held = known
    .filter((place) => !except.some((area) => narrownessOf(area, place, day) !== undefined))
    .map((place) => narrownessOf(area, place, day))
    .filter((narrowness) => narrowness !== undefined);
  return held.length === 0 ? undefined : held.reduce((a, b) => (a < b ? a : b));
}

/**
 * Places that must lie in the area, one of them at least (DOMAIN §3.3 `serves`). Where content is hosted or of which nation a
 * suspect is, a person rarely knows: such a basis counts for what the person says of the incident, or for the world.
 */
function placesThatCount(basis: z.infer<typeof ServesBasis>, { here, home, incident }: Places): (Place | undefined)[] {
  switch (basis) {
    case 'reporter-located':
      return [here];
    case 'reporter-resident':
      return [home ?? here];
    case 'incident-located':
    case 'child-located':
      return [incident ?? here];
    case 'content-hosted':
      return [incident];
    case 'suspect-national':
      return [];
    default:
      return [here, home, incident];
  }
}
