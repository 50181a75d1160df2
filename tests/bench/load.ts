import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import { median, ROUNDS } from './clock.ts';

const SECONDS = 3;

/**
 * Requests per second that a server answers to so many connections, each asking for one path after the other.
 * @param expected the only status that counts
 * @throws Error when anything else was answered
 */
export async function requestRate(
  url: string,
  paths: readonly string[],
  options: { connections: number; headers: Record<string, string>; expected: number },
): Promise<number> {
  const { connections, headers, expected } = options;
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const requests = paths.map((path) => ({ path }));
    const result = await autocannon({ url, connections, duration: round === 0 ? 1 : SECONDS, headers, requests });
    const statuses = Object.keys(result.statusCodeStats);
    if (result.errors > 0 || statuses.some((status) => status !== String(expected))) {
      throw new Error(
        `${paths[0]}: ${result.errors} errors, answers ${JSON.stringify(result.statusCodeStats)} instead of ${expected}`,
      );
    }
    if (round > 0) rounds.push(result.requests.average);
  }
  return median(rounds);
}

export type Post = { path: string; body: unknown };

/** Sends every post once over so many connections. @returns posts per second @throws Error when one is not answered 200 */
export async function postRate(
  url: string,
  posts: readonly Post[],
  options: { connections: number; headers: Record<string, string> },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const waiting = posts.values();
  const start = performance.now();
  const worker = async () => {
    for (const post of waiting) await send(url, post, { agent, headers: options.headers });
  };
  await Promise.all(Array.from({ length: options.connections }, worker));
  agent.destroy();
  return posts.length / ((performance.now() - start) / 1000);
}

function send(
  url: string,
  { path, body }: Post,
  { agent, headers }: { agent: Agent; headers: Record<string, string> },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url + path,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-type': 'application/json', origin: url, 'x-requested-by': 'waymark' },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += answer.statusCode === 200 ? '' : chunk.toString()));
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`POST ${path}: ${answer.statusCode} ${text}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

/** Bytes of a whole answer, thrown away as they come. @throws Error when it is not answered 200 */
export function download(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (answer) => {
      let bytes = 0;
      if (answer.statusCode !== 200) reject(new Error(`GET ${url}: ${answer.statusCode}`));
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}
