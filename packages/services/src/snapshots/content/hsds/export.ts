import type { PublishedEntry, PublishedOrganisation } from '@waymark/domain';
import { toOrganization } from './organization.ts';
import { pageText } from './page.ts';
import type { Validity } from './schedules.ts';
import { toService } from './service.ts';
import { toTables } from './tables.ts';
import { packageTables } from './zip.ts';

/** The directory as HSDS 3.1: one page with everything nested, and a package of tables. */
export function exportHsds(
  entries: readonly PublishedEntry[],
  organisations: ReadonlyMap<string, PublishedOrganisation>,
  validity: Validity,
): { page: string; zip: Uint8Array } {
  const services = entries.map((entry) => toService(entry, organisations.get(entry.organisation), validity));
  const organizations = [...organisations.values()].map(toOrganization);
  return { page: pageText(services), zip: packageTables(toTables(services, organizations)) };
}
