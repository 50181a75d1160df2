import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoArea, geoCentroid, geoDistance } from 'd3-geo';
import { feature, mergeArcs, quantize } from 'topojson-client';
import { presimplify, quantile, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const ATLAS = require.resolve('world-atlas/countries-50m.json');
const TABLE = new URL('../../packages/domain/src/tables/countries.ts', import.meta.url);

/** Below this area (steradians, about 10,000 km²) a country is hard to see or to hit, so it gets a dot. */
const SMALL = 2.5e-4;
/** Share of the atlas' points that a small picture needs. */
const KEPT = 0.12;
const GRID = 4e3;

/**
 * Countries that the atlas draws as parts of another one, or not at all. `at` is the principal place in the time zone database
 * (zone.tab; for uninhabited Bouvet the island itself), `within` how many degrees around it the islands lie.
 */
const PARTS = {
  BQ: { of: 'Netherlands', at: [-68.3, 12.2], within: 8 },
  BV: { of: 'Norway', at: [3.4, -54.4], within: 1 },
  CC: { of: 'Indian Ocean Ter.', at: [96.9, -12.2], within: 2 },
  CX: { of: 'Indian Ocean Ter.', at: [105.7, -10.4], within: 2 },
  GF: { of: 'France', at: [-52.3, 4.9], within: 4 },
  GI: { of: 'United Kingdom', at: [-5.4, 36.1], within: 1 },
  GP: { of: 'France', at: [-61.5, 16.2], within: 1 },
  MQ: { of: 'France', at: [-61.1, 14.6], within: 1 },
  RE: { of: 'France', at: [55.5, -20.9], within: 1 },
  SJ: { of: 'Norway', at: [16, 78], within: 5 },
  TK: { of: 'New Zealand', at: [-171.2, -9.4], within: 2 },
  TV: { of: 'Tuvalu', at: [179.2, -8.5], within: 3 },
  UM: { of: 'United States of America', at: [-177.4, 28.2], within: 1 },
  YT: { of: 'France', at: [45.2, -12.8], within: 1 },
};

/**
 * Areas without an ISO number. As in the domain's table, ISO 3166-1 decides: an area without a code of its own is drawn with the
 * country whose code is used there, so that nobody lives outside the map.
 */
const WITHOUT_NUMBER = { Kosovo: 'XK', Somaliland: 'SO', 'N. Cyprus': 'CY' };

/**
 * The world map of the admin: a small topology with one shape per country, and dots for countries too small to see.
 * Source: world-atlas countries-50m (Natural Earth), simplified.
 * @returns text of a JSON file; the same bytes for the same packages
 * @throws Error when a country of the domain's table would be lost
 */
export function worldMap() {
  const atlas = JSON.parse(readFileSync(ATLAS, 'utf8'));
  const polygons = polygonsByCountry(atlas);
  const dots = dotsFor(atlas, polygons);
  const wanted = countries();
  const lost = wanted.filter((code) => !polygons.has(code) && dots[code] === undefined);
  const unknown = [...polygons.keys()].filter((code) => code !== '' && !wanted.includes(code));
  if (lost.length + unknown.length > 0)
    throw new Error(`The world map lacks "${lost.join(' ')}" and has "${unknown.join(' ')}" too many`);

  const geometries = [...polygons].sort(byCode).map(([code, arcs]) => ({
    // Merging takes out the borders between parts of one country.
    ...mergeArcs(atlas, [{ type: 'MultiPolygon', arcs }]),
    ...(code !== '' && { id: code }),
  }));
  const whole = presimplify({
    ...atlas,
    bbox: undefined,
    objects: { countries: { type: 'GeometryCollection', geometries } },
  });
  const topology = quantize(simplify(whole, quantile(whole, KEPT)), GRID);
  return `${JSON.stringify({ topology, dots })}\n`;
}

const byCode = ([a], [b]) => (a < b ? -1 : 1);

function countries() {
  const [, codes] = readFileSync(TABLE, 'utf8').match(/countryCodes = `([^`]+)`/);
  return codes.trim().split(/\s+/);
}

/** Polygons, as lists of rings of arcs, by alpha-2 code; those of no country, such as a disputed glacier, by ''. */
function polygonsByCountry(atlas) {
  const polygons = new Map();
  for (const geometry of atlas.objects.countries.geometries) {
    for (const polygon of geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs) {
      const at = geoCentroid(shapeOf(atlas, polygon));
      const code = partAt(geometry.properties.name, at) ?? codeOf(geometry) ?? '';
      polygons.set(code, [...(polygons.get(code) ?? []), polygon]);
    }
  }
  return polygons;
}

const shapeOf = (atlas, arcs) => feature(atlas, { type: 'Polygon', arcs });

function partAt(name, place) {
  const degrees = (code) => (geoDistance(place, PARTS[code].at) * 180) / Math.PI;
  return Object.keys(PARTS).find((code) => PARTS[code].of === name && degrees(code) < PARTS[code].within);
}

/** Alpha-2 of an ISO 3166-1 number: CLDR, which `Intl` brings along, knows the one as an alias of the other. */
function codeOf({ id, properties }) {
  return id === undefined ? WITHOUT_NUMBER[properties.name] : new Intl.Locale(`und-${id}`).region;
}

/** Longitude and latitude of every country that is too small to see, or has no shape at all. */
function dotsFor(atlas, polygons) {
  const dots = Object.entries(PARTS)
    .filter(([code]) => !polygons.has(code))
    .map(([code, { at }]) => [code, at]);
  for (const [code, arcs] of polygons) {
    const shapes = arcs.map((polygon) => shapeOf(atlas, polygon)).sort((a, b) => geoArea(b) - geoArea(a));
    const isSmall = shapes.reduce((sum, shape) => sum + geoArea(shape), 0) < SMALL;
    if (code !== '' && isSmall)
      dots.push([code, PARTS[code]?.at ?? geoCentroid(shapes[0]).map((n) => Math.round(n * 10) / 10)]);
  }
  return Object.fromEntries(dots.sort(byCode));
}
