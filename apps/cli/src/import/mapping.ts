import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { applyMapping, guessMapping, MappingProfile, type Guess, type Mapping, type Source } from '@waymark/import';

/** What the columns of a file mean, and how that is known. */
export interface ColumnsRead {
  mapping: Mapping;
  /** Without a profile: how sure each guess is, and why. */
  guesses?: Guess[];
  /** With a profile: its name, the columns it does not know, and those that the file no longer has. */
  profile?: { name: string; unknown: string[]; missing: string[] };
}

/** Guesses what the columns mean, or takes what a profile says. */
export function readColumns(source: Source, profile: MappingProfile | undefined): ColumnsRead {
  if (profile === undefined) return guessMapping(source);
  const { mapping, unknown, missing } = applyMapping(profile.mapping, source.header);
  return { mapping, profile: { name: profile.name, unknown, missing } };
}

/** Reads a profile. @throws Error naming the file and the field that is wrong */
export async function readProfile(file: string): Promise<MappingProfile> {
  const result = MappingProfile.safeParse(parseJson(await readFile(file, 'utf8'), file));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `\n  /${path.join('/')}: ${message}`);
  throw new Error(`${file} is no mapping profile; see --save-profile for one to start from:${problems.join('')}`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Writes a mapping as a profile named after the file it was guessed from, to be corrected by hand. Writes over nothing. */
export async function saveProfile(file: string, importFile: string, mapping: Mapping): Promise<void> {
  const name = basename(importFile)
    .replace(/\.\w+$/, '')
    .slice(0, 80);
  const profile: MappingProfile = { name, mapping };
  await writeFile(file, `${JSON.stringify(profile, null, 2)}\n`, { flag: 'wx' });
}
