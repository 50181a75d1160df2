import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  ChannelType,
  Correction,
  CorrectedValue,
  CorrectionSubject,
  Country,
  Id,
  Instant,
  Kind,
  LocalText,
  refuse,
  skeleton,
  Slug,
} from '@waymark/domain';
import {
  acceptCorrection,
  destroyCorrection,
  DISMISSALS,
  dismissCorrection,
  listCorrections,
  publishedListing,
  receiveCorrection,
} from '@waymark/services';
import { Problem } from '@waymark/store';
import { contextOf, type AppEnv } from '../deps.ts';
import { listQuery, pageOf, SearchText, windowOf } from '../list.ts';
import { networkOf } from '../network.ts';
import { body, json, NothingMore, route } from '../permission.ts';
import { SignpostView } from '../problem.ts';
import type { ProofOfWork } from '../proofOfWork.ts';
import { createThrottle } from '../throttle.ts';

const tags = ['corrections'];
const hex = z.string().regex(/^[0-9a-f]{1,512}$/);

const ChallengeView = z
  .strictObject({
    parameters: z.strictObject({
      algorithm: z.string().max(40),
      nonce: hex,
      salt: hex,
      cost: z.int(),
      keyLength: z.int(),
      keyPrefix: hex,
      keySignature: hex.optional(),
      expiresAt: z.int().optional(),
    }),
    signature: hex.optional(),
  })
  .meta({ id: 'Challenge', description: 'Proof of work as altcha version 2 knows it' });
const Proof = z
  .strictObject({
    challenge: ChallengeView,
    solution: z.strictObject({ counter: z.int().min(0), derivedKey: hex }),
  })
  .meta({ id: 'ProofOfWork' });

const Sent = z.strictObject({ correction: Correction, proof: Proof }).meta({ id: 'SentCorrection' });

const PublishedName = z
  .object({ slug: Slug, names: LocalText, kind: Kind, areas: z.array(z.string()) })
  .meta({ id: 'PublishedName' });
const PublishedChannels = PublishedName.extend({
  channels: z.array(z.object({ id: z.string(), type: ChannelType, label: LocalText.optional(), address: z.string() })),
}).meta({ id: 'PublishedChannels' });

const CorrectionView = z
  .object({
    id: Id,
    recordId: Id,
    entry: z.object({ name: z.string(), slug: z.string(), state: z.string() }).nullable(),
    channel: z.object({ id: z.string(), address: z.string().nullable() }).nullable(),
    what: CorrectionSubject,
    value: CorrectedValue.nullable(),
    note: z.string().nullable(),
    contact: z.string().nullable(),
    times: z.int(),
    receivedAt: Instant,
    state: z.enum(['open', 'accepted', 'dismissed']),
    decidedAt: Instant.nullable(),
    decidedByName: z.string().nullable(),
    proposalId: z.string().nullable(),
    purgeAt: Instant,
  })
  .meta({ id: 'CorrectionView', description: 'A correction from outside, as staff see it' });
const idParam = z.object({ id: Id });

/** Corrections a network may send in an hour, and challenges it may ask for. */
const PER_HOUR = 5;
const CHALLENGES_PER_HOUR = 60;
const MOST_FOUND = 12;

/** What anybody may ask and send, without a session. Everything that is read here comes from what is published. */
export function publicCorrectionRoutes(
  api: OpenAPIHono<AppEnv>,
  { now, proofOfWork }: { now: () => Date; proofOfWork: ProofOfWork },
): void {
  const perNetwork = createThrottle({ limit: PER_HOUR, seconds: 3600, now });
  const challenges = createThrottle({ limit: CHALLENGES_PER_HOUR, seconds: 3600, now });

  api.openapi(
    route({
      method: 'get',
      path: '/challenge',
      permission: 'public',
      tags,
      summary: 'Work to be done before something is sent',
      responses: { 200: json(ChallengeView, 'The challenge; good once, for twenty minutes') },
    }),
    async (c) => {
      if (!challenges.take(networkOf(c))) throw new Problem(refuse('too-many-attempts'));
      // Its parts are those of the library; the schema says which of them we use.
      return c.json((await proofOfWork.challenge()) as z.infer<typeof ChallengeView>, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/entries',
      permission: 'public',
      tags,
      summary: 'Published entries whose name, handle or number holds the words',
      request: { query: z.strictObject({ q: SearchText.min(1) }) },
      responses: { 200: json(z.object({ data: z.array(PublishedName) }), 'The first of them') },
    }),
    async (c) => {
      const listing = await publishedListing(c.var.deps.publishing);
      const wanted = skeleton(c.req.valid('query').q).split(' ');
      const found = listing.entries.filter((entry) => wanted.every((word) => searchTextOf(entry).includes(word)));
      c.header('Cache-Control', 'public, max-age=60');
      return c.json(
        { data: found.slice(0, MOST_FOUND).map(({ slug, names, kind, areas }) => ({ slug, names, kind, areas })) },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/entries/{handle}',
      permission: 'public',
      tags,
      summary: 'A published entry with the ways into it',
      request: { params: z.object({ handle: z.union([Id, Slug]) }) },
      responses: { 200: json(PublishedChannels, 'The entry') },
    }),
    async (c) => {
      const entry = (await publishedListing(c.var.deps.publishing)).find(c.req.valid('param').handle);
      if (!entry) throw new Problem(refuse('not-found'));
      const { id: _, ...open } = entry;
      c.header('Cache-Control', 'public, max-age=60');
      return c.json(open, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/signposts',
      permission: 'public',
      tags,
      summary: 'Where a report belongs that is made in a country',
      request: { query: z.strictObject({ country: Country.optional() }) },
      responses: { 200: json(z.object({ data: z.array(SignpostView) }), 'Who takes it, the most fitting first') },
    }),
    async (c) => {
      const listing = await publishedListing(c.var.deps.publishing);
      c.header('Cache-Control', 'public, max-age=60');
      return c.json({ data: listing.signposts(c.req.valid('query').country) }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/corrections',
      permission: 'public',
      tags,
      summary:
        'Say what is wrong with an entry. What looks like a report is not kept; the answer says where it belongs',
      request: { body: body(Sent) },
      responses: { 202: json(z.object({ times: z.int() }), 'Somebody will look at it') },
    }),
    async (c) => {
      const { correction, proof } = c.req.valid('json');
      const { deps, metrics } = c.var;
      const admit = async () => {
        if (!(await proofOfWork.spend(proof))) throw new Problem(refuse('proof-of-work-wrong'));
        if (!perNetwork.take(networkOf(c))) throw new Problem(refuse('too-many-attempts'));
      };
      try {
        const received = await receiveCorrection(deps, deps.publishing, correction, admit);
        metrics.countCorrection('received');
        return c.json(received, 202);
      } catch (error) {
        metrics.countCorrection(error instanceof Problem ? error.refusal.code : 'internal');
        throw error;
      }
    },
  );
}

const searchTexts = new WeakMap<object, string>();

function searchTextOf(entry: Awaited<ReturnType<typeof publishedListing>>['entries'][number]): string {
  const known = searchTexts.get(entry);
  if (known !== undefined) return known;
  const names = Object.values(entry.names).map(({ text }) => text);
  const made = skeleton([entry.slug, ...names, ...entry.channels.map(({ address }) => address)].join(' '));
  searchTexts.set(entry, made);
  return made;
}

/** What staff do with corrections. */
export function correctionRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/corrections',
      permission: 'correction.read',
      tags,
      summary: 'A page of corrections from outside: open ones by how long they wait',
      request: {
        query: listQuery(['receivedAt'], { state: z.enum(['open', 'accepted', 'dismissed']).default('open') }),
      },
      responses: { 200: json(pageOf(CorrectionView), 'Corrections') },
    }),
    async (c) => {
      const { page, perPage, state } = c.req.valid('query');
      return c.json(
        { ...(await listCorrections(contextOf(c), state, windowOf({ page, perPage }))), page, perPage },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/corrections/{id}/accept',
      permission: 'correction.decide',
      tags,
      summary: 'Open a draft because of it; nothing the sender wrote is copied',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(z.object({ proposalId: Id }).meta({ id: 'AcceptedCorrection' }), 'The draft') },
    }),
    async (c) => c.json(await acceptCorrection(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/corrections/{id}/dismiss',
      permission: 'correction.decide',
      tags,
      summary: 'Decide that it leads to nothing',
      request: {
        params: idParam,
        body: body(z.strictObject({ reason: z.enum(DISMISSALS) }).meta({ id: 'DismissCorrection' })),
      },
      responses: { 204: { description: 'Dismissed' } },
    }),
    async (c) => {
      await dismissCorrection(contextOf(c), c.req.valid('param').id, c.req.valid('json').reason);
      return c.body(null, 204);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/corrections/{id}/destroy',
      permission: 'correction.decide',
      tags,
      summary: 'Destroy what should never have been kept, at once and without a copy',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(z.object({ gone: z.boolean() }).meta({ id: 'DestroyedCorrection' }), 'Destroyed') },
    }),
    async (c) => c.json(await destroyCorrection(contextOf(c), c.req.valid('param').id), 200),
  );
}
