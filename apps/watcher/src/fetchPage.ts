import { Client, errors, type Dispatcher } from 'undici';
import type { CheckResult } from '@waymark/domain';
import { codeOf, createConnector, NameRefused, type Certificate, type Detour, type Resolve } from '@waymark/egress';

export type Limits = {
  /** For everything about one address together: names, hops, bodies. */
  totalMs: number;
  headMs: number;
  /** Of a page; the rest is not read. */
  bytes: number;
  headerBytes: number;
  hops: number;
};

export const LIMITS: Limits = { totalMs: 10_000, headMs: 5_000, bytes: 256 * 1024, headerBytes: 16 * 1024, hops: 3 };

export type Visitor = {
  /** Address under which those who are visited can complain. */
  contact: string;
  resolve: Resolve;
  limits: Limits;
  detour?: Detour | undefined;
};

/** Where an address led. Of a page nothing is kept beyond the check. */
export type Visit =
  | {
      kind: 'page';
      url: URL;
      /** A hop led from https to http. */
      insecure: boolean;
      status: number;
      isChallenge: boolean;
      contentType: string;
      body?: Uint8Array;
      /** The body was read to its end. */
      whole: boolean;
      certificate: Certificate | undefined;
    }
  /** It ended at `url`, which need not be where it began. */
  | { kind: 'stopped'; url: URL; result: CheckResult };

/** Why an address is not asked at all, whatever its name leads to. */
type UrlRefusal = 'scheme' | 'credentials' | 'port';

function urlRefusal(url: URL): UrlRefusal | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials';
  // The usual port of each scheme is written as none: 80 and 443 are what is left.
  return url.port === '' ? undefined : 'port';
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Visits an address: HEAD, then a small ranged GET; redirects by hand, each hop judged like the first. No cookies, no credentials, no
 * referrer, no script, nothing compressed.
 */
export async function fetchPage(address: string, visitor: Visitor): Promise<Visit> {
  if (!URL.canParse(address)) return { kind: 'stopped', url: new URL('about:blank'), result: notAsked };
  let url = new URL(address);
  if (urlRefusal(url)) return { kind: 'stopped', url, result: notAsked };
  const deadline = AbortSignal.timeout(visitor.limits.totalMs);
  const seen = new Set<string>();
  let insecure = false;
  for (;;) {
    seen.add(url.href);
    const answer = await ask(url, visitor, deadline);
    if ('outcome' in answer) return { kind: 'stopped', url, result: answer };
    const { location, ...page } = answer;
    if (!REDIRECTS.has(page.status)) return { kind: 'page', url, insecure, ...page };
    const next = targetOf(location, url);
    const refusal = next === undefined ? 'malformed' : urlRefusal(next);
    const reason = refusal ?? (seen.size > visitor.limits.hops ? 'too-many' : undefined);
    const to = next ?? url;
    if (reason !== undefined || seen.has(to.href))
      return { kind: 'stopped', url: to, result: redirectedTo(to, reason ?? 'loop') };
    insecure ||= url.protocol === 'https:' && to.protocol === 'http:';
    url = to;
  }
}

const notAsked: CheckResult = { outcome: 'not-checked', reason: 'address' };

/** An address for a person, without what could name somebody or lead on: no query, no fragment, no credentials. */
export function destinationOf(url: URL): string {
  const { protocol, host, pathname } = url;
  return `${protocol}//${host}${pathname}`.slice(0, 300);
}

export const redirectedTo = (url: URL, reason: (CheckResult & { outcome: 'redirected' })['reason']): CheckResult => ({
  outcome: 'redirected',
  to: destinationOf(url),
  sameOrganisation: true,
  ...(reason === undefined ? {} : { reason }),
});

/** Sent by sites that want to see a browser: they are there. */
const CHALLENGES = ['cf-mitigated', 'x-amzn-waf-action', 'x-sucuri-block'];

type Answer = Omit<Visit & { kind: 'page' }, 'kind' | 'url' | 'insecure'> & {
  location: string | string[] | undefined;
};

function targetOf(location: string | string[] | undefined, base: URL): URL | undefined {
  if (typeof location !== 'string' || location.length > 2048) return undefined;
  return URL.canParse(location, base.href) ? new URL(location, base) : undefined;
}

/** One address, no redirects. HEAD decides whether there is anything to read; where HEAD is not taken, GET alone decides. */
async function ask(url: URL, visitor: Visitor, deadline: AbortSignal): Promise<Answer | CheckResult> {
  let certificate: Certificate | undefined;
  const { limits, resolve, detour, contact } = visitor;
  const client = new Client(url.origin, {
    connect: createConnector({
      resolve,
      timeout: limits.totalMs,
      detour,
      onCertificate: (seen) => (certificate = seen),
    }),
    // A connection for each request: a body nobody asked for must not be taken for the next answer.
    pipelining: 0,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.totalMs,
    bodyTimeout: limits.totalMs,
    strictContentLength: false,
  });
  const request = async (method: 'HEAD' | 'GET', signal: AbortSignal): Promise<Answer> => {
    const { statusCode, headers, body } = await client.request({
      method,
      path: url.pathname + url.search,
      signal,
      headers: {
        'user-agent': `Waymark-Watcher/1 (+${contact})`,
        accept: 'text/html, text/plain;q=0.9, */*;q=0.1',
        'accept-encoding': 'identity',
        ...(method === 'GET' ? { range: `bytes=0-${limits.bytes - 1}` } : {}),
      },
    });
    const contentType = String(headers['content-type'] ?? '');
    const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
    const wanted = method === 'GET' && isPlain && isOk(statusCode) && isReadable(contentType);
    const read = wanted ? await readBody(body, limits.bytes) : { whole: false };
    if (!wanted) discard(body);
    const range = /\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1];
    return {
      status: statusCode,
      location: headers['location'],
      contentType,
      isChallenge: CHALLENGES.some((name) => headers[name] !== undefined),
      ...read,
      whole: read.whole && !(statusCode === 206 && Number(range ?? 0) > limits.bytes),
      certificate,
    };
  };
  try {
    const head = await request('HEAD', AbortSignal.any([deadline, AbortSignal.timeout(limits.headMs)])).catch(
      (error: unknown) => {
        // Some servers know no HEAD and hang up; a name or a certificate is no better the second time.
        const result = resultOf(error);
        if (result.outcome === 'server-error' || (result.outcome === 'timeout' && !deadline.aborted)) return undefined;
        throw error;
      },
    );
    if (head && (REDIRECTS.has(head.status) || (isOk(head.status) && !isReadable(head.contentType)))) return head;
    return await request('GET', deadline);
  } catch (error) {
    return resultOf(error);
  } finally {
    client.destroy().catch(() => undefined);
  }
}

const isOk = (status: number): boolean => status >= 200 && status < 300;

/** Text of a page. What is no text is not read: its being there is all that can be said. */
export const isReadable = (contentType: string): boolean =>
  contentType === '' || /^(?:text\/(?:html|plain)|application\/xhtml\+xml)\b/i.test(contentType.trim());

/** Reads no more than `limit` bytes, whatever was announced, and hangs up. */
async function readBody(
  body: Dispatcher.ResponseData['body'],
  limit: number,
): Promise<{ body: Uint8Array; whole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const rest = limit - size;
    chunks.push(chunk.subarray(0, rest));
    size += Math.min(chunk.length, rest);
    if (chunk.length > rest) {
      discard(body);
      return { body: Buffer.concat(chunks), whole: false };
    }
  }
  return { body: Buffer.concat(chunks), whole: true };
}

function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined);
  body.destroy();
}

/** Codes of Node and OpenSSL that speak of a certificate or a handshake. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO|INVALID_CA|CRL_)/;

function resultOf(error: unknown): CheckResult {
  if (error instanceof NameRefused) return error.result;
  const code = codeOf(error);
  if (TLS_CODE.test(code)) return { outcome: 'tls-invalid', code: code.slice(0, 60) };
  if (error instanceof errors.HeadersOverflowError) return { outcome: 'server-error', reason: 'too-large' };
  if (error instanceof errors.HTTPParserError) return { outcome: 'server-error', reason: 'protocol' };
  if (code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT') || isAbort(error)) return { outcome: 'timeout' };
  return { outcome: 'server-error', reason: 'connection' };
}

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
