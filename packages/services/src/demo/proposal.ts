import { KEYED_LISTS, type Document, type ProposalKind, type RecordType, type Retirement } from '@waymark/domain';

/** One step of a patch: by stable ids, never by positions (`/channels/tel/value`). Without a value the thing goes. */
export type PatchStep = { path: string; value?: unknown };

/** One open proposal of the demo, as data/demo-proposals.json holds it. */
export type DemoProposal = {
  kind: Extract<ProposalKind, 'create' | 'update' | 'retire' | 'merge'>;
  recordType: RecordType;
  /** The record to change; for a merge, the one that stays. None for a create. */
  recordSlug?: string;
  mergedSlug?: string;
  summary: string;
  author: 'curator';
  /** The whole document of a create, without id. */
  doc?: { slug: string; [field: string]: unknown };
  /** What an update or merge changes in the document of `recordSlug`. */
  patch?: PatchStep[];
  retirement?: Partial<Retirement> & Pick<Retirement, 'reason'>;
  state: 'draft' | 'in-review' | 'changes-requested';
  /** The decision that leads to `changes-requested`. */
  review?: { by: 'reviewer'; decision: 'request-changes'; comment: string };
  comments?: { by: 'curator' | 'reviewer'; path?: string; text: string }[];
};

type Tree = { [key: string]: unknown };

/**
 * Applies steps to a copy of a document. Lists of field.ts's KEYED_LISTS are walked by their items' ids; an item that is
 * not there yet is appended, a missing object on the way is made.
 * @throws Error when a step walks through a value that is neither.
 */
export function applyPatch(document: Document | undefined, steps: readonly PatchStep[]): Document {
  const copy = structuredClone(document ?? {}) as Tree;
  for (const step of steps) {
    const parts = step.path.split('/').slice(1);
    const last = parts.pop() ?? '';
    let at: unknown = copy;
    let path = '';
    for (const part of parts) {
      const parent = at;
      at = child(parent, path, part);
      path += `/${part}`;
      if (at === undefined) put(parent, path, part, (at = path in KEYED_LISTS ? [] : {}));
    }
    put(at, `${path}/${last}`, last, step.value);
  }
  // The caller parses it: a patched document is as good as its patch.
  return copy as unknown as Document;
}

function child(parent: unknown, path: string, part: string): unknown {
  const key = KEYED_LISTS[path];
  if (key !== undefined && Array.isArray(parent)) return (parent as Tree[]).find((item) => item[key] === part);
  return (parent as Tree)[part];
}

function put(parent: unknown, path: string, part: string, value: unknown): void {
  const key = KEYED_LISTS[path.slice(0, path.lastIndexOf('/'))];
  if (Array.isArray(parent)) {
    if (key === undefined) throw new Error(`Nothing in ${path} has an id`);
    const at = (parent as Tree[]).findIndex((item) => item[key] === part);
    parent.splice(at === -1 ? parent.length : at, at === -1 ? 0 : 1, ...(value === undefined ? [] : [value]));
  } else if (parent !== null && typeof parent === 'object') {
    if (value === undefined) delete (parent as Tree)[part];
    else (parent as Tree)[part] = value;
  } else throw new Error(`${path} lies inside a value`);
}
