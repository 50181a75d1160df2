import { join, resolve } from 'node:path';
import type { SigningRequest } from '@waymark/domain';
import { findRepository, treePath } from '@waymark/tuf';
import { beside, findFile } from '../../travellingFile.ts';

/** Where the root before comes from; without either, it is looked for beside the request. */
export type Before = { previous?: string; tree?: string };

export const PREVIOUS_OPTION = ['--previous <file>', 'the root before, as you have it: N.root.json'] as const;
export const TREE_OPTION = ['--tree <dir>', 'a copy of the public tree, to take the root before from'] as const;

/** The bytes of the root that a request follows; undefined when there is none to be found. */
export async function findRootBefore(
  file: string,
  { role, version }: SigningRequest,
  { previous, tree }: Before,
): Promise<Buffer | undefined> {
  if (previous !== undefined) return findFile(previous);
  if (tree !== undefined && role !== 'root') return newestRoot(tree);
  if (tree !== undefined) return findFile(join(resolve(tree), treePath.root(version - 1)));
  return findFile(beside(file, `${version - 1}.root.json`));
}

/** The bytes of a tree's newest root, verified from root 1 on; undefined while there is none. */
export async function newestRoot(tree: string): Promise<Buffer | undefined> {
  const repository = await findRepository(resolve(tree));
  return repository && findFile(join(resolve(tree), treePath.root(repository.root.signed.version)));
}
