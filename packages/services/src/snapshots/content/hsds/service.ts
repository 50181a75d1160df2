import {
  areaName,
  languageName,
  pickText,
  type PublishedChannel,
  type PublishedEntry,
  type PublishedOrganisation,
} from '@waymark/domain';
import { emailsOf, moreUrlsOf, otherWaysOf, phonesOf, placesOf } from './channels.ts';
import { given } from './given.ts';
import { languagesOf } from './languages.ts';
import { membershipAttributes, toOrganization } from './organization.ts';
import { toSchedules, type Validity } from './schedules.ts';
import type { HsdsAttribute, HsdsMetadata, HsdsService, HsdsServiceArea } from './shapes.ts';
import { attributeOf } from './taxonomies.ts';
import { uuidV5 } from './uuidV5.ts';

const STATUS = {
  operating: 'active',
  degraded: 'active',
  'temporarily-closed': 'temporarily closed',
  closed: 'defunct',
  planned: 'inactive',
  unknown: 'inactive',
} as const satisfies Record<PublishedEntry['operational']['status'], HsdsService['status']>;

/**
 * An entry as an HSDS 3.1 service with everything nested in it (DOMAIN §1.4). What HSDS cannot hold is listed in the README of
 * the export.
 * @param organisation who runs it; absent when it is not published
 * @param validity of the snapshot, for the offsets of opening hours
 */
export function toService(
  entry: PublishedEntry,
  organisation: PublishedOrganisation | undefined,
  validity: Validity,
): HsdsService {
  const { id, ages, verification, operational, channels, programme } = entry;
  const [url] = channels.flatMap((channel) => (channel.type === 'url' ? [channel.value.href] : []));
  const emails = emailsOf(channels);
  return {
    id,
    name: pickText(entry.names),
    ...given('alternate_name', otherName(entry)),
    ...given('description', pickText(entry.summary)),
    ...given('url', url),
    ...given('additional_urls', moreUrlsOf(id, channels)),
    ...given('email', emails[0]),
    status: STATUS[operational.status],
    ...given('interpretation_services', interpreters(channels)),
    ...given(
      'application_process',
      [pickText(entry.howTo), otherWaysOf(channels, emails.slice(1))].filter(Boolean).join('\n'),
    ),
    ...given('minimum_age', ages?.min),
    ...given('maximum_age', ages?.max),
    // The day of the last complete check, not of the last small edit.
    ...given('assured_date', verification.lastConfirmed?.slice(0, 10)),
    ...given('alert', pickText(operational.notice)),
    last_modified: entry.updatedAt,
    ...given('phones', phonesOf(id, channels)),
    ...given('schedules', schedulesOf(entry, validity)),
    ...given('service_areas', areasOf(entry)),
    ...given('service_at_locations', placesOf(id, channels)),
    ...given(
      'languages',
      languagesOf(
        id,
        'languages',
        channels.flatMap(({ languages = [] }) => languages),
      ),
    ),
    ...given('organization', organisation && toOrganization(organisation)),
    ...given('program', programOf(entry.organisation, programme)),
    ...given('attributes', attributesOf(entry)),
    metadata: metadataOf(entry),
  };
}

/** The name in its official language, when the one shown is another. */
function otherName({ names, otherNames = [] }: PublishedEntry): string | undefined {
  const shown = pickText(names);
  const official = Object.values(names).find(({ origin, text }) => origin === 'official' && text !== shown);
  return official?.text ?? otherNames[0]?.name;
}

function interpreters(channels: readonly PublishedChannel[]): string {
  const tags = channels.flatMap(({ languages = [] }) => languages.filter(({ via }) => via === 'interpreter'));
  return [...new Set(tags.map(({ tag }) => languageName(tag, 'en')))].join(', ');
}

function schedulesOf({ id, channels }: PublishedEntry, validity: Validity) {
  return channels.flatMap((channel) => {
    if (!channel.hours) return [];
    const appliesTo = `${channel.type} ${channel.id}`;
    return toSchedules(channel.hours, appliesTo, validity, (path) =>
      uuidV5(id, `channels/${channel.id}/hours/${path}`),
    );
  });
}

function areasOf({ id, serves }: PublishedEntry): HsdsServiceArea[] {
  return serves.map(({ area, basis, strength }) => ({
    id: uuidV5(id, `serves/${area}`),
    name: areaName(area, 'en'),
    description: `Basis: ${basis}. Strength: ${strength}.`,
    ...given('uri', areaUri(area)),
  }));
}

function areaUri(area: string): string | undefined {
  if (/^\d{3}$/.test(area)) return `https://unstats.un.org/unsd/methodology/m49/#${area}`;
  return /^[A-Z]{2}(-|$)/.test(area) ? `https://www.iso.org/obp/ui/#iso:code:3166:${area.slice(0, 2)}` : undefined;
}

function programOf(organisation: string, programme: string | undefined) {
  if (programme === undefined) return undefined;
  return {
    id: uuidV5(organisation, `programmes/${programme}`),
    name: programme,
    description: `Programme: ${programme}`,
  };
}

function attributesOf({ id, kind, accepts, audience, anonymity, memberships }: PublishedEntry): HsdsAttribute[] {
  const link = (path: string) => ({ id, path });
  return [
    attributeOf(link('kind'), 'kind', kind),
    // An explicit no is a fact too.
    ...Object.entries(accepts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([need, acceptance]) => attributeOf(link('accepts'), 'accepts', need, acceptance?.answer)),
    ...audience.map((whom) => attributeOf(link('audience'), 'audience', whom)),
    attributeOf(link('anonymity'), 'anonymity', anonymity.level, pickText(anonymity.conditions) || undefined),
    ...membershipAttributes(id, memberships),
  ];
}

/** The last change and the last verification. `updated_by` is a role, never a person. */
function metadataOf({ id, revision, updatedAt, verification }: PublishedEntry): HsdsMetadata[] {
  const change: HsdsMetadata = {
    id: uuidV5(id, `metadata/revision/${revision}`),
    last_action_date: updatedAt.slice(0, 10),
    last_action_type: revision === 1 ? 'create' : 'change',
    field_name: 'service',
    previous_value: revision === 1 ? '' : `revision ${revision - 1}`,
    replacement_value: `revision ${revision}`,
    updated_by: 'reviewer',
  };
  const { lastConfirmed, confidence } = verification;
  if (lastConfirmed === null) return [change];
  const verify: HsdsMetadata = {
    id: uuidV5(id, `metadata/verification/${lastConfirmed}`),
    last_action_date: lastConfirmed.slice(0, 10),
    last_action_type: 'verify',
    field_name: 'service',
    previous_value: '',
    replacement_value: `confidence ${confidence}`,
    updated_by: 'curator',
  };
  return [change, verify];
}
