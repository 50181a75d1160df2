import type { MiddlewareHandler } from 'hono';
import { refuse } from '@waymark/domain';
import { Problem } from '@waymark/store';
import type { AppEnv } from './deps.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** No parameter but a UTF-8 charset: `Text/PLAIN;x=application/json` and its like are something else. */
const JSON_TYPE = /^application\/json(\s*;\s*charset=("?)utf-8\2)?$/i;

/** Where a file is sent as it is: of a type that no form sends either. Its route wants that type once it knows who asks. */
const TAKES_FILES = /^\/api\/v1\/imports$/;
export const FILE_TYPE = 'application/octet-stream';

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
      const type = c.req.header('content-type') ?? '';
      if (!JSON_TYPE.test(type) && !isFile(c.req.path, type)) throw new Problem(refuse('content-type-wrong'));
    }
    await next();
  };
}

/** Whether the body is the bytes of a file, at the one address that takes them. */
export function isFile(path: string, contentType: string): boolean {
  return TAKES_FILES.test(path) && contentType === FILE_TYPE;
}

function requirePage(origin: string | undefined, requestedBy: string | undefined, origins: readonly string[]): void {
  if (origin === undefined || !origins.includes(origin)) throw new Problem(refuse('origin-refused'));
  if (requestedBy !== 'waymark') throw new Problem(refuse('origin-refused', 'Send the header X-Requested-By: waymark'));
}
