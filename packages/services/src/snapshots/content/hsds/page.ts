import type { HsdsService } from './shapes.ts';

/**
 * All services as one page of the HSDS API: there is no official file of many records, and this is valid as both (DOMAIN §1.1).
 */
export function pageText(services: readonly HsdsService[]): string {
  const head = JSON.stringify(pageFigures(services.length)).slice(0, -1);
  return `${head},"contents":[\n${services.map((service) => JSON.stringify(service)).join(',\n')}\n]}\n`;
}

/** What a page says of itself when everything is on it. */
export function pageFigures(services: number) {
  return {
    total_items: services,
    total_pages: 1,
    page_number: 1,
    size: services,
    first_page: true,
    last_page: true,
    empty: services === 0,
  };
}
