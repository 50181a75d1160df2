import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { makeSeed, open, type Reader } from '../index.ts';
import { FOLDER, headline, say, warn } from './folder.ts';

type Options = { dir: string; seed?: string; root?: string };

/** `waymark-reader fetch URL…`: exit code 0 fresh, 1 nothing newer could be had, 2 something that looks like an attack. */
export function fetchCommand(): Command {
  return new Command('fetch')
    .description('Bring the directory up to date from one or more mirrors, verified; keeps what it has when that fails')
    .argument('<url...>', 'addresses of the public tree, tried in order')
    .option('--dir <dir>', 'folder to keep it in', FOLDER)
    .option('--seed <file>', 'seed.zip that came with your software: then an old state is refused on the first run too')
    .option('--root <file>', 'root metadata you trust, for a first run without a seed')
    .action(fetchDirectory);
}

async function fetchDirectory(urls: string[], options: Options): Promise<void> {
  const reader = await openOrStart(urls, options);
  const { state, way, problems } = await reader.refresh();
  for (const { url, problem } of problems) warn(`${url}: ${problem.code}: ${problem.message}`);
  say(`${headline(reader)}; ${WAYS[way]}`);
  reader.close();
  if (state !== 'fresh') process.exitCode = problems.some(({ problem }) => problem.isAlarm) ? 2 : 1;
}

const WAYS = {
  kept: 'nothing new',
  delta: 'brought by deltas',
  full: 'brought whole',
  none: 'nothing could be brought',
};

async function openOrStart(urls: string[], { dir, seed, root }: Options): Promise<Reader> {
  const options = { dir, urls, auto: false };
  const atHand = await open({ ...options, seed }).catch((error: unknown) => {
    if (root === undefined) throw error;
    return undefined;
  });
  if (atHand) return atHand;
  const { zip } = await makeSeed({ url: urls[0] ?? '', root: await readFile(root ?? '') });
  return open({ ...options, seed: zip });
}
