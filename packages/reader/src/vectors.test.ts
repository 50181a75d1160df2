import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
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

const LACKING = /`cryptography` is missing: pip install cryptography|python3 ENOENT/;

/** Runs the Python example. That there is no Python here, the operating system says. */
async function python(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const example = fileURLToPath(new URL('../examples/verify.py', import.meta.url));
  return promisify(execFile)('python3', [example, ...args]).catch(
    (error: { stdout?: string; stderr?: string; message: string }) => ({
      stdout: error.stdout ?? '',
      stderr: error.stderr || error.message,
    }),
  );
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

  it('are trees that the Python example verifies on disk too', async () => {
    const tree = await mkdtemp(join(tmpdir(), 'waymark-tree-'));
    onTestFinished(() => rm(tree, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(vectors[0]?.files ?? {})) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), text);
    }
    await writeFile(join(tree, 'root.json'), vectors[0]?.remembered['root'] ?? '');
    const { stdout, stderr } = await python(tree, '--root', join(tree, 'root.json'));
    if (stdout !== '') expect(stdout).toBe('Verified: 1 records\n');
    else expect(stderr).toMatch(LACKING);
  });

  it('are answered by the Python example, which else says in plain words what it lacks', async () => {
    const { stdout, stderr } = await python('--vectors', folder);
    if (stdout !== '') expect(`${stdout}${stderr}`).toContain('48 vectors, 0 wrong');
    else expect(stderr).toMatch(LACKING);
  });
});
