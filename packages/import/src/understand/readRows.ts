import type { Source } from '../source.ts';
import type { Surroundings } from './applyRow.ts';
import { arrivingOrganisations } from './document.ts';
import type { Mapping } from './mapping.ts';
import { readOwnRow } from './ownTable.ts';
import { readSourceRow, type Refused, type RowReading } from './reading.ts';
import type { ReadyDirectory } from './readyDirectory.ts';

/** Reads every row of a file, each for itself; none is compared with anything yet. */
export function readRows(source: Source, mapping: Mapping, directory: ReadyDirectory): (RowReading | Refused)[] {
  const { language, ownTable } = mapping.options;
  const around: Surroundings = {
    index: directory.index,
    organisations: directory.organisations,
    arriving: arrivingOrganisations(source.organisations),
    ...(language === undefined ? {} : { language }),
    revisionOf: (id) => directory.revisions.get(id),
    ...(directory.earlier ? { earlier: directory.earlier } : {}),
  };
  return source.rows.map((row) =>
    ownTable && row.doc === undefined
      ? readOwnRow(row, source, around)
      : readSourceRow(row, source.header, mapping, around),
  );
}
