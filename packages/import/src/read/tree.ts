/** An object of JSON, of which nothing is known. */
export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a member, unless it is none or empty. */
export function textOf(tree: Tree, key: string): string | undefined {
  const value = tree[key];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The objects in a list. */
export function treesOf(tree: Tree, key: string): Tree[] {
  const value = tree[key];
  return Array.isArray(value) ? value.filter(isTree) : [];
}

/** The member, unless it is absent or empty: documents have no members without a value. */
export function given<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? {} : ({ [key]: value } as { [key in K]?: V }); // One member, of that key.
}
