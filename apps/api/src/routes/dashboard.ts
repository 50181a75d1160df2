import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { CalendarDate, Confidence, CoverageState, Instant, Kind } from '@waymark/domain';
import { showDashboard } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { json, route } from '../permission.ts';

const href = z.string().meta({ description: 'The list of the admin that shows what is counted' });
const Figure = z.object({ value: z.int(), href }).meta({ id: 'Figure' });
const Days = z.int().nullable();

const Dashboard = z
  .object({
    at: Instant,
    due: z.object({ due: Figure, overdue: Figure, expired: Figure, soon: Figure }),
    trend: z
      .array(z.object({ day: CalendarDate, due: z.int(), overdue: z.int(), expired: z.int() }))
      .meta({ description: 'Days that were recorded, the oldest first, today last' }),
    verified: z.array(z.object({ kind: Kind, counts: z.record(Confidence, z.int()), total: z.int(), href })),
    confirmationAge: z
      .object({ medianDays: Days, confirmed: z.int(), href })
      .meta({ description: 'Days since the last confirmation, of entries that were ever confirmed' }),
    alarms: z.object({ open: Figure, unsafe: Figure }),
    coverage: z
      .array(Figure.extend({ state: CoverageState }))
      .meta({ description: 'Countries by what they have for what each should have' }),
    reviews: z.object({ waiting: Figure, oldestDays: Days, medianDays: Days }),
    snapshot: z.object({
      last: z.object({ sequence: z.int(), publishedAt: Instant.nullable(), href }).nullable(),
      expiries: z.array(
        z.object({
          role: z.enum(['root', 'targets', 'urgent', 'snapshot', 'timestamp']),
          expires: Instant.nullable(),
          daysLeft: Days,
          href,
        }),
      ),
    }),
  })
  .meta({ id: 'Dashboard', description: 'How the directory stands; each figure names the list behind it' });

export function dashboardRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/dashboard',
      permission: 'verification.read',
      tags: ['dashboard'],
      summary: 'How the directory stands: due, verified, alarms, reviews, what is published',
      responses: { 200: json(Dashboard, 'Figures') },
    }),
    async (c) => c.json(await showDashboard(contextOf(c), c.var.deps.publishing), 200),
  );
}
