import { FactPath, pathsWithoutPrimaryEvidence, type Change, type Evidence } from '@waymark/domain';

/** Who says what the file says: one source, asked for with the commit, for every row. */
export type Attestation = Pick<Evidence, 'kind' | 'title'> &
  Partial<Pick<Evidence, 'url' | 'publisher' | 'publishedAt' | 'capturedAt' | 'language' | 'sensitivity'>>;

/** Where in the file it stands. */
export type FilePlace = { sha256: string; rows: readonly number[]; today: string };

type Evidenced = { evidence: readonly Evidence[] };

/** As many as an evidence takes. */
const MOST_PATHS = 100;

/**
 * Adds who says so to a document, for what a row changes and nothing else supports.
 * @param changes what the row changes of the entry, or makes of nothing
 * @returns the same document when there is nothing to support
 */
export function withEvidence<Doc extends Evidenced>(
  doc: Doc,
  changes: readonly Change[],
  { capturedAt, sensitivity = 'public', ...source }: Attestation,
  { sha256, rows, today }: FilePlace,
): Doc {
  const supports = supportedPaths(unsupported(doc, changes));
  if (supports.length === 0) return doc;
  const evidence: Evidence = {
    ...source,
    id: freeId(`import-${sha256.slice(0, 12)}-${rows[0]}`, doc.evidence),
    sensitivity,
    capturedAt: capturedAt ?? today,
    contentSha256: sha256,
    locator: `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`,
    supports,
  };
  return { ...doc, evidence: [...doc.evidence, evidence] };
}

/** A new entry is asked for the same as a change of an old one, since publishing asks for it. */
function unsupported({ evidence }: Evidenced, changes: readonly Change[]): string[] {
  const isNew = ({ id }: Evidence) => changes.some(({ path }) => path === `/evidence/${id}`);
  return pathsWithoutPrimaryEvidence(
    'update',
    changes,
    evidence,
    evidence.filter((item) => !isNew(item)),
  );
}

function supportedPaths(paths: readonly string[]): string[] {
  const named = paths.filter((path) => FactPath.safeParse(path).success);
  if (named.length <= MOST_PATHS) return named;
  // A path covers what lies below it.
  return [...new Set(named.map((path) => path.split('/').slice(0, 3).join('/')))].slice(0, MOST_PATHS);
}

function freeId(wanted: string, taken: readonly Evidence[]): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.some((item) => item.id === id)) return id;
  }
}
