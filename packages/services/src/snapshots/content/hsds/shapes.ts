/** The parts of HSDS 3.1 that we fill, by the names they have there. Tests validate them against its own schemas. */
export type HsdsTerm = {
  id: string;
  code: string;
  name: string;
  description: string;
  taxonomy: string;
  taxonomy_detail: HsdsTaxonomy;
  language: string;
};
export type HsdsTaxonomy = { id: string; name: string; description: string; version: string };
export type HsdsAttribute = {
  id: string;
  link_type: string;
  value?: string;
  label?: string;
  taxonomy_term: HsdsTerm;
};
export type HsdsLanguage = { id: string; name: string; code: string; note?: string };
export type HsdsUrl = { id: string; label?: string; url: string };
export type HsdsPhone = {
  id: string;
  number: string;
  extension?: number;
  type: string;
  description?: string;
  languages?: HsdsLanguage[];
  attributes?: HsdsAttribute[];
};
export type HsdsSchedule = {
  id: string;
  freq?: string;
  interval?: number;
  wkst?: string;
  byday?: string;
  opens_at?: string;
  closes_at?: string;
  timezone?: number;
  valid_from?: string;
  valid_to?: string;
  description?: string;
  notes: string;
};
export type HsdsServiceArea = { id: string; name: string; description: string; uri?: string };
export type HsdsAddress = {
  id: string;
  address_1: string;
  address_2?: string;
  city: string;
  region?: string;
  state_province: string;
  postal_code: string;
  country: string;
  address_type: 'physical' | 'postal';
};
export type HsdsLocation = {
  id: string;
  location_type: 'physical' | 'postal';
  name?: string;
  description?: string;
  addresses: HsdsAddress[];
};
export type HsdsServiceAtLocation = { id: string; description?: string; location: HsdsLocation };
export type HsdsMetadata = {
  id: string;
  last_action_date: string;
  last_action_type: 'create' | 'change' | 'verify';
  field_name: string;
  previous_value: string;
  replacement_value: string;
  updated_by: string;
};
export type HsdsIdentifier = { id: string; identifier_scheme: string; identifier_type: string; identifier: string };
export type HsdsOrganization = {
  id: string;
  name: string;
  alternate_name?: string;
  description: string;
  website?: string;
  organization_identifiers?: HsdsIdentifier[];
  attributes?: HsdsAttribute[];
};
export type HsdsProgram = { id: string; name: string; description: string };
export type HsdsService = {
  id: string;
  name: string;
  alternate_name?: string;
  description?: string;
  url?: string;
  additional_urls?: HsdsUrl[];
  email?: string;
  status: 'active' | 'inactive' | 'defunct' | 'temporarily closed';
  interpretation_services?: string;
  application_process?: string;
  minimum_age?: number;
  maximum_age?: number;
  assured_date?: string;
  alert?: string;
  last_modified: string;
  phones?: HsdsPhone[];
  schedules?: HsdsSchedule[];
  service_areas?: HsdsServiceArea[];
  service_at_locations?: HsdsServiceAtLocation[];
  languages?: HsdsLanguage[];
  organization?: HsdsOrganization;
  program?: HsdsProgram;
  attributes?: HsdsAttribute[];
  metadata: HsdsMetadata[];
};
