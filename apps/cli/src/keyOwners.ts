import type { readRoot } from '@waymark/tuf';

type Root = Pick<ReturnType<typeof readRoot>, 'signed'>;

/** Whose keys made these signatures, by the first root that names them; a key that none does, by its id. */
export function namesIn(roots: readonly Root[], signatures: readonly { keyid: string }[]): string[] {
  const owners = Object.assign({}, ...roots.map(({ signed }) => signed.unrecognizedFields['x-keyowners'])) as Record<
    string,
    unknown
  >;
  return signatures.map(({ keyid }) => (typeof owners[keyid] === 'string' ? owners[keyid] : keyid.slice(0, 12)));
}
