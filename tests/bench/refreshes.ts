import { Agent, request } from 'node:http';
import { median, ROUNDS } from './clock.ts';
import { wire, type Asked, type Refreshes } from './readers.ts';
import { note, type Results, type RowName } from './table.ts';

const SECONDS = 3;
/** A refresh of the whole moves so much that fewer clients already fill the machine. */
const CLIENTS = { few: 1, many: 16 };

/**
 * Whole refreshes per second that the real server serves to many clients at once: the requests of a real reader, one after
 * the other, again and again. Verifying is the clients' own work and not in these figures.
 */
export async function measureRefreshes(
  url: string,
  refreshes: Refreshes,
  results: Results,
  wanted: ReadonlySet<RowName>,
): Promise<void> {
  const rows: [RowName, Asked][] = [
    ['refresh-nothing', refreshes.nothing],
    ['refresh-delta', refreshes.delta],
    ['refresh-whole', refreshes.whole],
  ];
  for (const [row, asked] of rows) {
    if (!wanted.has(row)) continue;
    note(results, row, {
      c1: await refreshRate(url, asked, CLIENTS.few),
      c16: await refreshRate(url, asked, CLIENTS.many),
    });
    results.notes.push(`${row}: ${wire(asked)} each.`);
  }
}

async function refreshRate(url: string, asked: Asked, clients: number): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const start = performance.now();
    const isOver = () => performance.now() - start > SECONDS * 1000;
    let done = 0;
    const client = async () => {
      while (!isOver()) {
        for (const one of asked) await ask(url, one, agent);
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    rounds.push(done / ((performance.now() - start) / 1000));
    agent.destroy();
  }
  return median(rounds);
}

/** @throws Error when the real server answers with another status or length than the tree on disk */
function ask(url: string, { path, status, bytes }: Asked[number], agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { agent }, (answer) => {
      let length = 0;
      answer.on('data', (chunk: Buffer) => (length += chunk.length));
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === status && (status !== 200 || length === bytes)) return resolve();
        reject(new Error(`GET ${path}: ${answer.statusCode} with ${length} bytes instead of ${status} with ${bytes}`));
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
