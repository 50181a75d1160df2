import { channelAddress, sameValue, type Channel, type Entry, type Evidence } from '@waymark/domain';
import { freeId } from '../records/form/newEvidence.ts';

/**
 * The entry that goes, with its channels and sources named so that they can be laid over the one that stays: the same number gets
 * the same id, another number with a taken id gets a free one. What its evidence supports follows.
 */
export function alignForMerge(goes: Entry, stays: Entry): Entry {
  const channelIds = renames(
    goes.channels,
    stays.channels,
    (a, b) => a.type === b.type && channelAddress(a) === channelAddress(b),
  );
  const evidenceIds = renames(goes.evidence, stays.evidence, isSameSource);
  const channels: Channel[] = goes.channels.map((channel) => ({
    ...channel,
    id: channelIds.get(channel.id) ?? channel.id,
  }));
  const evidence: Evidence[] = goes.evidence.map((e) => ({
    ...e,
    id: evidenceIds.get(e.id) ?? e.id,
    ...(e.supersededBy === undefined ? {} : { supersededBy: evidenceIds.get(e.supersededBy) ?? e.supersededBy }),
    supports: e.supports.map((path) => renamed(path, channelIds)),
  }));
  return { ...goes, channels, evidence };
}

const isSameSource = (a: Evidence, b: Evidence): boolean =>
  a.url === undefined ? sameValue(a, b) : a.url === b.url && a.kind === b.kind;

function renames<T extends { id: string }>(
  from: readonly T[],
  to: readonly T[],
  isSame: (a: T, b: T) => boolean,
): Map<string, string> {
  const ids = new Map<string, string>();
  const taken: { id: string }[] = [...to];
  for (const item of from) {
    const twin = to.find((other) => isSame(item, other));
    const id = twin?.id ?? (taken.some((other) => other.id === item.id) ? freeId(item.id, taken) : item.id);
    ids.set(item.id, id);
    taken.push({ id });
  }
  return ids;
}

function renamed(path: string, channelIds: ReadonlyMap<string, string>): string {
  const [, id, rest = ''] = /^\/channels\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return id === undefined ? path : `/channels/${channelIds.get(id) ?? id}${rest}`;
}
