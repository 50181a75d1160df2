import { createHash } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  ContentHash,
  Evidence,
  Id,
  ImportReading,
  ImportState,
  Instant,
  OrganisationType,
  plainText,
  REASONS_WITH_SUCCESSOR,
  RetireReason,
  refuse,
} from '@waymark/domain';
import {
  GUESS_REASONS,
  ImportField,
  Mapping,
  MATCH_REASONS,
  QUESTIONS,
  REJECTIONS,
  SINCE,
  UPLOAD_LIMITS,
} from '@waymark/import';
import {
  commitImport,
  decideRows,
  discardImport,
  listGone,
  listImportRows,
  listImports,
  listProfiles,
  mapImport,
  REPORTED_ROWS,
  reportImport,
  saveImportProfile,
  showImport,
  startPreview,
  stopPreview,
  uploadImport,
  type ImportView as ShownImport,
} from '@waymark/services';
import { Problem } from '@waymark/store';
import { bytesWithin } from '../body.ts';
import { FILE_TYPE, isFile } from '../csrf.ts';
import { contextOf, type AppContext, type AppEnv } from '../deps.ts';
import { proposalTag, requireIfMatch } from '../etag.ts';
import { listOf, listQuery, pageOf, SearchText, windowOf } from '../list.ts';
import { body, IF_MATCH, json, NothingMore, route, text } from '../permission.ts';
import { sendTable, TABLE_FORMATS } from '../sendTable.ts';
import { Change, Conflict, OwnRefusal, RefusalView } from '../schemas.ts';

const tags = ['imports'];
const idParam = z.object({ id: Id });

const Certainty = z.enum(['certain', 'likely', 'unclear']);
const RowAction = z.enum(['new', 'update', 'duplicate', 'reject', 'decide']).meta({ id: 'ImportRowAction' });
const Count = z.int().min(0);

const ImportRow = z
  .object({
    id: Id,
    name: z.string(),
    size: z.int(),
    sha256: ContentHash,
    state: ImportState,
    version: z.int(),
    authorId: z.string(),
    authorName: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    batchId: z.string().nullable(),
    profile: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'ImportRow' });

const Guess = z
  .object({
    column: z.int(),
    header: z.string(),
    field: ImportField.nullable(),
    certainty: Certainty,
    reason: z.enum(Object.keys(GUESS_REASONS) as [keyof typeof GUESS_REASONS]),
    message: z.string(),
    samples: z.array(z.string()),
  })
  .meta({ id: 'ColumnGuess', description: 'What a column is thought to mean, and why' });

const ReadAs = z
  .object({
    format: z.enum(['delimited', 'html', 'xlsx', 'json', 'ndjson', 'hsds', 'hsds-tabular']),
    encoding: z.string().optional(),
    delimiter: z.string().optional(),
    sheet: z.string().optional(),
    sheets: z.array(z.string()).optional(),
    passedOver: z.record(z.string(), z.int()).optional(),
  })
  .meta({ id: 'ReadAs', description: 'How a file had to be read' });

const PreviewView = z
  .object({
    state: z.enum(['none', 'working', 'ready', 'failed']),
    done: Count,
    total: Count,
    counts: z.record(RowAction, Count).nullable(),
    toLookAt: Count.meta({ description: 'Rows with something that a person should look at' }),
    toPropose: Count.meta({ description: 'Rows that a commit would propose' }),
    undecided: Count.meta({ description: 'Rows that a commit would leave out until a person decided' }),
    digest: z.string().nullable().meta({ description: 'What a commit names, so that it does what was seen' }),
    isOutdated: z.boolean().meta({ description: 'Something changed since: preview again before committing' }),
    refusal: RefusalView.nullable(),
    since: z
      .object({
        id: Id,
        name: z.string(),
        committedAt: Instant,
        added: Count,
        changed: Count,
        same: Count,
        gone: Count.meta({ description: 'Entries that only the last list names; see /imports/{id}/gone' }),
      })
      .nullable()
      .meta({ description: 'How the rows stand to the last list of the same partner, where there is one' }),
  })
  .meta({ id: 'ImportPreview' });

const ImportView = ImportRow.extend({
  reading: ReadAs.nullable(),
  chosen: ImportReading,
  header: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  rowCount: Count,
  guess: z.array(Guess),
  mapping: Mapping,
  profileGaps: z.object({ unknown: z.array(z.string()), missing: z.array(z.string()) }).nullable(),
  refusal: RefusalView.nullable().meta({ description: 'Why the file cannot be read, with the place' }),
  preview: PreviewView,
  can: z.object({ map: OwnRefusal, decide: OwnRefusal, commit: OwnRefusal, discard: OwnRefusal }),
}).meta({ id: 'ImportView' });

const Note = z
  .object({
    column: z.string(),
    code: z.string(),
    from: z.string(),
    to: z.string().optional(),
    certainty: Certainty,
    message: z.string(),
    detail: z.string().optional(),
  })
  .meta({ id: 'ImportNote', description: 'What was done to one value of a row' });

const RowView = z
  .object({
    row: z.int(),
    line: z.int(),
    fingerprint: ContentHash,
    action: RowAction,
    certainty: Certainty,
    cells: z.array(z.string()),
    notes: z.array(Note),
    candidates: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        slug: z.string().nullable(),
        score: z.number(),
        verdict: z.enum(['same', 'maybe']),
        reasons: z.array(
          z.object({ code: z.enum(Object.keys(MATCH_REASONS) as [keyof typeof MATCH_REASONS]), message: z.string() }),
        ),
      }),
    ),
    of: z.string().nullable().meta({ description: 'The entry it is about, or row:12 of the same file' }),
    ofName: z.string().nullable(),
    organisation: z
      .object({ id: z.string().nullable(), name: z.string() })
      .nullable()
      .meta({ description: 'Who runs a new entry; without id it would become a new organisation' }),
    fields: z.array(z.string()),
    changes: z.array(Change),
    question: z
      .object({ code: z.enum(Object.keys(QUESTIONS) as [keyof typeof QUESTIONS]), message: z.string() })
      .nullable(),
    rejection: z
      .object({
        code: z.enum(Object.keys(REJECTIONS) as [keyof typeof REJECTIONS]),
        column: z.string().optional(),
        message: z.string(),
        detail: z.string().optional(),
      })
      .nullable(),
    overruled: z.boolean(),
    since: z.enum(SINCE).nullable().meta({ description: 'How it stands to the last list of the same partner' }),
    disagreements: z.array(Conflict),
  })
  .meta({ id: 'ImportRowView', description: 'A row as it was sent, and what would become of it' });

const GoneEntry = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string().nullable(),
    row: z.int().meta({ description: 'Number of its row in the last list' }),
  })
  .meta({ id: 'GoneEntry' });

const ProfileRow = z
  .object({ id: Id, name: z.string(), version: z.int(), updatedAt: Instant, updatedBy: z.string() })
  .meta({ id: 'ImportProfile' });

const UploadQuery = z.strictObject({ name: plainText({ max: 200 }), ...ImportReading.shape });
const RowsQuery = z.strictObject({
  page: listQuery(['row'], {}).shape.page,
  perPage: listQuery(['row'], {}).shape.perPage,
  action: listOf(RowAction, 5).optional(),
  certainty: listOf(Certainty, 3).optional(),
  needs: z
    .enum(['decision', 'look'])
    .optional()
    .meta({ description: 'Rows that wait for a decision, or hold something to look at' }),
  since: listOf(z.enum(SINCE), 3).optional().meta({ description: 'How rows stand to the last list' }),
  q: SearchText.optional(),
});
const ImportEdit = z
  .strictObject({ mapping: Mapping.optional(), profileId: Id.nullable().optional(), reading: ImportReading.optional() })
  .meta({ id: 'ImportEdit' });
const Decision = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('entry'), id: Id }),
  z.strictObject({ action: z.literal('new') }),
  z.strictObject({ action: z.literal('reject'), reason: plainText({ max: 300 }).optional() }),
]);
const Decisions = z
  .strictObject({
    decisions: z
      .array(z.strictObject({ fingerprint: ContentHash, decision: Decision.nullable() }))
      .min(1)
      .max(200),
  })
  .meta({ id: 'RowDecisions' });

const Commit = z
  .strictObject({
    digest: ContentHash.meta({ description: 'Of the preview that was looked at: what is committed is what was seen' }),
    title: plainText({ max: 200 }).optional(),
    evidence: Evidence.pick({
      kind: true,
      title: true,
      url: true,
      publisher: true,
      publishedAt: true,
      capturedAt: true,
      language: true,
    }).meta({ description: 'Who says what the file says; it supports what each row changes' }),
    organisationType: OrganisationType.optional().meta({
      description: 'Of which type the organisations are that are new; required when there are any',
    }),
    retire: z
      .array(z.strictObject({ id: Id, reason: RetireReason.exclude([...REASONS_WITH_SUCCESSOR]) }))
      .max(500)
      .optional()
      .meta({ description: 'Of the entries that are gone from the list: those to retire. None without being named' }),
  })
  .meta({ id: 'ImportCommit' });

/** Answers an import with the version that an edit must name. */
function answer<S extends 200 | 201>(c: AppContext, shown: ShownImport, status: S) {
  c.header('ETag', proposalTag(shown.version));
  return c.json(shown, status);
}

export function importRoutes(api: OpenAPIHono<AppEnv>): void {
  fileRoutes(api);
  workRoutes(api);
}

function fileRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'post',
      path: '/imports',
      permission: 'proposal.write',
      tags,
      summary:
        'Send a file to import, as it is: CSV, XLSX, JSON, HSDS; at most 5 MB. Nothing of it enters the directory',
      request: {
        query: UploadQuery,
        body: { content: { [FILE_TYPE]: { schema: z.string().meta({ format: 'binary' }) } }, required: true },
      },
      responses: { 201: json(ImportView, 'Kept, with a guess what its columns mean') },
    }),
    async (c) => {
      if (!isFile(c.req.path, c.req.header('content-type') ?? ''))
        throw new Problem(refuse('content-type-wrong', `Send the file as ${FILE_TYPE}`));
      const { name, ...reading } = c.req.valid('query');
      const bytes = await bytesWithin(c.req.raw, UPLOAD_LIMITS.bytes, 'file-too-large');
      c.set('bodyText', `${JSON.stringify([name, reading])} ${createHash('sha256').update(bytes).digest('hex')}`);
      const shown = await uploadImport(contextOf(c), { name, bytes, reading });
      c.header('Location', `/api/v1/imports/${shown.id}`);
      return answer(c, shown, 201);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/imports',
      permission: 'proposal.read',
      tags,
      summary: 'A page of imports, those that somebody worked on last first',
      request: { query: listQuery(['-updatedAt'], {}) },
      responses: { 200: json(pageOf(ImportRow), 'Imports') },
    }),
    async (c) => {
      const { page, perPage } = c.req.valid('query');
      return c.json({ ...(await listImports(contextOf(c), windowOf({ page, perPage }))), page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/imports/{id}',
      permission: 'proposal.read',
      tags,
      summary: 'One import: its file, what its columns mean, how far its preview is',
      request: { params: idParam },
      responses: { 200: json(ImportView, 'The import; ETag is its version') },
    }),
    async (c) => answer(c, await showImport(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'patch',
      path: '/imports/{id}',
      permission: 'proposal.write',
      tags,
      summary: 'Say what the columns mean, or how to read the file',
      parameters: [IF_MATCH],
      request: { params: idParam, body: body(ImportEdit) },
      responses: { 200: json(ImportView, 'Saved') },
    }),
    async (c) =>
      answer(c, await mapImport(contextOf(c), c.req.valid('param').id, c.req.valid('json'), requireIfMatch(c)), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/imports/{id}/discard',
      permission: 'proposal.write',
      tags,
      summary: 'Throw an open import away, with the bytes of its file',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(ImportView, 'Discarded') },
    }),
    async (c) => answer(c, await discardImport(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/import-profiles',
      permission: 'proposal.read',
      tags,
      summary: 'What the columns of partners mean, by the name of the partner',
      responses: { 200: json(z.object({ data: z.array(ProfileRow), total: z.int() }), 'Profiles') },
    }),
    async (c) => {
      const data = await listProfiles(contextOf(c));
      return c.json({ data, total: data.length }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/imports/{id}/profile',
      permission: 'proposal.write',
      tags,
      summary: 'Keep the mapping under the name of a partner, for their next list',
      request: {
        params: idParam,
        body: body(z.strictObject({ name: plainText({ max: 80 }) }).meta({ id: 'ProfileName' })),
      },
      responses: { 200: json(ImportView, 'The import, now one of that partner') },
    }),
    async (c) =>
      answer(c, await saveImportProfile(contextOf(c), c.req.valid('param').id, c.req.valid('json').name), 200),
  );
}

function workRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'post',
      path: '/imports/{id}/preview',
      permission: 'proposal.write',
      tags,
      summary: 'Say what would become of each row; it is made beside, and the import says how far it is',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(ImportView, 'The import') },
    }),
    async (c) => answer(c, await startPreview(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'delete',
      path: '/imports/{id}/preview',
      permission: 'proposal.write',
      tags,
      summary: 'Stop making the preview',
      request: { params: idParam },
      responses: { 200: json(ImportView, 'The import') },
    }),
    async (c) => answer(c, await stopPreview(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/imports/{id}/rows',
      permission: 'proposal.read',
      tags,
      summary: 'A page of rows as they were sent, with what would become of each',
      request: { params: idParam, query: RowsQuery },
      responses: { 200: json(pageOf(RowView).extend({ digest: z.string() }), 'Rows of the last preview') },
    }),
    async (c) => {
      const { page, perPage, ...query } = c.req.valid('query');
      const { id } = c.req.valid('param');
      const rows = await listImportRows(contextOf(c), id, query, windowOf({ page, perPage }));
      return c.json({ ...rows, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/imports/{id}/report',
      permission: 'proposal.read',
      tags,
      summary:
        'Every row as it was sent, with what became of it and why; or those of which nothing came, to correct and send again',
      request: {
        params: idParam,
        query: z.strictObject({ format: z.enum(TABLE_FORMATS), rows: z.enum(REPORTED_ROWS).default('all') }),
      },
      responses: { 200: text('text/csv', 'Or XLSX, as asked for') },
    }),
    async (c) => {
      const { format, rows } = c.req.valid('query');
      return sendTable(c, 'import-report', await reportImport(contextOf(c), c.req.valid('param').id, rows), format);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/imports/{id}/gone',
      permission: 'proposal.read',
      tags,
      summary: 'Entries that the last list of the same partner named and this one does not; nothing is retired by it',
      request: { params: idParam, query: listQuery(['row'], {}) },
      responses: { 200: json(pageOf(GoneEntry), 'Entries, in the order of the last list') },
    }),
    async (c) => {
      const { page, perPage } = c.req.valid('query');
      const gone = await listGone(contextOf(c), c.req.valid('param').id, windowOf({ page, perPage }));
      return c.json({ ...gone, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/imports/{id}/decisions',
      permission: 'proposal.write',
      tags,
      summary: 'Say what rows mean; remembered for every file that says the same',
      request: { params: idParam, body: body(Decisions) },
      responses: { 200: json(ImportView, 'The import; preview it again') },
    }),
    async (c) => answer(c, await decideRows(contextOf(c), c.req.valid('param').id, c.req.valid('json').decisions), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/imports/{id}/commit',
      permission: 'proposal.write',
      tags,
      summary: 'Make one batch of proposals of it, all or nothing; committed again, it answers with the same batch',
      request: { params: idParam, body: body(Commit) },
      responses: { 200: json(ImportView, 'Committed; batchId names what came of it') },
    }),
    async (c) => answer(c, await commitImport(contextOf(c), c.req.valid('param').id, c.req.valid('json')), 200),
  );
}
