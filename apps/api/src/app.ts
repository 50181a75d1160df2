import { createHash } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import { readBody } from './body.ts';
import { requireOwnPage } from './csrf.ts';
import type { AppEnv, Deps } from './deps.ts';
import { docsRoutes } from './docs.ts';
import { secureHeaders } from './headers.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createPublicPages } from './pages.ts';
import { refuseUndocumented } from './permission.ts';
import { onError, onNotFound, refuseInvalid } from './problem.ts';
import { serveRepository } from './repository.ts';
import { createProofOfWork } from './proofOfWork.ts';
import { beginRequest } from './requestLog.ts';
import { adminRequestRoutes } from './routes/adminRequests.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { auditRoutes } from './routes/audit.ts';
import { batchRoutes } from './routes/batches.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { consumerRoutes, publicConsumerRoutes } from './routes/consumers.ts';
import { correctionRoutes, publicCorrectionRoutes } from './routes/corrections.ts';
import { coverageRoutes } from './routes/coverage.ts';
import { courtesyRoutes } from './routes/courtesy.ts';
import { dashboardRoutes } from './routes/dashboard.ts';
import { dueRoutes } from './routes/due.ts';
import { duplicateRoutes } from './routes/duplicates.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { instanceRoutes } from './routes/instance.ts';
import { linkRoutes } from './routes/links.ts';
import { publicLogRoutes } from './routes/publicLog.ts';
import { noticeRoutes } from './routes/notices.ts';
import { outreachRoutes } from './routes/outreach.ts';
import { ownerRoutes } from './routes/owners.ts';
import { policyRoutes } from './routes/policy.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { queueRoutes } from './routes/queue.ts';
import { recordRoutes } from './routes/records.ts';
import { sessionRoutes } from './routes/session.ts';
import { signingRoutes } from './routes/signing.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { urgentRoutes } from './routes/urgent.ts';
import { userRoutes } from './routes/users.ts';
import { verificationRoutes } from './routes/verifications.ts';
import { watchRoutes } from './routes/watch.ts';
import { createSessions } from './session.ts';
import { createAdminFiles } from './static.ts';

/**
 * The whole application: public tree, API, admin. Tests call it in process (`app.request`), `main.ts` listens with it.
 * @throws Error when a route lacks its permission
 */
export function createApp(deps: Deps, metrics: Metrics = createMetrics({ process: false })): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });

  // First, so that downloads pass nothing that is made for people signed in.
  const { repoDir, stagingRepo } = deps.publishing;
  app.all('/repo/*', serveRepository({ repoDir, at: '/repo/', profile: deps.profile, metrics }));
  // Another root: nobody who trusts the tree above takes anything from here.
  app.all('/staging/*', serveRepository({ repoDir: stagingRepo.dir, at: '/staging/', profile: deps.profile, metrics }));

  app.use('*', beginRequest(deps, createSessions(deps), metrics));
  app.use('*', secureHeaders(deps.profile));
  app.use('*', requireOwnPage(deps.origins));
  app.use('*', readBody);

  healthRoutes(app);
  watchRoutes(app);
  let openApi: ApiDocument | undefined;
  app.route(
    '/api/v1',
    apiRoutes(() => (openApi ??= describeApi(app, deps))),
  );
  app.route('/public/v1', publicRoutes(deps));
  app.get('*', createPublicPages(deps.pagesDir), createAdminFiles(deps.adminDir));
  app.onError(onError);
  app.notFound(onNotFound((path) => allowedMethods(app, path)));

  refuseUndocumented(app);
  return app;
}

type ApiDocument = { text: string; etag: string };

/** The OpenAPI document of all declared operations. Made when somebody asks for it first, for that takes a tenth of a second. */
function describeApi(app: OpenAPIHono<AppEnv>, { version, profile }: Pick<Deps, 'version' | 'profile'>): ApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.1',
    info: {
      title: 'Waymark',
      version,
      description:
        'The directory of child-protection hotlines. Changes need a session cookie, the exact Origin, JSON and the header `X-Requested-By: waymark`. `x-permission` names who may call an operation.',
    },
    servers: [{ url: '/' }],
  });
  document.components = {
    ...document.components,
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: profile === 'production' ? '__Host-sid' : 'waymark-sid' },
      watcher: { type: 'http', scheme: 'bearer' },
      consumer: { type: 'http', scheme: 'bearer' },
    },
  };
  const text = JSON.stringify(document);
  return { text, etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"` };
}

function apiRoutes(document: () => ApiDocument): OpenAPIHono<AppEnv> {
  const api = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  sessionRoutes(api);
  instanceRoutes(api);
  linkRoutes(api);
  noticeRoutes(api);
  queueRoutes(api);
  recordRoutes(api);
  bulkRoutes(api);
  outreachRoutes(api);
  proposalRoutes(api);
  batchRoutes(api);
  duplicateRoutes(api);
  importRoutes(api);
  userRoutes(api);
  adminRequestRoutes(api);
  policyRoutes(api);
  auditRoutes(api);
  snapshotRoutes(api);
  consumerRoutes(api);
  signingRoutes(api);
  urgentRoutes(api);
  correctionRoutes(api);
  alarmRoutes(api);
  courtesyRoutes(api);
  coverageRoutes(api);
  dashboardRoutes(api);
  dueRoutes(api);
  verificationRoutes(api);
  docsRoutes(api, document);
  return api;
}

/** What anybody may ask and send (DESIGN §6). */
function publicRoutes({ now }: Deps): OpenAPIHono<AppEnv> {
  const open = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  ownerRoutes(open);
  publicConsumerRoutes(open, { now });
  publicLogRoutes(open, { now });
  publicCorrectionRoutes(open, { now, proofOfWork: createProofOfWork(now) });
  return open;
}

/** Methods an address takes, by the routes that were declared; empty for an address nobody knows. */
function allowedMethods(app: OpenAPIHono<AppEnv>, path: string): string[] {
  const methods = new Set<string>();
  for (const route of app.routes) {
    if (route.method === 'ALL' || route.path.endsWith('*')) continue;
    const pattern = new RegExp(`^${route.path.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}$`);
    if (!pattern.test(path)) continue;
    methods.add(route.method);
    if (route.method === 'GET') methods.add('HEAD');
  }
  return [...methods].sort();
}
