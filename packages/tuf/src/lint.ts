/** Every way a host can be wrong though all signatures are right. Closed, so that a caller can switch over it. */
export type LintCode =
  | 'unreachable'
  | 'file-missing'
  | 'next-root-not-404'
  | 'page-fallback'
  | 'cors-missing'
  | 'stored-encoded'
  | 'timestamp-kept-long'
  | 'numbered-kept-short'
  | 'missing-kept-long';

/** `fault`: some client stops or is misled. `notice`: it costs time or traffic. */
export type LintFinding = { code: LintCode; level: 'fault' | 'notice'; path: string; message: string };

/** Longer than this and a cache can hide an emergency removal (SNAPSHOTS §4.4 asks for a minute). */
const TIMESTAMP_MAX_AGE = 3600;
const MISSING_MAX_AGE = 60;
const NUMBERED_MAX_AGE = 86_400;

/**
 * Looks at how a host answers, as clients in browsers and elsewhere depend on it (SNAPSHOTS §2.4, §4.4): exact 404, no page
 * in place of a missing file, no redirects, CORS, caches, no stored encoding. Signatures are not looked at here.
 * @param options.rootVersion the newest root the host should have
 * @param options.files further files that must be there, by path in the tree
 * @returns what was found; empty when all is well
 */
export async function lintRepository(options: {
  url: string;
  rootVersion: number;
  files?: readonly string[];
  timeoutMs?: number;
}): Promise<LintFinding[]> {
  const { url, rootVersion, files = [], timeoutMs = 10_000 } = options;
  const base = url.replace(/\/+$/, '');
  const ask = async (path: string): Promise<Answer> => {
    try {
      const response = await fetch(`${base}/${path}`, {
        method: path.startsWith('targets/') ? 'HEAD' : 'GET',
        redirect: 'manual',
        headers: { 'accept-encoding': 'identity', origin: 'https://app.example', 'cache-control': 'no-cache' },
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return { path, status: response.status, headers: response.headers };
    } catch (error) {
      return { path, status: 0, headers: new Headers(), why: error instanceof Error ? error.message : String(error) };
    }
  };
  const timestamp = await ask('metadata/timestamp.json');
  if (timestamp.status === 0) return [fault('unreachable', timestamp.path, `cannot be reached: ${timestamp.why}`)];
  const numbered = [`metadata/${rootVersion}.root.json`, ...files];
  const there = await Promise.all(numbered.map(ask));
  const nextRoot = await ask(`metadata/${rootVersion + 1}.root.json`);
  const missing = await ask('targets/v1/0000.no-such-file.json');
  return [
    ...presentFindings(timestamp),
    ...timestampAge(timestamp),
    ...there.flatMap((answer) => [...presentFindings(answer), ...numberedAge(answer)]),
    ...nextRootFindings(nextRoot),
    ...missingFindings(missing),
  ];
}

type Answer = { path: string; status: number; headers: Headers; why?: string };

function presentFindings({ path, status, headers }: Answer): LintFinding[] {
  if (status !== 200) return [fault('file-missing', path, `answers ${status || 'nothing'} where 200 is due`)];
  const findings: LintFinding[] = [];
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/html'))
    findings.push(fault('page-fallback', path, 'answers with a page, not with the file'));
  if (headers.get('access-control-allow-origin') !== '*')
    findings.push(
      fault('cors-missing', path, 'lacks Access-Control-Allow-Origin: *, so apps in browsers cannot read it'),
    );
  const encoding = headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity')
    findings.push(
      fault('stored-encoded', path, `is sent with Content-Encoding: ${encoding} to who did not ask for it`),
    );
  return findings;
}

// A client asks for N+1 until it hears 404. Anything else stops it, or worse, looks like a root (SNAPSHOTS §2.4).
function nextRootFindings({ path, status, headers }: Answer): LintFinding[] {
  if (status !== 404)
    return [
      fault('next-root-not-404', path, `answers ${status || 'nothing'} where exactly 404 is due; clients stop there`),
    ];
  const age = maxAgeOf(headers);
  return age !== undefined && age > MISSING_MAX_AGE
    ? [
        notice(
          'missing-kept-long',
          path,
          `a missing root may be cached for ${age} s; the next one comes that much later`,
        ),
      ]
    : [];
}

function missingFindings({ path, status }: Answer): LintFinding[] {
  return status === 404
    ? []
    : [fault('page-fallback', path, `a file that never existed answers ${status || 'nothing'}`)];
}

function timestampAge({ path, status, headers }: Answer): LintFinding[] {
  const age = maxAgeOf(headers);
  if (status !== 200 || age === undefined || age <= MISSING_MAX_AGE) return [];
  const make = age > TIMESTAMP_MAX_AGE ? fault : notice;
  return [make('timestamp-kept-long', path, `may be cached for ${age} s; news reach clients that much later`)];
}

function numberedAge({ path, status, headers }: Answer): LintFinding[] {
  const age = maxAgeOf(headers) ?? 0;
  if (status !== 200 || age >= NUMBERED_MAX_AGE) return [];
  return [
    notice('numbered-kept-short', path, 'never changes, but may not be cached for long: every refresh costs more'),
  ];
}

function maxAgeOf(headers: Headers): number | undefined {
  const found = /(?:^|[\s,])max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

function fault(code: LintCode, path: string, message: string): LintFinding {
  return { code, level: 'fault', path, message };
}

function notice(code: LintCode, path: string, message: string): LintFinding {
  return { code, level: 'notice', path, message };
}
