import type { Source, SourceRow } from '../../source.ts';
import type { ReadOptions } from '../options.ts';
import { isTree, textOf, treesOf, type Tree } from '../tree.ts';
import { checkRowCount } from '../rowGate.ts';
import { unknownDocument } from '../ourRecords.ts';
import { toEntryDoc, unmapped } from './entryDoc.ts';
import { toOrganisationDoc } from './organisationDoc.ts';

/** A page of the HSDS API, one service of it, or a list of services: what HSDS calls de-referenced JSON. */
export function isHsdsPage(tree: unknown): boolean {
  if (Array.isArray(tree)) return isService(tree[0]);
  return isTree(tree) && (Array.isArray(tree['contents']) || isService(tree));
}

/** Ours have `names`, by language; HSDS has one name and says when it was last touched, or who runs it. */
function isService(item: unknown): boolean {
  if (!isTree(item) || 'names' in item || 'kind' in item) return false;
  return (
    textOf(item, 'name') !== undefined &&
    ['status', 'organization', 'last_modified', 'services'].some((key) => key in item)
  );
}

/**
 * Services of HSDS 3.0 or 3.1, each as what our schema can hold of it.
 * @param lines on which each item of the page begins
 * @throws ReadProblem document-unknown, too-many-rows
 */
export function readHsdsPage(tree: unknown, lines: readonly number[], encoding: string, options: ReadOptions): Source {
  const items = Array.isArray(tree)
    ? (tree as unknown[])
    : isTree(tree) && Array.isArray(tree['contents'])
      ? (tree['contents'] as unknown[])
      : [tree];
  const services = items.flatMap((item, at) => {
    const line = lines[at] ?? 1;
    if (!isTree(item)) throw unknownDocument(line);
    return servicesIn(item).map((service) => ({ service, line }));
  });
  return sourceOf({ format: 'hsds', encoding }, services, options);
}

/** A page of organisations has the services inside each. */
function servicesIn(item: Tree): Tree[] {
  if (!Array.isArray(item['services'])) return [item];
  const { services: _services, ...organization } = item;
  return treesOf(item, 'services').map((service) => ({ organization, ...service }));
}

/** Rows and organisations from nested services. */
export function sourceOf(
  reading: Source['reading'],
  services: readonly { service: Tree; line: number }[],
  { limits, onProgress }: ReadOptions,
): Source {
  const organisations = new Map<string, Tree>();
  const passedOver: Record<string, number> = {};
  const rows = services.map(({ service, line }, at): SourceRow => {
    checkRowCount(at + 1, limits, { line });
    const { organization } = service;
    if (isTree(organization)) {
      const doc = toOrganisationDoc(organization);
      organisations.set(textOf(doc, 'id') ?? JSON.stringify(doc), doc);
    }
    for (const name of unmapped(service)) passedOver[name] = (passedOver[name] ?? 0) + 1;
    return { row: at + 1, line, cells: [], doc: toEntryDoc(service) };
  });
  onProgress?.({ rows: rows.length });
  return {
    reading: { ...reading, ...(Object.keys(passedOver).length > 0 ? { passedOver } : {}) },
    header: [],
    rows,
    ...(organisations.size > 0 ? { organisations: [...organisations.values()] } : {}),
  };
}
