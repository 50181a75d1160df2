import { z } from 'zod';
import { OfferedLanguage, type Channel } from './channel.ts';
import { sameValue } from './diff.ts';
import { Acceptance, Entry } from './entry.ts';
import { Evidence } from './evidence.ts';
import { factAt, withFact } from './factValue.ts';
import { liveChannels } from './gateFacts.ts';
import type { Json } from './hash.ts';
import { CalendarDate, freeId, Id, Instant, LocalId } from './identity.ts';
import { ListFact } from './listFacts.ts';
import { Membership } from './organisation.ts';
import { refuse, type Refusal } from './refusal.ts';
import { Retirement } from './retirement.ts';
import { plainText } from './text.ts';
import { Method } from './verification.ts';
import { AnonymityLevel, ChannelType, Cost, Need } from './vocabulary.ts';

/** As many entries as one action may change. */
export const MOST_AT_ONCE = 5000;

const of = Entry.shape;
/** A fact of the entry that means the same wherever it is said; `null` takes it away, where an entry may be silent about it. */
const field = <const F extends string, V extends z.ZodType>(name: F, value: V) =>
  z.strictObject({ action: z.literal('set'), field: z.literal(name), value });

const SetField = z.discriminatedUnion('field', [
  field('operational', of.operational.unwrap()),
  field('audience', of.audience.unwrap().min(1)),
  field('ages', of.ages.unwrap().nullable()),
  field('anonymity', of.anonymity.unwrap()),
  field('mustNot', of.mustNot.unwrap().nullable()),
  field('dataGoesTo', of.dataGoesTo.unwrap().nullable()),
  field('locatedIn', of.locatedIn.unwrap().nullable()),
  field('programme', of.programme.unwrap().nullable()),
  field('priority', of.priority.unwrap().nullable()),
  field('publishTo', of.publishTo.unwrap().nullable()),
  field('accepts', z.strictObject({ need: Need, acceptance: Acceptance.nullable() })),
]);

/** Which channels in use: those of some types, or all. */
const channels = z.array(ChannelType).min(1).max(ChannelType.options.length).optional();
const channelField = <const F extends string, V extends z.ZodType>(name: F, value: V) =>
  z.strictObject({ action: z.literal('set-on-channels'), field: z.literal(name), value, channels });

const SetOnChannels = z.discriminatedUnion('field', [
  channelField('cost', z.strictObject({ level: Cost, note: plainText({ max: 200 }).optional() }).nullable()),
  channelField('anonymity', AnonymityLevel.nullable()),
]);

/** What changes documents, each by a proposal of its own. */
const EntryChange = z.discriminatedUnion('action', [
  SetField,
  SetOnChannels,
  z.strictObject({ action: z.literal('add-language'), language: OfferedLanguage, channels }),
  z.strictObject({ action: z.literal('add-network'), membership: Membership }),
]);
export type EntryChange = z.infer<typeof EntryChange>;

/** Everything that can be done to many entries at once: a closed list. */
export const BulkAction = z
  .discriminatedUnion('action', [
    EntryChange,
    z.strictObject({ action: z.literal('retire'), retirement: Retirement }),
    z.strictObject({ action: z.literal('submit') }).meta({ description: 'The open drafts of these entries' }),
    z.strictObject({
      action: z.literal('assign'),
      assignee: Id.nullable(),
      plannedFor: CalendarDate.nullable().optional(),
    }),
    z
      .strictObject({
        action: z.literal('verify'),
        method: Method,
        facts: z.array(ListFact).min(1).max(ListFact.options.length),
        network: LocalId.optional(),
        performedAt: Instant.optional(),
        note: plainText({ max: 1000, multiline: true }).optional(),
      })
      .meta({ description: 'What one source says of each, as an event; it edits nothing' }),
  ])
  .meta({ id: 'EntriesAction', description: 'What is done to many entries at once' });
export type BulkAction = z.infer<typeof BulkAction>;

/** One source for what changes in many documents: which paths it speaks for follows from each. */
export const SharedEvidence = Evidence.omit({ id: true, supports: true, supersededBy: true }).meta({
  id: 'SharedEvidence',
  description: 'Where it can be seen, for all of them',
});
export type SharedEvidence = z.infer<typeof SharedEvidence>;

/** Whether the action changes documents, each by a proposal that others review. */
export function isProposing(action: BulkAction): action is EntryChange | Extract<BulkAction, { action: 'retire' }> {
  return action.action !== 'submit' && action.action !== 'assign' && action.action !== 'verify';
}

/**
 * The entry as it is after the action, or why there is nothing to do. Touches nothing but what the action names; done twice it
 * is done once.
 */
export function changedEntry(change: EntryChange, entry: Entry): { doc: Entry } | { refusal: Refusal } {
  switch (change.action) {
    case 'set': {
      const { path, value } = factSet(change);
      if (sameValue(factAt(entry, path) ?? null, value)) return { refusal: refuse('nothing-changed') };
      return { doc: withFact(entry, path, value) as Entry }; // The value is of the schema of this very place.
    }
    case 'set-on-channels':
      return onChannels(entry, change.channels, (channel) => withChannelFact(channel, change));
    case 'add-language':
      return onChannels(entry, change.channels, (channel) => withLanguage(channel, change.language));
    case 'add-network':
      return withMembership(entry, change.membership);
  }
}

function factSet(change: Extract<EntryChange, { action: 'set' }>): { path: string; value: Json } {
  if (change.field !== 'accepts') return { path: `/${change.field}`, value: change.value as Json }; // It came as JSON.
  const { need, acceptance } = change.value;
  return { path: `/accepts/${need}`, value: acceptance as Json };
}

/** @param edit the channel as it should be, or the very same where nothing is to be done */
function onChannels(
  entry: Entry,
  types: readonly ChannelType[] | undefined,
  edit: (channel: Channel) => Channel,
): { doc: Entry } | { refusal: Refusal } {
  const meant = liveChannels(entry).filter(({ type }) => types === undefined || types.includes(type));
  if (meant.length === 0) return { refusal: refuse('no-such-channel') };
  const edited = new Map(meant.map((channel) => [channel.id, edit(channel)]));
  if (meant.every((channel) => edited.get(channel.id) === channel)) return { refusal: refuse('nothing-changed') };
  return { doc: { ...entry, channels: entry.channels.map((channel) => edited.get(channel.id) ?? channel) } };
}

function withChannelFact(
  channel: Channel,
  { field: name, value }: Extract<EntryChange, { action: 'set-on-channels' }>,
): Channel {
  if (sameValue(channel[name] ?? null, value)) return channel;
  const { [name]: _, ...others } = channel;
  return (value === null ? others : { ...others, [name]: value }) as Channel; // Its type and value stay together.
}

/** A language that is offered in this mode, or of which no mode is known, is there already. */
function withLanguage(channel: Channel, language: OfferedLanguage): Channel {
  const { languages = [] } = channel;
  const isThere = languages.some(
    ({ tag, mode }) =>
      tag === language.tag && (mode === undefined || language.mode === undefined || mode === language.mode),
  );
  return isThere ? channel : { ...channel, languages: [...languages, language] };
}

function withMembership(entry: Entry, membership: Membership): { doc: Entry } | { refusal: Refusal } {
  const known = entry.memberships.find(({ network }) => network === membership.network);
  if (!known) return { doc: { ...entry, memberships: [...entry.memberships, membership] } };
  return {
    refusal: refuse(
      'nothing-changed',
      known.status === membership.status ? undefined : `It is in this network as “${known.status}”`,
    ),
  };
}

/** The entry with one more source, which speaks for these paths. */
export function withSharedEvidence(entry: Entry, evidence: SharedEvidence, paths: readonly string[]): Entry {
  const id = freeId(
    'shared',
    entry.evidence.map((each) => each.id),
  );
  return { ...entry, evidence: [...entry.evidence, { ...evidence, id, supports: [...paths] }] };
}
