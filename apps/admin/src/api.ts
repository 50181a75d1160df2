import { HttpError } from 'ra-core';
import type { RefusalCode } from '@waymark/domain';

/** The one way from the screens to the server: JSON in, JSON out, problems as errors. */

export const API = '/api/v1';

/** RFC 9457 body as our API speaks it. `offline` and `unreadable` are the two answers that are none of the server's. */
export type ProblemBody = {
  code: RefusalCode | 'offline' | 'unreadable';
  title: string;
  status: number;
  detail?: string;
  /** Fields at fault as react-admin wants them: dotted path → message. */
  errors?: Record<string, string>;
  /** The same, as the server said them: JSON pointer and message. */
  problems?: { path: string; message: string }[];
  requestId?: string;
  /** What the document is now, where the server says so (409, 412). */
  current?: unknown;
};

export type ApiError = HttpError & { status: number; body: ProblemBody };

export function isApiError(error: unknown): error is ApiError {
  return error instanceof HttpError && typeof error.body?.code === 'string';
}

/** Problem of any thrown thing; what the API did not say becomes `internal`. */
export function problemOf(error: unknown): ProblemBody {
  if (isApiError(error)) return error.body;
  return { code: 'internal', status: 500, title: error instanceof Error ? error.message : String(error) };
}

/** True when somebody else was faster: the screen shows what is there now and offers to reload. */
export function isStale(problem: ProblemBody): boolean {
  return problem.status === 412 || problem.status === 409;
}

export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;
type Reading = { query?: Query; signal?: AbortSignal };
export type Writing = {
  /** Revision or version that was read; sent as `If-Match`. */
  ifMatch?: number | string;
  /** Repeats with the same key have one effect. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** Listeners for "the session is over"; the layout leads to the sign-in page and back. */
export const sessionEnd = new EventTarget();

/**
 * Every verb answers the parsed body (undefined for 204), `bytes` the body as it is.
 * @throws ApiError for every answer that is not 2xx, and for no answer at all.
 */
export const api = {
  get: <T>(path: string, { query, signal }: Reading = {}) =>
    send<T>('GET', path + search(query), undefined, { ...(signal && { signal }) }),
  /** A file as bytes. */
  bytes: async (path: string, { signal }: Pick<Reading, 'signal'> = {}) =>
    new Uint8Array(await (await answer('GET', path, undefined, { ...(signal && { signal }) })).arrayBuffer()),
  /** The file that answers a question too long for an address. */
  file: async (path: string, body: unknown, options: Writing = {}) =>
    (await answer('POST', path, body, options)).blob(),
  post: <T>(path: string, body: unknown = {}, options: Writing = {}) => send<T>('POST', path, body, options),
  /** Sends a file as the bytes it is. */
  upload: <T>(path: string, file: Blob, { query, ...options }: Writing & { query?: Query } = {}) =>
    send<T>('POST', path + search(query), file, options),
  put: <T>(path: string, body: unknown, options: Writing = {}) => send<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options: Writing = {}) => send<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options: Writing = {}) => send<T>('DELETE', path, {}, options),
  /** Address of a file the browser downloads by itself. */
  href: (path: string, query?: Query) => API + path + search(query),
};

async function send<T>(method: string, path: string, body: unknown, options: Writing): Promise<T> {
  const response = await answer(method, path, body, options);
  const text = await response.text();
  const json = parse(text);
  if (text !== '' && json === undefined) {
    throw failure({ code: 'unreadable', status: response.status, title: 'The answer of the server cannot be read' });
  }
  // The caller names the type; the server's contract tests hold it to that.
  return json as T;
}

async function answer(method: string, path: string, body: unknown, options: Writing): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-Requested-By'] = 'waymark';
    headers['Content-Type'] = body instanceof Blob ? 'application/octet-stream' : 'application/json';
  }
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`;
  if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
  let response: Response;
  try {
    response = await fetch(API + path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw failure({ code: 'offline', status: 0, title: 'No connection to the server' });
  }
  if (response.ok) return response;
  const problem = toProblem(parse(await response.text()), response);
  if (problem.code === 'not-signed-in') sessionEnd.dispatchEvent(new Event('end'));
  throw failure(problem);
}

function failure(problem: ProblemBody): ApiError {
  return new HttpError(problem.title, problem.status, problem) as ApiError;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

type ServerProblem = Omit<ProblemBody, 'errors' | 'problems'> & { errors?: { path: string; message: string }[] };

function toProblem(json: unknown, response: Response): ProblemBody {
  if (json === null || typeof json !== 'object' || !('code' in json)) {
    return { code: 'unreadable', status: response.status, title: `${response.status} ${response.statusText}`.trim() };
  }
  // Shape by contract: application/problem+json with our closed list of codes.
  const { errors, ...problem } = json as ServerProblem;
  return {
    ...problem,
    status: response.status,
    ...(errors
      ? { problems: errors, errors: Object.fromEntries(errors.map((e) => [toDotted(e.path), e.message])) }
      : {}),
  };
}

/** `/channels/0/value` → `channels.0.value`: JSON pointer to the name of a form field. */
export function toDotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(pointer.startsWith('/') ? 1 : 0)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

function search(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([key, value]): [string, string][] => {
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'object') return value.length === 0 ? [] : [[key, value.join(',')]];
    return [[key, String(value)]];
  });
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
