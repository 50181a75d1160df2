import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z, type ZodError } from 'zod';
import { ChannelType, Kind, REFUSALS, refuse, type Refusal, type RefusalCode } from '@waymark/domain';
import { Problem } from '@waymark/store';
import type { AppContext, AppEnv } from './deps.ts';

const codes = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]];

export const SignpostView = z
  .object({ name: z.string(), kind: Kind, type: ChannelType, address: z.string() })
  .meta({ id: 'Signpost', description: 'Where to go instead, as it is published' });

/** RFC 9457, with a closed list of codes. */
export const ProblemDetails = z
  .object({
    type: z.string().meta({ description: 'urn:waymark:problem:<code>' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string().meta({ description: 'JSON pointer' }), message: z.string() }))
      .optional(),
    signposts: z.array(SignpostView).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'Why the answer is no (RFC 9457)' });

/** Says a refusal as `application/problem+json`. */
export function answerProblem(c: AppContext, refusal: Refusal): Response {
  const { status, title } = REFUSALS[refusal.code];
  const { code, detail, errors, signposts } = refusal;
  if (status === 401) c.header('WWW-Authenticate', 'Session realm="waymark"');
  if (status === 429) c.header('Retry-After', '900');
  if (status === 507 || status === 503) c.header('Retry-After', '60');
  const body = {
    type: `urn:waymark:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...(signposts === undefined ? {} : { signposts }),
    requestId: c.var.requestId,
  };
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify(body), status satisfies ContentfulStatusCode);
}

/** The one place where errors become answers. What we did not foresee is a 500 that says nothing but an id (SECURITY F8). */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const refusal = toRefusal(error);
  if (refusal.code === 'internal' || refusal.code === 'storage-failed') {
    c.var.deps.log.error({ requestId: c.var.requestId, err: withoutValues(error) }, 'request failed');
  }
  if (isDamage(error)) c.var.deps.failStop(error);
  return answerProblem(c, refusal);
};

/** Nothing here, or not for this method. */
export function onNotFound(allowedMethods: (path: string) => string[]): NotFoundHandler<AppEnv> {
  return (c) => {
    const allowed = allowedMethods(c.req.path);
    if (allowed.length === 0) return answerProblem(c, refuse('not-found'));
    c.header('Allow', allowed.join(', '));
    return answerProblem(c, refuse(allowed.includes(c.req.method) ? 'not-found' : 'method-not-allowed'));
  };
}

/** What a request that fails its schema is told. Queries name filters, so theirs is `filter-unknown`; a malformed id names nothing. */
export function refuseInvalid(result: { target: string; success: boolean; error?: ZodError }): undefined {
  if (result.success || !result.error) return undefined;
  const errors = problemsOf(result.error);
  if (result.target === 'param') throw new Problem(refuse('not-found'));
  throw new Problem(refuse(result.target === 'query' ? 'filter-unknown' : 'input-invalid', undefined, errors));
}

function problemsOf(error: ZodError): { path: string; message: string }[] {
  return error.issues.slice(0, 100).flatMap((issue) => {
    const path = issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: `${path}/${key}`, message: 'This is not known here' }));
  });
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Problem) return error.refusal;
  if (error instanceof HTTPException) return fromHttpException(error);
  const cause = rootCause(error);
  const code = codeOf(cause);
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return refuse('storage-full');
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|BUSY)/.test(code) || code === 'EROFS' || code === 'EIO')
    return refuse('storage-failed');
  // The database keeps the rules too; its triggers say the same codes (drizzle/*_guards.sql).
  if (code.startsWith('SQLITE_CONSTRAINT') && cause instanceof Error && cause.message in REFUSALS)
    return refuse(cause.message as RefusalCode);
  return refuse('internal');
}

/** The framework's own: a body that is no JSON, a content type nobody declared. */
function fromHttpException({ status }: HTTPException): Refusal {
  if (status === 400) return refuse('json-malformed');
  if (status === 413) return refuse('body-too-large');
  if (status === 415) return refuse('content-type-wrong');
  return refuse('internal');
}

/** After a failed fsync nobody knows what is on the disk; a damaged file only gets worse (SECURITY F10). */
function isDamage(error: unknown): boolean {
  return /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(codeOf(rootCause(error)));
}

/** drizzle wraps what the driver threw. */
function rootCause(error: unknown): unknown {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error && at.cause !== undefined; depth += 1) at = at.cause;
  return at;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What the log may know of an error: drizzle's messages hold the values of the query, so only its root speaks (SECURITY L-08). */
function withoutValues(error: unknown): { name: string; code: string; message: string; stack: string } {
  const cause = rootCause(error);
  const name = cause instanceof Error ? cause.name : typeof cause;
  const stack = cause instanceof Error ? (cause.stack ?? '').split('\n').slice(1).join('\n') : '';
  return { name, code: codeOf(cause), message: cause instanceof Error ? cause.message : '', stack };
}
