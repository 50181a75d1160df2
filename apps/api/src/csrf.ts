import type { MiddlewareHandler } from 'hono';
import { refuse } from '@waymark/domain';
import { Problem } from '@waymark/store';
import type { AppEnv } from './deps.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** No parameter but a UTF-8 charset: `Text/PLAIN;x=application/json` and its like are something else. */
const JSON_TYPE = /^application\/json(\s*;\s*charset=("?)utf-8\2)?$/i;

/** Where a machine shows a token in place of the page: no form and no foreign page sends one without asking us first. */
const BY_TOKEN = /^\/(?:watch\/v1|public\/v1\/consumers)\//;

/**
 * A change comes from our own pages: exact Origin, JSON, and a header that no form and no foreign page can send without
 * asking us first (SECURITY F7). All three, since each alone has been got round somewhere. A missing Origin is refused.
 */
export function requireOwnPage(origins: readonly string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!SAFE.has(c.req.method)) {
      const hasToken = BY_TOKEN.test(c.req.path) && c.req.header('authorization')?.startsWith('Bearer ');
      if (!hasToken) requirePage(c.req.header('origin'), c.req.header('x-requested-by'), origins);
      if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) throw new Problem(refuse('content-type-wrong'));
    }
    await next();
  };
}

function requirePage(origin: string | undefined, requestedBy: string | undefined, origins: readonly string[]): void {
  if (origin === undefined || !origins.includes(origin)) throw new Problem(refuse('origin-refused'));
  if (requestedBy !== 'waymark') throw new Problem(refuse('origin-refused', 'Send the header X-Requested-By: waymark'));
}
