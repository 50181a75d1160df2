import { publishedSchemas } from '../forms/publishedSchemas.ts';
import type { Manifest } from '../manifest.ts';
import type { ReadDirectory } from './directory.ts';
import { measure } from './files.ts';
import { checkLineForms, type Gunzip, type LineFacts } from './formsOfLines.ts';
import { checkNews, type NewsFacts } from './formsOfNews.ts';
import { hashOfText, newProof, type Proof } from './proof.ts';
import { Refused } from './refusal.ts';
import { DIRECTORY, MANIFEST, TOMBSTONES, type openTarget } from './targets.ts';

type Context = Parameters<typeof openTarget>[1];

/** Files that were made again from the directory by path, with their SHA-256, and by what: other tools may make other bytes. */
export type Rebuilt = { files: ReadonlyMap<string, string>; by: string };

/** What a machine has to make forms again with. */
export type FormTools = {
  /** Unpacks what is packed; without it the packed forms stand among `unproven`. */
  gunzip?: Gunzip | undefined;
  /** Makes the forms that take a database and whole lists; a browser has no such thing, and leaves them to the command line. */
  rebuild?: ((manifest: Manifest) => Promise<Rebuilt>) | undefined;
};

export type FormFacts = Omit<LineFacts, 'organisationNames'> & NewsFacts & { directory: ReadDirectory };

const WHOLE = 'v1/directory.json';
const PACKED = 'v1/directory.ndjson.gz';
/** Forms that take more than a browser has. */
const BY_COMMAND_LINE: readonly string[] = ['v1/directory.sqlite', 'v1/directory.html', 'v1/hsds.json', 'v1/hsds.zip'];

/**
 * Proves every file that would be signed: it is what this machine makes of the directory that it looked at, or it was signed
 * before. What differs is refused by name, and what nobody here could make too.
 * @returns what was left to others: in a browser the forms for the command line, on the first day what builds on days before
 */
export async function checkForms(
  { gunzip, rebuild }: FormTools,
  context: Context,
  facts: FormFacts,
): Promise<{ unproven: string[]; notes: string[] }> {
  const { manifest, directory, last } = facts;
  const { findings } = context;
  const proof = newProof(context.payload, findings);
  for (const path of [MANIFEST, DIRECTORY]) proof.see(path);
  // On the first day a person answers for what it builds on, by six words.
  const isFirstDay = !last && manifest.previous !== null;
  if (!isFirstDay) proof.see(TOMBSTONES);
  proof.expect(WHOLE, directory.wholeHash(manifest.contentDigest));
  if (gunzip) await checkPacked(context, { gunzip, proof });
  for (const [path, text] of publishedSchemas()) proof.expect(path, hashOfText(text));
  const { organisationNames } = directory;
  await asMade(() => checkLineForms(context, { ...facts, organisationNames }, { gunzip, proof }));
  const notes = await checkNews(context, facts, proof);
  if (rebuild) await checkRebuilt(() => rebuild(manifest), proof);
  const rest = proof.rest();
  const isForOthers = (path: string) =>
    isFirstDay || (!rebuild && BY_COMMAND_LINE.includes(path)) || (!gunzip && path.endsWith('.gz'));
  for (const path of rest) if (!isForOthers(path)) findings.refuse('form-unknown', path);
  return { unproven: rest.filter(isForOthers), notes };
}

async function checkPacked(
  { payload, files, newHash }: Context,
  { gunzip, proof }: { gunzip: Gunzip; proof: Proof },
): Promise<void> {
  const { length = 0, hashes } = payload.targets[DIRECTORY] ?? {};
  if (!proof.isSigned(PACKED) || !files.paths().includes(PACKED)) return;
  const unpacked = await measure(gunzip(files.read(PACKED)), newHash, length).catch(() => undefined);
  if (unpacked?.sha256 === hashes?.sha256) proof.see(PACKED);
  else proof.refuse(PACKED, 'it unpacks to something else than the directory');
}

async function checkRebuilt(rebuild: () => Promise<Rebuilt>, proof: Proof): Promise<void> {
  const { files, by } = await asMade(rebuild);
  for (const [path, hash] of files) {
    // Packed by another machine it may be other bytes: those were looked at unpacked.
    if (!path.endsWith('.gz')) proof.expect(path, hash, `, as it is made here with ${by}`);
  }
}

/** A directory that breaks what makes forms of it is none of ours. */
async function asMade<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('record-malformed', `No form can be made of it: ${String(error)}`);
  }
}
