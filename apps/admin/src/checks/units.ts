import { liveChannels, type Channel, type Entry, type EntryStanding, type Standing } from '@waymark/domain';

/** Facts of the record that are looked at together, because one look at one page answers all of them. */
export const GROUPS = {
  identity: ['/names', '/organisation', '/operational'],
  people: ['/serves', '/accepts', '/audience', '/ages'],
  expectations: ['/anonymity', '/mustNot', '/confidentialityLimits', '/afterReport', '/dataGoesTo', '/mandate'],
  memberships: ['/memberships'],
} as const;
export type GroupName = keyof typeof GROUPS;

/** What gets one decision in a check: a channel with all that is said of it, or a group of facts. */
export type Unit = { id: string; paths: string[] } & (
  { kind: 'channel'; channel: Channel } | { kind: 'group'; group: GroupName }
);

/** Lists without items are no facts: there is nothing to look up below them. */
const LISTS = ['/serves', '/accepts', '/memberships'] as const;

/** What a check goes through, channels first, since a wrong number does most harm. */
export function unitsOf(entry: Entry): Unit[] {
  const isThere = (path: string) => {
    const list = LISTS.find((each) => each === path);
    if (list === undefined) return true;
    const name = list.slice(1) as 'serves' | 'accepts' | 'memberships'; // The list without its slash.
    return Object.keys(entry[name]).length > 0;
  };
  const channels = liveChannels(entry).map((channel): Unit => {
    return { id: `channel-${channel.id}`, kind: 'channel', channel, paths: [`/channels/${channel.id}`] };
  });
  const names = Object.keys(GROUPS) as GroupName[]; // Its own keys.
  const groups = names.map((group): Unit => {
    return { id: group, kind: 'group', group, paths: GROUPS[group].filter(isThere) };
  });
  return [...channels, ...groups.filter(({ paths }) => paths.length > 0)];
}

/** How a unit stands: a channel by itself, a group as its weakest fact of those the publish gate asks for. */
export function standingsOf(unit: Unit, standing: Pick<EntryStanding, 'channels' | 'facts'>): Standing[] {
  if (unit.kind === 'channel') {
    const own = standing.channels[unit.channel.id];
    return own ? [own] : [];
  }
  return Object.entries(standing.facts)
    .filter(([path]) => unit.paths.some((above) => path === above || path.startsWith(`${above}/`)))
    .map(([, fact]) => fact);
}
