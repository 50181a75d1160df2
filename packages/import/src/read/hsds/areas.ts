import { Area, areaName, COUNTRIES } from '@waymark/domain';
import { given, textOf, treesOf, type Tree } from '../tree.ts';

// Made when first needed.
let byName: ReadonlyMap<string, string> | undefined;

function areaByName(name: string): string | undefined {
  byName ??= new Map(
    ['001', 'group:EU', ...COUNTRIES].map((area) => [areaName(area as Area, 'en').toLowerCase(), area] as const),
  );
  return byName.get(name.trim().toLowerCase());
}

/** What is said of an area by its code: a subdivision in the name, a UN region or a country in the address. */
function areaByCode(area: Tree): string | undefined {
  const [, subdivision] = /\(([A-Z]{2}-[A-Z0-9]{1,3})\)$/.exec(textOf(area, 'name') ?? '') ?? [];
  const [, region] = /unstats\.un\.org\/.*#(\d{3})$/.exec(textOf(area, 'uri') ?? '') ?? [];
  const [, country] = /#iso:code:3166:([A-Z]{2})$/.exec(textOf(area, 'uri') ?? '') ?? [];
  return [subdivision, region, country].find((code) => code !== undefined && Area.safeParse(code).success);
}

export type Areas = {
  serves: Tree[];
  /** Names of areas that are none of ours: a county, a postcode. */ others: string[];
};

/** The service areas of a service that our schema knows, and the names of the rest. */
export function areasOf(service: Tree): Areas {
  const areas: Areas = { serves: [], others: [] };
  for (const item of treesOf(service, 'service_areas')) {
    const name = textOf(item, 'name') ?? '';
    const area = areaByCode(item) ?? areaByName(name);
    const [, basis, strength] = /^Basis: (\S+)\. Strength: (\S+)\.$/.exec(textOf(item, 'description') ?? '') ?? [];
    if (area !== undefined) areas.serves.push({ area, ...given('basis', basis), ...given('strength', strength) });
    else if (name !== '') areas.others.push(name);
  }
  return areas;
}
