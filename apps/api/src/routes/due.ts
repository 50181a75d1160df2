import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { CalendarDate, Confidence, Country, DueState, Id, Instant, LocalId, RiskClass } from '@waymark/domain';
import {
  assignCheck,
  claimCheck,
  dueSummary,
  fixListOfDue,
  listDue,
  planChecks,
  releaseCheck,
  snoozeCheck,
  type WorkView,
} from '@waymark/services';
import type { Context } from '@waymark/store';
import { contextOf, type AppEnv } from '../deps.ts';
import { Flag, listQuery, pageOf, SearchText, windowOf } from '../list.ts';
import { body, json, route, text } from '../permission.ts';
import { sendTable, TABLE_FORMATS } from '../sendTable.ts';

const tags = ['due'];
/** A queue is worked through, not paged through: it comes in longer pages than other lists. */
const LARGEST_PAGE = 500;

const Person = z.object({ id: z.string(), name: z.string() });
const Moment = Instant.nullable();
const DueRow = z
  .object({
    recordId: Id,
    revision: z.int(),
    slug: z.string(),
    name: z.string(),
    kind: z.string(),
    countries: z.array(z.string()),
    languages: z.array(z.string()),
    riskClass: RiskClass,
    isSoleOption: z.boolean(),
    confidence: Confidence,
    state: DueState,
    dueAt: Instant,
    expiresAt: Moment,
    lastConfirmedAt: Moment,
    openAlarms: z.int(),
    unsafe: z.boolean(),
    assignee: Person.nullable(),
    plannedFor: CalendarDate.nullable(),
    claimedBy: Person.nullable(),
    claimedUntil: Moment,
    snoozedUntil: Moment,
    nextAttemptAt: Moment,
    localTime: z.string().nullable().meta({ description: 'What the clock shows where somebody would answer: 09:40' }),
    timeZone: z.string().nullable(),
    officeOpen: z
      .boolean()
      .nullable()
      .meta({ description: 'Monday to Friday, 9 to 17 there; null where nobody can say' }),
  })
  .meta({ id: 'DueRow', description: 'One check in the queue' });

const DueListQuery = listQuery(['pressing'], {
  perPage: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
  state: z.enum(['due', 'overdue', 'soon', 'expired', 'all']).optional().meta({
    description:
      'Absent: what is to be done. all: also what is fresh, put off, or waits for its next attempt or a review',
  }),
  kind: z
    .string()
    .regex(/^[a-z0-9.,-]{1,200}$/)
    .optional(),
  country: Country.or(z.literal('001')).optional(),
  language: z
    .string()
    .regex(/^[A-Za-z0-9,-]{2,80}$/)
    .optional()
    .meta({ description: 'One or more, with commas: any of them' }),
  network: LocalId.optional(),
  q: SearchText.optional(),
  officeHours: z.literal('now').optional().meta({ description: 'Where offices are open at this moment' }),
  assignee: z.enum(['me', 'none']).or(Id).optional().meta({ description: 'me, none, or the id of a person' }),
  mine: Flag.optional().meta({ description: 'What I am at, or was given for today or no day' }),
});

const DueSummary = z
  .object({
    mine: z.int(),
    due: z.int(),
    overdue: z.int(),
    expired: z.int(),
    soon: z.int(),
    doneToday: z.int(),
    doneTodayByMe: z.int(),
    alarms: z.int(),
    fairShare: z
      .array(z.object({ userId: z.string(), name: z.string(), open: z.int(), done7: z.int() }))
      .meta({ description: 'Everybody who may check: open checks, and entries they looked at in seven days' }),
  })
  .meta({ id: 'DueSummary' });

const PlanInput = z
  .strictObject({
    days: z.int().min(1).max(366),
    people: z.array(Id).min(1).max(50),
    perDay: z.int().min(1).max(99).optional(),
    start: CalendarDate.optional().meta({ description: 'First day; today if absent' }),
    holidays: z.array(CalendarDate).max(100).optional(),
  })
  .meta({ id: 'CheckPlan' });
const PlanResult = z
  .object({
    planned: z.int(),
    left: z.int().meta({ description: 'What did not fit: the least pressing' }),
    perPerson: z.array(z.object({ userId: z.string(), name: z.string(), count: z.int() })),
    until: CalendarDate,
  })
  .meta({ id: 'CheckPlanResult' });

const WorkInput = z
  .union([
    z.strictObject({ assignee: Id.nullable(), plannedFor: CalendarDate.nullable().optional() }),
    z.strictObject({ claim: z.literal(true) }),
    z.strictObject({ release: z.literal(true) }),
    z.strictObject({ snoozeUntil: Instant, reason: z.string().max(300) }),
  ])
  .meta({ id: 'WorkInput', description: 'Give it to somebody, take it on, give it back, or put it off' });
export const Work = z
  .object({
    assigneeId: z.string().nullable(),
    assigneeName: z.string().nullable(),
    plannedFor: CalendarDate.nullable(),
    claimedBy: z.string().nullable(),
    claimedByName: z.string().nullable(),
    claimedUntil: Moment,
    snoozedUntil: Moment,
    snoozeReason: z.string().nullable(),
    nextAttempt: z.int(),
    nextAttemptAt: Moment,
  })
  .meta({ id: 'Work', description: 'Who does the next check of an entry, and when' });

/** The queue of checks, and who does them. */
export function dueRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/due',
      permission: 'verification.read',
      tags,
      summary: 'A page of checks to be done, the most pressing first',
      request: { query: DueListQuery },
      responses: { 200: json(pageOf(DueRow), 'Checks') },
    }),
    async (c) => {
      const { page, perPage, sort: _, q, ...filter } = c.req.valid('query');
      const search = q === '' ? undefined : q;
      const list = await listDue(contextOf(c), { ...filter, q: search }, windowOf({ page, perPage }));
      return c.json({ ...list, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/due/fix-list',
      permission: 'verification.read',
      tags,
      summary: 'The entries of the queue, to mend elsewhere: the table of the export, and what is wrong since when',
      request: {
        query: DueListQuery.omit({ page: true, perPage: true, sort: true }).extend({ format: z.enum(TABLE_FORMATS) }),
      },
      responses: { 200: text('text/csv', 'Or XLSX, as asked for') },
    }),
    (c) => {
      const { format, q, ...filter } = c.req.valid('query');
      const search = q === '' ? undefined : q;
      return sendTable(c, 'fix-list', fixListOfDue(contextOf(c), { ...filter, q: search }), format);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/due/summary',
      permission: 'verification.read',
      tags,
      summary: 'How much is to be done and was done, and who has how much of it',
      responses: { 200: json(DueSummary, 'Figures') },
    }),
    async (c) => c.json(await dueSummary(contextOf(c)), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/due/plan',
      permission: 'work.assign',
      tags,
      summary: 'Spread what is to be done over working days and people, by risk and the languages they read',
      request: { body: body(PlanInput) },
      responses: { 200: json(PlanResult, 'What was planned') },
    }),
    async (c) => c.json(await planChecks(contextOf(c), c.req.valid('json')), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/entries/{id}/work',
      permission: 'work.assign',
      tags,
      summary: 'Give the next check of an entry to somebody, take it on, give it back, or put it off',
      request: { params: z.object({ id: Id }), body: body(WorkInput) },
      responses: { 200: json(Work, 'What is planned now') },
    }),
    async (c) => c.json(await act(contextOf(c), c.req.valid('param').id, c.req.valid('json')), 200),
  );
}

function act(ctx: Context, recordId: string, input: z.infer<typeof WorkInput>): Promise<WorkView> {
  if ('assignee' in input) return assignCheck(ctx, recordId, input);
  if ('claim' in input) return claimCheck(ctx, recordId);
  if ('release' in input) return releaseCheck(ctx, recordId);
  return snoozeCheck(ctx, recordId, { until: input.snoozeUntil, reason: input.reason });
}
