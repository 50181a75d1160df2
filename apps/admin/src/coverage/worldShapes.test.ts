import { describe, expect, it } from 'vitest';
import { COUNTRIES } from '@waymark/domain';
import { isInSight, neighbourOf, shapesIn, VIEWS, type View } from './worldShapes.ts';

const world = shapesIn('001');
const stops = world.filter((shape) => !shape.isBackdrop);
const at = (country: string) => {
  const shape = stops.find((each) => each.country === country);
  if (!shape) throw new Error(`${country} is not on the map`);
  return shape;
};

describe('the world map', () => {
  it('has every country of the table once to point at', () => {
    expect(stops.map(({ country }) => country ?? '').sort()).toEqual([...COUNTRIES].sort());
  });

  it('puts a dot where a country is too small to see, and none over a large one', () => {
    for (const country of ['MT', 'SG', 'TV', 'GI', 'BQ', 'YT', 'NR']) expect(at(country).isDot, country).toBe(true);
    for (const country of ['FR', 'XK', 'SO', 'CY', 'GF']) expect(at(country).isDot, country).toBe(country === 'CY');
  });

  it('draws overseas parts with a code of their own where they are, not with the country that rules them', () => {
    expect(at('RE').x).toBeGreaterThan(at('FR').x + 50);
    expect(at('GF').x).toBeLessThan(at('FR').x - 50);
    expect(at('SJ').y).toBeLessThan(at('NO').y);
  });

  it('shows every inhabited country in the whole world', () => {
    expect(stops.filter((shape) => !isInSight(shape)).map(({ country }) => country)).toEqual(['AQ']);
  });

  it('goes with an arrow to a country that lies there', () => {
    expect(neighbourOf(at('PT'), stops, [1, 0])?.country).toBe('ES');
    expect(neighbourOf(at('US'), stops, [0, 1])?.country).toMatch(/^(MX|BS|BM|CU|TC|KY)$/);
    for (const from of stops) {
      const next = neighbourOf(from, stops, [-1, 0]);
      if (next) expect(next.x).toBeLessThan(from.x);
    }
  });

  it.each<[View, string, string]>([
    ['002', 'NG', 'US'],
    ['142', 'IN', 'US'],
    ['150', 'DE', 'US'],
    ['009', 'FJ', 'DE'],
  ])('region %s has %s in the picture and not %s', (view, inside, outside) => {
    expect(Object.keys(VIEWS)).toContain(view);
    const shapes = shapesIn(view).filter((shape) => !shape.isBackdrop && isInSight(shape));
    const countries = shapes.map(({ country }) => country);
    expect(countries).toContain(inside);
    expect(countries).not.toContain(outside);
  });
});
