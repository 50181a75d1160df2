import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { applyMapping, guessMapping, MappingProfile, type Guess, type Mapping, type Source } from '@waymark/import';
import { listImportProfiles, type Reader } from '@waymark/store';
import { openData } from '../dataFolder.ts';

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

/** A mapping with its name; of a profile that the installation keeps, its id too. */
export type ProfileGiven = MappingProfile & { id?: string };

/**
 * What `--profile` names: a file, or a profile that the installation keeps under that name.
 * @throws Error when it is neither
 */
export async function profileOf({
  profile,
  directory,
  data,
}: {
  profile?: string;
  directory?: string;
  data: string;
}): Promise<ProfileGiven | undefined> {
  if (profile === undefined) return undefined;
  if (existsSync(profile)) return readProfile(profile);
  if (directory !== undefined) throw new Error(`There is no file ${profile}`);
  const { read, close } = openData(data);
  try {
    return await keptProfile(read, profile);
  } finally {
    close();
  }
}

/** A profile of the installation, by name. @throws Error naming those there are */
export async function keptProfile(read: Reader, name: string): Promise<ProfileGiven & { id: string }> {
  const profiles = await listImportProfiles(read);
  const found = profiles.find((profile) => profile.name.toLowerCase() === name.toLowerCase());
  if (found) return { id: found.id, name: found.name, mapping: found.mapping as Mapping }; // Parsed before it was written.
  const known = profiles.map((profile) => `"${profile.name}"`).join(', ');
  throw new Error(
    `There is no file ${name}, and no profile of that name. ${known === '' ? 'There are none' : `There are ${known}`}`,
  );
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
