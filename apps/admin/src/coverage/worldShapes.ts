import { geoCentroid, geoNaturalEarth1, geoPath, type GeoProjection } from 'd3-geo';
import { feature } from 'topojson-client';
import type { FeatureCollection, Geometry } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import file from './generated/worldMap.json';

/** One country as it is drawn: a path, and the place where its name belongs. */
export type Shape = {
  /** Alpha-2; undefined for land that ISO 3166-1 gives to no country. */
  country: string | undefined;
  path: string;
  x: number;
  y: number;
  /** Too small to see: a dot stands for it. */
  isDot: boolean;
  /** Drawn, but the dot of the same country is what one points at. */
  isBackdrop: boolean;
};

/** What part of the world fills the picture: the whole, or a continent by its UN M49 code. */
export const VIEWS = {
  '001': { from: [-180, -57], to: [180, 80], turn: 10 },
  '002': { from: [-20, -36], to: [56, 38], turn: 18 },
  '019': { from: [-128, -56], to: [-33, 68], turn: -80 },
  '142': { from: [28, -11], to: [146, 54], turn: 87 },
  '150': { from: [-24, 34.5], to: [44, 70], turn: 12 },
  '009': { from: [112, -47], to: [228, 16], turn: 170 },
} as const satisfies Record<string, { from: [number, number]; to: [number, number]; turn: number }>;
export type View = keyof typeof VIEWS;

export const WIDTH = 960;
export const HEIGHT = 470;

// The file is written by apps/launch/worldMap.mjs; JSON imports lose what its strings stand for.
const { topology, dots } = file as unknown as {
  topology: Topology<{ countries: GeometryCollection }>;
  dots: Record<string, [number, number]>;
};
const world: FeatureCollection<Geometry> = feature(topology, topology.objects.countries);

/** Every country in one view of the world, dots last, so that they lie on top. */
export function shapesIn(view: View): Shape[] {
  const projection = projectionOf(view);
  const draw = geoPath(projection).digits(1);
  const drawn = world.features.flatMap((shape): Shape[] => {
    const country = shape.id === undefined ? undefined : String(shape.id);
    const path = draw(shape) ?? '';
    if (path === '') return [];
    const [x, y] = placeOf(country, geoCentroid(shape), projection);
    return [{ country, path, x, y, isDot: false, isBackdrop: country === undefined || country in dots }];
  });
  const small = Object.keys(dots).map((country): Shape => {
    const [x, y] = placeOf(country, [0, 0], projection);
    return { country, path: '', x, y, isDot: true, isBackdrop: false };
  });
  return [...drawn, ...small];
}

function placeOf(country: string | undefined, otherwise: [number, number], projection: GeoProjection) {
  return projection(dots[country ?? ''] ?? otherwise) ?? ([0, 0] as const);
}

function projectionOf(view: View): GeoProjection {
  const { from, to, turn } = VIEWS[view];
  const [west, south] = from;
  const [east, north] = to;
  const middle = (west + east) / 2;
  // Of the box its corners and the middles of its sides; on a bent map the outermost of them decide.
  const edges: [number, number][] = [west, middle, east].flatMap((x) => [
    [x, south],
    [x, (south + north) / 2],
    [x, north],
  ]);
  const box: Geometry = { type: 'MultiPoint', coordinates: edges };
  // The map is cut opposite to its middle: just beside the cut lie both its ends.
  const cut = turn - 180;
  const whole: Geometry = { type: 'MultiPoint', coordinates: [...edges, [cut - 0.01, 0], [cut + 0.01, 0]] };
  return geoNaturalEarth1()
    .rotate([-turn, 0])
    .fitExtent(
      [
        [4, 4],
        [WIDTH - 4, HEIGHT - 4],
      ],
      view === '001' ? whole : box,
    );
}

/** The shape one comes to from another with an arrow key: the nearest that lies more in that direction than beside it. */
export function neighbourOf(
  from: Shape,
  shapes: readonly Shape[],
  [dx, dy]: readonly [number, number],
): Shape | undefined {
  let best: { shape: Shape; far: number } | undefined;
  for (const shape of shapes) {
    if (shape.isBackdrop || shape.country === from.country || !isInSight(shape)) continue;
    const along = (shape.x - from.x) * dx + (shape.y - from.y) * dy;
    const beside = Math.abs((shape.x - from.x) * dy) + Math.abs((shape.y - from.y) * dx);
    if (along <= 0 || beside > along) continue;
    const far = along + beside;
    if (!best || far < best.far) best = { shape, far };
  }
  return best?.shape;
}

/** True when the place of a country lies inside the picture. */
export function isInSight({ x, y }: Shape): boolean {
  return x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT;
}
