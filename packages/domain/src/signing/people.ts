import { channelAddress, type Channel } from '../channel.ts';
import { changesOf } from '../compare.ts';
import { toDialString } from '../phoneValue.ts';
import type { PublishedRecord } from '../published.ts';
import { hostOf } from '../url.ts';

/** A contact as a person dials, types or reads it out. */
export type Contact = { channel: string; type: Channel['type']; address: string };

/** Every contact of a record in full. */
export function contactsOf(record: PublishedRecord): Contact[] {
  if (record.type === 'organisation')
    return record.website === undefined ? [] : [{ channel: 'website', type: 'url', address: record.website }];
  if (record.type === 'country') return [];
  return record.channels.map((channel) => ({ channel: channel.id, type: channel.type, address: addressOf(channel) }));
}

function addressOf(channel: Channel): string {
  return 'number' in channel.value ? toDialString(channel.value.number) : channelAddress(channel);
}

/** Hosts that a record leads people to: of its addresses, its mail, and the domains its organisation is known by. */
export function hostsOf(record: PublishedRecord): Set<string> {
  const hosts = contactsOf(record).map(({ type, address }) =>
    type === 'email' ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : hostOf(address),
  );
  const domains = record.type === 'organisation' ? record.domains.map(({ host }) => host) : [];
  return new Set([...hosts, ...domains].filter((host) => host !== null));
}

/** Hosts that a record leads to and did not before. */
export function newHosts(was: PublishedRecord, is: PublishedRecord): string[] {
  const before = hostsOf(was);
  return [...hostsOf(is)].filter((host) => !before.has(host)).sort();
}

/** Whether anything of a record but its verification is another. */
export function isOtherThanVerification(was: PublishedRecord, is: PublishedRecord): boolean {
  if (was.revision !== is.revision) return true;
  return changesOf(was, is).some((change) => change.class !== 'verification');
}
