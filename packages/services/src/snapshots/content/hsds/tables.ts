import type { HsdsAttribute, HsdsOrganization, HsdsService } from './shapes.ts';

export type Cell = string | number;
export type Row = Record<string, Cell>;

const names = (text: string): readonly string[] => text.split(' ');

/** The tables of the tabular form that we fill: file name by HSDS, and their columns in its order. */
export const TABLES = {
  organization: { path: 'organizations.csv', columns: names('id name alternate_name description website') },
  organization_identifier: {
    path: 'organization_identifiers.csv',
    columns: names('id organization_id identifier_scheme identifier_type identifier'),
  },
  program: { path: 'programs.csv', columns: names('id organization_id name description') },
  service: {
    path: 'services.csv',
    columns: names(
      'id organization_id program_id name alternate_name description url email status interpretation_services application_process minimum_age maximum_age assured_date alert last_modified',
    ),
  },
  url: { path: 'url.csv', columns: names('id label url service_id') },
  phone: { path: 'phones.csv', columns: names('id service_id number extension type description') },
  schedule: {
    path: 'schedules.csv',
    columns: names(
      'id service_id valid_from valid_to timezone wkst freq interval byday description opens_at closes_at notes',
    ),
  },
  service_area: { path: 'service_areas.csv', columns: names('id service_id name description uri') },
  location: { path: 'locations.csv', columns: names('id location_type name description') },
  service_at_location: {
    path: 'service_at_location.csv',
    columns: names('id service_id location_id description'),
  },
  address: {
    path: 'addresses.csv',
    columns: names('id location_id address_1 address_2 city region state_province postal_code country address_type'),
  },
  language: { path: 'languages.csv', columns: names('id service_id phone_id name code note') },
  taxonomy: { path: 'taxonomies.csv', columns: names('id name description version') },
  taxonomy_term: {
    path: 'taxonomy_terms.csv',
    columns: names('id code name description taxonomy language taxonomy_id'),
  },
  attribute: {
    path: 'attributes.csv',
    columns: names('id link_id taxonomy_term_id link_type link_entity value'),
  },
  metadata: {
    path: 'metadata.csv',
    columns: names(
      'id resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value updated_by',
    ),
  },
} as const satisfies Record<string, { path: string; columns: readonly string[] }>;
export type TableName = keyof typeof TABLES;
export type Tables = Record<TableName, Row[]>;

/** The columns that hold figures. */
export const FIGURES: ReadonlySet<string> = new Set([
  'minimum_age',
  'maximum_age',
  'extension',
  'timezone',
  'interval',
]);

/**
 * The nested form taken apart into tables; what is shared (organisations, programmes, terms) stands there once.
 * @param once ids of what is shared and stands in an earlier part of the same tables
 */
export function toTables(
  services: readonly HsdsService[],
  organizations: readonly HsdsOrganization[],
  once = new Set<string>(),
): Tables {
  const all = Object.keys(TABLES) as TableName[];
  const tables = Object.fromEntries(all.map((name) => [name, [] as Row[]])) as Tables;
  const add = (name: TableName, item: object, links: Row = {}) => {
    const columns: readonly string[] = TABLES[name].columns;
    const cells = { ...item, ...links } as Record<string, unknown>;
    const isCell = (value: unknown): value is Cell => typeof value === 'string' || typeof value === 'number';
    tables[name].push(
      Object.fromEntries(columns.flatMap((column) => (isCell(cells[column]) ? [[column, cells[column]]] : []))) as Row,
    );
  };
  const addOnce = (name: TableName, item: { id: string }, links: Row = {}) => {
    if (once.has(item.id)) return;
    once.add(item.id);
    add(name, item, links);
  };
  const addAttributes = (attributes: readonly HsdsAttribute[] | undefined, id: string, entity: string) => {
    for (const attribute of attributes ?? []) {
      const { taxonomy_term: term } = attribute;
      addOnce('taxonomy', term.taxonomy_detail);
      addOnce('taxonomy_term', term, { taxonomy_id: term.taxonomy_detail.id });
      add('attribute', attribute, { link_id: id, link_entity: entity, taxonomy_term_id: term.id });
    }
  };
  for (const organization of organizations) {
    const { id } = organization;
    if (once.has(id)) continue;
    addOnce('organization', organization);
    for (const identifier of organization.organization_identifiers ?? [])
      add('organization_identifier', identifier, { organization_id: id });
    addAttributes(organization.attributes, id, 'organization');
  }
  for (const service of services) {
    const { id, program, organization } = service;
    const owner: Row = organization ? { organization_id: organization.id } : {};
    if (program) addOnce('program', program, owner);
    add('service', service, { ...owner, ...(program ? { program_id: program.id } : {}) });
    const link = { service_id: id };
    for (const url of service.additional_urls ?? []) add('url', url, link);
    for (const schedule of service.schedules ?? []) add('schedule', schedule, link);
    for (const area of service.service_areas ?? []) add('service_area', area, link);
    for (const language of service.languages ?? []) add('language', language, link);
    for (const phone of service.phones ?? []) {
      add('phone', phone, link);
      for (const language of phone.languages ?? []) add('language', language, { phone_id: phone.id });
      addAttributes(phone.attributes, phone.id, 'phone');
    }
    for (const place of service.service_at_locations ?? []) {
      const { location } = place;
      add('location', location);
      add('service_at_location', place, { ...link, location_id: location.id });
      for (const address of location.addresses) add('address', address, { location_id: location.id });
    }
    addAttributes(service.attributes, id, 'service');
    for (const item of service.metadata) add('metadata', item, { resource_id: id, resource_type: 'service' });
  }
  return tables;
}
