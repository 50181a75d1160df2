import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  ChannelType,
  Confidence,
  Country,
  CoverageCell,
  CoverageState,
  CoverageStatus,
  Id,
  Instant,
  Kind,
  Need,
  RecordState,
  Route,
  RouteRequest,
  RouteStep,
  WithheldEntry,
} from '@waymark/domain';
import { previewRoute, showCountryCoverage, showCoverage } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['coverage'];

const CountOfStates = z.record(CoverageState, z.int());
const CoverageMatrix = z
  .object({
    countries: z.array(
      z.object({
        country: z.string(),
        summary: CoverageState.meta({ description: 'One word for a map' }),
        cells: z.partialRecord(Need, CoverageCell).meta({ description: 'A need that is not there is not researched' }),
      }),
    ),
    totals: z.object({ countries: CountOfStates, cells: CountOfStates }),
  })
  .meta({ id: 'CoverageMatrix' });

const CoveringEntry = z
  .object({
    id: Id,
    slug: z.string(),
    name: z.string(),
    kind: Kind,
    state: RecordState,
    unsafe: z.boolean(),
    confidence: Confidence,
    expiresAt: Instant.nullable(),
    expired: z.boolean(),
    partial: z.boolean().meta({ description: 'In parts of the country only' }),
  })
  .meta({ id: 'CoveringEntry' });
const CountryCoverageView = z
  .object({
    country: z.string(),
    profileId: z.string().nullable(),
    summary: CoverageState,
    cells: z.array(
      CoverageCell.extend({
        need: Need,
        entries: z.array(CoveringEntry),
        profile: z
          .object({
            status: CoverageStatus,
            checkedAt: z.string(),
            nextReview: z.string().nullable(),
            evidenced: z.boolean(),
          })
          .nullable()
          .meta({ description: 'What the country profile says' }),
      }),
    ),
  })
  .meta({ id: 'CountryCoverage' });

const NamedStep = RouteStep.extend({
  name: z.string().nullable(),
  slug: z.string().nullable(),
  kind: Kind.nullable(),
  channels: z.array(z.object({ id: z.string(), type: ChannelType, address: z.string() })),
}).meta({ id: 'NamedStep', description: 'A step with what a curator reads of it; words have neither name nor handle' });
const NamedRoute = Route.extend({
  steps: z.array(NamedStep),
  support: z.array(NamedStep),
  withheld: z.array(WithheldEntry.extend({ name: z.string(), slug: z.string() })),
}).meta({ id: 'NamedRoute' });
const RoutePreview = z
  .object({
    at: Instant,
    assumeVerified: z.boolean(),
    route: NamedRoute.nullable().meta({ description: 'On the directory or a snapshot' }),
    before: NamedRoute.nullable().meta({ description: 'On a proposal: without it' }),
    after: NamedRoute.nullable().meta({ description: 'On a proposal: with it' }),
  })
  .meta({ id: 'RoutePreview' });
const PreviewQuestion = z
  .strictObject({
    request: RouteRequest,
    at: Instant.optional().meta({ description: 'Defaults to now' }),
    on: z.union([
      z.strictObject({ directory: z.literal(true) }),
      z.strictObject({ proposal: Id }),
      z.strictObject({ snapshot: z.int().min(1).max(1_000_000_000) }),
    ]),
    assumeVerified: z
      .boolean()
      .default(false)
      .meta({ description: 'As if somebody had verified what nobody found to be wrong' }),
  })
  .meta({ id: 'PreviewQuestion' });

/** What countries have, and what a person there would see. */
export function coverageRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/coverage',
      permission: 'directory.read',
      tags,
      summary: 'What every country with an entry or a profile has for each need',
      responses: { 200: json(CoverageMatrix, 'The matrix') },
    }),
    async (c) => c.json(await showCoverage(contextOf(c)), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/coverage/{country}',
      permission: 'directory.read',
      tags,
      summary: 'What one country has for each need, with the entries behind it',
      request: { params: z.object({ country: Country }) },
      responses: { 200: json(CountryCoverageView, 'The country') },
    }),
    async (c) => c.json(await showCountryCoverage(contextOf(c), c.req.valid('param').country), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/routing/preview',
      permission: 'directory.read',
      tags,
      summary:
        'What a person would see: on the directory, after a proposal, or in a snapshot; nothing is written or kept',
      request: { body: body(PreviewQuestion) },
      responses: { 200: json(RoutePreview, 'The steps, with why, and what was withheld') },
    }),
    async (c) => c.json(await previewRoute(contextOf(c), c.var.deps.publishing, c.req.valid('json')), 200),
  );
}
