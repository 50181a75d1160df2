import { z } from 'zod';
import {
  canonicalJson,
  channelAddress,
  disclosureOf,
  gateFactsOf,
  Id,
  isPermitted,
  liveChannels,
  LocalId,
  parseDocument,
  pickText,
  plainText,
  refuse,
  type Actor,
  type Channel,
  type DirectoryRecord,
  type Entry,
  type Organisation,
  type Witness,
} from '@waymark/domain';
import {
  answerOutreach,
  change,
  dropOwnerLinks,
  findActor,
  outreachByLink,
  Problem,
  settleOutreachOf,
  useOwnerLink,
  type Change,
  type Context,
  type OwnerLinkRow,
} from '@waymark/store';
import { raiseAlarm } from '../alarms/raise.ts';
import type { OutreachAnswer } from '../outreach/list.ts';
import { draftIn } from '../proposals/create.ts';
import { recordIn } from '../verifications/record.ts';
import { isFromOrganisation } from './party.ts';
import { openLink, ownEntries } from './show.ts';

const ChannelAnswer = z.discriminatedUnion('is', [
  z.strictObject({ id: LocalId, is: z.literal('right') }),
  z.strictObject({
    id: LocalId,
    is: z.literal('wrong'),
    value: z.unknown().optional().meta({ description: 'The right value, in the form its channel has' }),
  }),
]);

const EntryAnswer = z.strictObject({
  id: Id,
  revision: z.int().positive().meta({ description: 'The revision that was shown' }),
  facts: z.enum(['right', 'unsaid']).meta({ description: 'All that was shown beside the channels' }),
  channels: z.array(ChannelAnswer).max(50),
  note: plainText({ max: 280, multiline: true }).optional(),
});
type EntryAnswer = z.infer<typeof EntryAnswer>;

/** What an organisation says about its own entries. */
export const OwnerAnswer = z
  .strictObject({ entries: z.array(EntryAnswer).min(1).max(200) })
  .meta({ id: 'OwnerAnswer', description: 'What an organisation says about its own entries' });
export type OwnerAnswer = z.infer<typeof OwnerAnswer>;

/** What became of an answer, as its sender is told. */
export type OwnerReceipt = { confirmed: number; corrected: number };

/**
 * Takes what an organisation answers through its one-time link, all at once. If the letter went to an address under its
 * confirmation domain, what it confirms is an event of the organisation, and what it corrects is a draft in the name of who
 * wrote to it, which then goes through full review. Otherwise neither counts: staff get alarms and a note. The link works once.
 * @throws Problem token-invalid, link-for-another, stale-revision, looks-like-a-report, input-invalid, nothing-changed; nothing
 * is written then and the link still works
 */
export async function answerAsOwner(
  ctx: Omit<Context, 'actorId'>,
  token: string,
  { entries }: OwnerAnswer,
): Promise<OwnerReceipt> {
  const opened = await openLink(ctx.store.read, token, ctx.now().toISOString());
  requireClean(entries, pickText(opened.organisation.doc.names));
  const actorId = `organisation:${opened.link.organisationId}`;
  return change({ ...ctx, actorId, idempotency: undefined }, 'token', async (door) => {
    const { tx, now, audit } = door;
    const { organisation } = await openLink(tx, token, now);
    const link = await useOwnerLink(tx, opened.link.tokenHash, now);
    if (!link) throw new Problem(refuse('token-invalid'));
    const own = new Map((await ownEntries(tx, link.organisationId)).map((entry) => [entry.id, entry]));
    const counts = await isFromOrganisation(tx, link, organisation.doc);
    const answer: OutreachAnswer = { counts, confirmed: 0, corrected: 0, proposals: [], alarms: [] };
    for (const said of entries) {
      const record = own.get(said.id);
      if (!record) throw new Problem(refuse('link-for-another'));
      if (record.revision !== said.revision) throw new Problem(refuse('stale-revision'));
      await takeAnswer(door, { link, organisation: organisation.doc, record, said, answer });
    }
    if (answer.confirmed + answer.corrected === 0)
      throw new Problem(refuse('nothing-changed', 'Say of one channel at least whether it is right'));
    const letter = await outreachByLink(tx, link.tokenHash);
    await settleOutreachOf(tx, link.organisationId, 'answered', now);
    if (letter) await answerOutreach(tx, letter.id, now);
    await dropOwnerLinks(tx, link.organisationId);
    await audit('outreach.answer', letter ? `outreach:${letter.id}` : `organisation:${link.organisationId}`, {
      organisation: link.organisationId,
      answer,
    });
    return { confirmed: answer.confirmed, corrected: answer.corrected };
  });
}

type Said = {
  link: OwnerLinkRow;
  organisation: Organisation;
  record: DirectoryRecord<'entry'>;
  said: EntryAnswer;
  /** What it all came to; added to. */
  answer: OutreachAnswer;
};

async function takeAnswer(door: Change, about: Said): Promise<void> {
  const { record, said, answer } = about;
  const open = new Map(liveChannels(record.doc).map((channel) => [channel.id, channel]));
  const errors = said.channels
    .filter(({ id }) => !open.has(id))
    .map(({ id }) => ({ path: `/channels/${id}`, message: 'The entry has no such channel' }));
  if (errors.length > 0) throw new Problem(refuse('fact-unknown', undefined, errors));
  const right = said.channels.filter(({ is }) => is === 'right').map(({ id }) => `/channels/${id}`);
  const paths = said.facts === 'right' ? [...factsShown(record.doc), ...right] : right;
  answer.confirmed += paths.length;
  const { id: recordId, revision } = record;
  if (answer.counts && paths.length > 0)
    await recordIn(door, recordId, { revision, paths, ...METHOD, outcome: 'confirmed' }, witnessOf(about));
  const wrong = said.channels.flatMap((one) => {
    const channel = open.get(one.id);
    return one.is === 'wrong' && channel ? [{ channel, value: one.value }] : [];
  });
  answer.corrected += wrong.length;
  await takeCorrections(door, about, wrong);
  // A note alone asks for somebody's eyes too.
  if (wrong.length === 0 && said.note !== undefined) {
    answer.corrected += 1;
    await alarm(door, about, '/operational', {});
  }
}

/** What the page of a link shows beside channels (show.ts): what the publish gate asks for, and how it operates. */
function factsShown(entry: Entry): string[] {
  return [...new Set([...gateFactsOf(entry), '/anonymity', '/operational'])];
}

const METHOD = { method: 'organisation-confirmation' } as const;

const witnessOf = ({ link }: Said): Witness => ({ kind: 'organisation', organisationId: link.organisationId });

type Correction = { channel: Channel; value: unknown };

/**
 * What the organisation itself corrects, with the right value, becomes a draft of who wrote to it; so that person never
 * approves it (DESIGN §4.2). Everything else is an alarm: it lowers confidence and waits for a person.
 */
async function takeCorrections(door: Change, about: Said, wrong: readonly Correction[]): Promise<void> {
  const { link, record, answer } = about;
  const given = wrong.filter(({ value }) => value !== undefined);
  const doc = corrected(record.doc, given);
  const author = await findActor(door.tx, link.createdBy);
  const mayDraft = answer.counts && author !== undefined && isPermitted(author, 'proposal.write');
  if (mayDraft && given.length > 0) await proposeFor(door, about, author, doc, given);
  const left = mayDraft ? wrong.filter(({ value }) => value === undefined) : wrong;
  for (const { channel, value } of left) {
    const shown = doc.channels.find(({ id }) => id === channel.id) ?? channel;
    await alarm(door, about, `/channels/${channel.id}/value`, {
      stands: channelAddress(channel),
      ...(value === undefined ? {} : { says: channelAddress(shown), value: canonicalJson(value) }),
    });
  }
}

/** The entry with the values the organisation gave. @throws Problem input-invalid naming the channel */
function corrected(doc: Entry, given: readonly Correction[]): Entry {
  const values = new Map(given.map(({ channel, value }) => [channel.id, value]));
  const channels = doc.channels.map((channel) =>
    values.has(channel.id) ? { ...channel, value: values.get(channel.id) } : channel,
  );
  const parsed = parseDocument('entry', { ...doc, channels });
  if (parsed.ok) return parsed.doc;
  const errors = parsed.problems.map(({ path, message }) => {
    const [, list, index = '', ...rest] = path.split('/');
    const id = list === 'channels' ? doc.channels[Number(index)]?.id : undefined;
    return { path: id === undefined ? path : ['', 'channels', id, ...rest].join('/'), message };
  });
  throw new Problem(refuse('input-invalid', undefined, errors));
}

async function proposeFor(
  door: Change,
  about: Said,
  author: Actor,
  doc: Entry,
  given: readonly Correction[],
): Promise<void> {
  const { organisation, record, said, answer } = about;
  const paths = given.map(({ channel }) => `/channels/${channel.id}/value`);
  const values = new Map(doc.channels.map((channel) => [channel.id, channel.value]));
  const evidence = {
    id: `confirmed-${door.newId().slice(-12)}`,
    kind: 'organisation-confirmation' as const,
    title: `${pickText(organisation.names)}, through its own link`.slice(0, 300),
    capturedAt: door.now,
    sensitivity: 'internal' as const,
    supports: paths,
  };
  const { id } = await draftIn(
    { ...door, actor: author },
    {
      kind: 'update',
      recordType: 'entry',
      recordId: record.id,
      doc: { ...doc, evidence: [...doc.evidence, evidence] },
      summary: ['Corrected by the organisation itself', said.note].filter(Boolean).join(': ').slice(0, 500),
      part: 'importer',
    },
  );
  answer.proposals.push(id);
  const observed = Object.fromEntries(
    given.map(({ channel }) => [`/channels/${channel.id}/value`, values.get(channel.id)]),
  );
  const look = { revision: record.revision, paths, ...METHOD, observed, proposalId: id };
  await recordIn(door, record.id, { ...look, outcome: 'confirmed-changed' }, witnessOf(about));
}

async function alarm(
  door: Change,
  { record, said, answer }: Said,
  path: string,
  detail: Record<string, string | boolean>,
): Promise<void> {
  const { id } = await raiseAlarm(door, {
    recordId: record.id,
    path,
    kind: 'organisation-report',
    unsafe: false,
    detail: { ...detail, fromOrganisation: answer.counts, ...(said.note === undefined ? {} : { note: said.note }) },
  });
  answer.alarms.push(id);
}

/** Free words pass the disclosure guard before anything is kept (DOMAIN §3.9). @throws Problem looks-like-a-report */
function requireClean(entries: readonly EntryAnswer[], organisation: string): void {
  for (const { note, channels } of entries) {
    const words = [note, ...channels.flatMap((said) => (said.is === 'wrong' ? freeWords(said.value) : []))];
    for (const text of words)
      if (text !== undefined && disclosureOf(text, [organisation]) !== 'clean')
        throw new Problem(refuse('looks-like-a-report'));
  }
}

/** Members of a value that hold an address or a number by their form; the schema of the channel looks after those. */
const FORMED = new Set(['href', 'helpUrl', 'announcedAt', 'address', 'digits', 'handle', 'storeId', 'pgpFingerprint']);

function freeWords(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return FORMED.has(key) ? [] : [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => freeWords(member, Array.isArray(value) ? key : name));
}
