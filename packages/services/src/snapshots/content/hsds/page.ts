import type { HsdsService } from './shapes.ts';

/**
 * All services as one page of the HSDS API: there is no official file of many records, and this is valid as both (DOMAIN §1.1).
 */
export function pageText(services: readonly HsdsService[]): string {
  const page = {
    total_items: services.length,
    total_pages: 1,
    page_number: 1,
    size: services.length,
    first_page: true,
    last_page: true,
    empty: services.length === 0,
  };
  const head = JSON.stringify(page).slice(0, -1);
  return `${head},"contents":[\n${services.map((service) => JSON.stringify(service)).join(',\n')}\n]}\n`;
}
