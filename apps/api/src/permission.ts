import { createHash, timingSafeEqual } from 'node:crypto';
import { createRoute, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { z, type ZodType } from 'zod';
import { isPermitted, PERMISSIONS, refuse, type Permission } from '@waymark/domain';
import { Problem } from '@waymark/store';
import type { AppContext, AppEnv } from './deps.ts';
import { ProblemDetails } from './problem.ts';

/** Who may call an operation: holders of a permission, anybody signed in, everybody, or a machine with its token. */
export type Access = Permission | 'signed-in' | 'public' | Machine;

/** Machines that show a token in place of a session: the watcher, and apps of the register. */
type Machine = 'watcher' | 'consumer';
const MACHINES: readonly Access[] = ['watcher', 'consumer'] satisfies Machine[];

type Operation = Omit<RouteConfig, 'path' | 'middleware' | 'security' | 'x-permission'> & {
  permission: Access;
  summary: string;
};

const problem = {
  content: { 'application/problem+json': { schema: ProblemDetails } },
  description: 'Why not (RFC 9457)',
};

const header = (name: string, required: boolean, description: string) =>
  ({ in: 'header', name, required, description, schema: { type: 'string' } }) as const;
const CHANGE_HEADERS = [
  header('Origin', true, 'Exactly the origin of this site; browsers send it by themselves'),
  header('X-Requested-By', true, '`waymark`'),
  header(
    'Idempotency-Key',
    false,
    'Repeating a request under the same key has one effect and answers what the first one did',
  ),
];
/** For operations on what somebody may have changed meanwhile. */
export const IF_MATCH = header('If-Match', true, 'The ETag that was read; 428 without, 412 when it is stale');

/**
 * Declares an operation: the only way to put one into the API. The permission stands in the OpenAPI document as
 * `x-permission` and is checked before anything else of the request is looked at; without one it does not compile, and
 * what gets round this function stops the start (`refuseUndocumented`).
 */
export function route<P extends string, R extends Operation & { path: P }>(operation: R) {
  const { permission, ...rest } = operation;
  const declared = createRoute({
    ...rest,
    parameters: [
      ...(rest.parameters ?? []),
      ...(rest.method === 'get' || MACHINES.includes(permission) ? [] : CHANGE_HEADERS),
    ],
    'x-permission': permission,
    security: permission === 'public' ? [] : [MACHINES.includes(permission) ? { [permission]: [] } : { session: [] }],
    middleware: guard(permission),
    responses: { ...rest.responses, default: problem },
  });
  // Handlers answer what the operation declares; problems are thrown. So their types leave `default` and the guard out.
  return declared as unknown as Omit<R, 'permission'> & { getRoutingPath(): string };
}

function guard(access: Access): MiddlewareHandler<AppEnv> {
  if (access === 'watcher') return admitWatcher;
  if (access === 'consumer') return admitConsumer;
  return async (c, next) => {
    if (access !== 'public') {
      const person = await c.var.sessions.find(c);
      if (!person) throw new Problem(refuse('not-signed-in'));
      c.set('person', person);
      if (access !== 'signed-in' && !isPermitted(person.actor, access)) throw new Problem(refuse('not-permitted'));
    }
    await next();
  };
}

/** The token a machine shows; undefined for none, or for what cannot be one. */
export function bearerOf(c: AppContext): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
}

/** An app of the register. Whose token it is, and whether it still opens anything, the verb finds out. */
const admitConsumer: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (bearerOf(c) === undefined)
    throw new Problem(refuse('not-signed-in', 'Send the token of the app: Authorization: Bearer …'));
  await next();
};

/** A machine with a token of its own and no session. Hashes are compared, so that time tells neither signs nor length. */
const admitWatcher: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { watchToken } = c.var.deps;
  if (watchToken === undefined) throw new Problem(refuse('watcher-off'));
  const given = bearerOf(c) ?? '';
  const digest = (token: string) => createHash('sha256').update(token).digest();
  if (!timingSafeEqual(digest(given), digest(watchToken)))
    throw new Problem(refuse('not-signed-in', 'Send the token of the watcher: Authorization: Bearer …'));
  await next();
};

/** A JSON answer. */
export function json<T extends ZodType>(schema: T, description: string) {
  return { content: { 'application/json': { schema } }, description };
}

/** An answer that is no JSON: text of a media type, sent as it is. */
export function text(mediaType: string, description: string) {
  // A plain string as key, so that the handler may answer any Response.
  const content: { [mediaType: string]: { schema: ZodType<string> } } = { [mediaType]: { schema: z.string() } };
  return { content, description };
}

/** A JSON body; required, since an optional one would let a wrong content type past its schema. */
export function body<T extends ZodType>(schema: T) {
  return { content: { 'application/json': { schema } }, required: true } as const;
}

/** The body of a change that takes no words: `{}`. */
export const NothingMore = z.strictObject({}).meta({ id: 'NothingMore' });

/** Middleware and files, the only routes that are no operations. */
const NO_OPERATIONS = new Set(['ALL /*', 'ALL /repo/*', 'ALL /staging/*', 'GET /*']);

/**
 * Refuses to start with a route that the OpenAPI document will not name, or will name without a known permission
 * (SECURITY A-01). It reads the declarations that the document is made of: making it takes longer than the rest of a start.
 * @throws Error naming every such route
 */
export function refuseUndocumented({
  routes,
  openAPIRegistry,
}: Pick<OpenAPIHono<AppEnv>, 'routes' | 'openAPIRegistry'>): void {
  const known = new Set<unknown>([...Object.keys(PERMISSIONS), 'signed-in', 'public', ...MACHINES]);
  const documented = new Set(
    openAPIRegistry.definitions.flatMap((definition) =>
      definition.type === 'route' && known.has((definition.route as { 'x-permission'?: unknown })['x-permission'])
        ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`]
        : [],
    ),
  );
  const wrong = routes
    .map(({ method, path }) => ({
      name: `${method} ${path}`,
      operation: `${method} ${path.replaceAll(/:([^/]+)/g, '{$1}')}`,
    }))
    .filter(({ name, operation }) => !NO_OPERATIONS.has(name) && !documented.has(operation))
    .map(({ name }) => name);
  if (wrong.length > 0)
    throw new Error(`Operations without a permission in the OpenAPI document: ${[...new Set(wrong)].join(', ')}`);
}
