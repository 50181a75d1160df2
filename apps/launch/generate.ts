import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { describeApi } from '../api/src/describe.ts';
import { publishedSchemas } from '../../packages/domain/src/forms/publishedSchemas.ts';
import { vectorFiles } from '../../tests/attacks/vectors.ts';
import { worldMap } from './worldMap.mjs';

/**
 * `npm run generate` writes the generated files; with `--check` it compares them instead, and checks that the migrations
 * are those of the tables and that every path the documents name exists.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const isCheck = process.argv.includes('--check');
const problems: string[] = [];

async function generated(): Promise<Map<string, string>> {
  const files = new Map([['apps/api/generated/openapi.json', JSON.stringify(await describeApi())]]);
  for (const [path, schema] of publishedSchemas())
    files.set(`packages/services/generated/${path.split('/').at(-1)}`, schema);
  for (const [path, text] of files) files.set(path, await prettier.format(text, { parser: 'json', printWidth: 120 }));
  // Thousands of points, which nobody reads: as short as the script writes them.
  files.set('apps/admin/src/coverage/generated/worldMap.json', worldMap());
  for (const [name, text] of vectorFiles()) files.set(`packages/reader/generated/vectors/${name}`, text);
  return files;
}

for (const [path, text] of await generated()) {
  if (isCheck) {
    if (!existsSync(ROOT + path) || readFileSync(ROOT + path, 'utf8') !== text)
      problems.push(`${path} is out of date: npm run generate`);
    continue;
  }
  mkdirSync(dirname(ROOT + path), { recursive: true });
  writeFileSync(ROOT + path, text);
}

if (isCheck) {
  problems.push(...migrationDrift(), ...missingPaths());
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}

/** A migration that would be generated now is one somebody forgot. */
function migrationDrift(): string[] {
  const out = mkdtempSync(join(tmpdir(), 'waymark-drizzle-'));
  try {
    cpSync(`${ROOT}drizzle`, out, { recursive: true });
    const before = readdirSync(out).length;
    const args = [
      'generate',
      '--dialect',
      'sqlite',
      '--schema',
      'packages/store/src/tables.ts',
      '--out',
      out,
      '--casing',
      'snake_case',
    ];
    const { status, stdout, stderr } = spawnSync(`${ROOT}node_modules/.bin/drizzle-kit`, args, {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (status !== 0) return [`drizzle-kit failed: ${stdout}${stderr}`];
    return readdirSync(out).length === before
      ? []
      : ['The tables changed without a migration: run `npx drizzle-kit generate` in packages/store'];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Documents name files so that a newcomer finds them; a name that leads nowhere is a lie. */
function missingPaths(): string[] {
  const documents = ['README.md', 'packages/README.md', '.github/CONTRIBUTING.md', '.github/SECURITY.md'];
  for (const folder of ['packages', 'apps']) {
    for (const name of readdirSync(ROOT + folder))
      if (existsSync(`${ROOT}${folder}/${name}/README.md`)) documents.push(`${folder}/${name}/README.md`);
  }
  return documents.flatMap((document) => {
    if (!existsSync(ROOT + document)) return [`${document} is missing`];
    const named =
      readFileSync(ROOT + document, 'utf8').match(/\b(?:apps|packages|drizzle|tests|data)\/[\w./-]*\w/g) ?? [];
    const isThere = (path: string) => path.startsWith('data/var') || path.includes('/dist') || existsSync(ROOT + path);
    return [...new Set(named)]
      .filter((path) => !isThere(path))
      .map((path) => `${document} names ${path}, which does not exist`);
  });
}
