import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AppEnv, Deps } from './deps.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './session.ts';

/**
 * Gives each request its id and what handlers need, and writes one line about it. The line is an allow-list (SECURITY §4
 * Logging): id, route template, status, duration, user id. Never a query, a body, a cookie, an address.
 */
export function beginRequest(deps: Deps, sessions: Sessions, metrics: Metrics): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    c.set('deps', deps);
    c.set('sessions', sessions);
    c.set('metrics', metrics);
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    await next();
    const ms = performance.now() - started;
    const { status } = c.res;
    // The path itself may name a person or hold a token; its template does not.
    const route = matchedRoutes(c).find(({ path }) => !path.endsWith('*'))?.path ?? '*';
    metrics.observe({ method: c.req.method, route, status, seconds: ms / 1000 });
    deps.log.info(
      { requestId, method: c.req.method, route, status, ms: Math.round(ms * 10) / 10, userId: c.var.person?.actor.id },
      'request',
    );
  };
}
