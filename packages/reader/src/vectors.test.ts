import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { webCrypto } from './browser/webCrypto.ts';
import { bringTarget } from './held.ts';
import { nodeCrypto } from './node/nodeCrypto.ts';
import { tufJsEngine } from './node/tufJs.ts';
import { ReaderProblem } from './problem.ts';
import { parseTargets } from './tuf/metadata.ts';
import type { Engine, Source, Trusted } from './tuf/trusted.ts';
import { ownEngine } from './tuf/update.ts';

type Vector = {
  name: string;
  answer: 'accept' | 'refuse';
  now: string;
  remembered: Record<string, string>;
  files: Record<string, string>;
  number: string;
};

const folder = fileURLToPath(new URL('../generated/vectors/', import.meta.url));
const files = (await readdir(folder)).filter((name) => name !== 'index.json').sort();
const vectors = await Promise.all(
  files.map(async (name) => JSON.parse(await readFile(folder + name, 'utf8')) as Vector),
);
const bytes = (text: string) => new TextEncoder().encode(text);

/** What a client of ours makes of a vector. */
async function answerOf(engine: Engine, { remembered, files: served, now }: Vector): Promise<string> {
  const source: Source = {
    async file(path, most) {
      const text = served[path];
      if (text !== undefined && bytes(text).length > most) throw new ReaderProblem('hash', 'too long');
      return text === undefined ? undefined : bytes(text);
    },
  };
  const start = Object.fromEntries(Object.entries(remembered).map(([role, text]) => [role, bytes(text)]));
  try {
    const { trusted } = await engine.update(start as Trusted, source, new Date(now), () => undefined);
    const { targets } = parseTargets(trusted.targets ?? bytes('')).signed;
    const directory = await bringTarget(targets, 'v1/directory.ndjson', source, nodeCrypto);
    return new TextDecoder().decode(directory);
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderProblem);
    return 'refuse';
  }
}

describe('the vectors of the client profile', () => {
  it('are 16 good and 32 bad, and lie there with an index', async () => {
    const index = JSON.parse(await readFile(`${folder}index.json`, 'utf8')) as { file: string }[];
    expect(index.map(({ file }) => file)).toEqual(files);
    expect(vectors.filter(({ answer }) => answer === 'accept')).toHaveLength(16);
    expect(vectors.filter(({ answer }) => answer === 'refuse')).toHaveLength(32);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    for (const engine of [tufJsEngine(nodeCrypto), ownEngine(await webCrypto())]) {
      const answer = await answerOf(engine, vector);
      if (vector.answer === 'refuse') expect(answer).toBe('refuse');
      else expect(answer).toContain(vector.number);
    }
  });

  it('are answered by the Python example, which else says in plain words what it lacks', async () => {
    const example = fileURLToPath(new URL('../examples/verify.py', import.meta.url));
    const run = promisify(execFile);
    const { stdout, stderr } = await run('python3', [example, '--vectors', folder]).catch(
      (error: { stdout?: string; stderr?: string; message: string }) => ({
        stdout: error.stdout ?? '',
        // No Python here is said by the operating system.
        stderr: error.stderr ?? error.message,
      }),
    );
    if (stdout !== '') expect(`${stdout}${stderr}`).toContain('48 vectors, 0 wrong');
    else expect(stderr).toMatch(/`cryptography` is missing: pip install cryptography|python3 ENOENT/);
  });
});
