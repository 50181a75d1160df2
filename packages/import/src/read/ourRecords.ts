import { OrganisationType } from '@waymark/domain';
import { ReadProblem } from './refusal.ts';
import { isTree, type Tree } from './tree.ts';

export type Sorted = {
  entries: { doc: Tree; line: number }[];
  organisations: Tree[];
  passedOver: Record<string, number>;
};

/**
 * Records of our own schema by type, each as the document it came from. Country profiles are passed over: they are not imported.
 * @throws ReadProblem document-unknown for what is no record of ours
 */
export function sortRecords(items: readonly { item: unknown; line: number }[]): Sorted {
  const sorted: Sorted = { entries: [], organisations: [], passedOver: {} };
  for (const { item, line } of items) {
    const record = isTree(item) && isTree(item['doc']) ? item['doc'] : item;
    if (!isTree(record)) throw unknownDocument(line);
    const type = typeOf(record);
    if (type === undefined) throw unknownDocument(line);
    if (type === 'entry') sorted.entries.push({ doc: toEntry(record), line });
    else if (type === 'organisation') sorted.organisations.push(toOrganisation(record));
    else sorted.passedOver[type] = (sorted.passedOver[type] ?? 0) + 1;
  }
  return sorted;
}

function typeOf(record: Tree): 'entry' | 'organisation' | 'country' | undefined {
  const { type } = record;
  if (type === 'entry' || type === 'organisation' || type === 'country') return type;
  if (OrganisationType.safeParse(type).success) return 'organisation';
  if ('kind' in record || 'channels' in record) return 'entry';
  return 'country' in record && 'coverage' in record ? 'country' : undefined;
}

/** What only the published form has, and no document: what follows from events, and never from a file. */
function unpublished(record: Tree): Tree {
  const {
    type: _type,
    revision: _revision,
    updatedAt: _updatedAt,
    sources,
    verification: _verification,
    ...doc
  } = record;
  return Array.isArray(sources) ? { ...doc, evidence: sources as unknown[] } : doc;
}

function toEntry(record: Tree): Tree {
  const doc = unpublished(record);
  const { channels } = doc;
  if (!Array.isArray(channels)) return doc;
  const open = channels.map((channel: unknown) => {
    if (!isTree(channel)) return channel;
    const { verification: _verification, ...rest } = channel;
    return rest;
  });
  return { ...doc, channels: open };
}

function toOrganisation(record: Tree): Tree {
  const { organisationType, ...doc } = unpublished(record);
  return { ...doc, type: organisationType ?? record['type'] };
}

/** Says that a JSON file is none of ours. */
export function unknownDocument(line: number): ReadProblem {
  return new ReadProblem(
    'document-unknown',
    `Line ${line}: this is neither an entry nor an organisation. Send a list of entries as Waymark exports them, or a page of HSDS services.`,
    { line },
  );
}
