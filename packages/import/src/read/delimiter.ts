/** What people separate cells with, likeliest first. */
const CANDIDATES = [',', ';', '\t', '|', '¦', '^', '~', '§', '\x1F', ':'] as const;
const SAMPLE_ROWS = 60;
const SAMPLE_CHARACTERS = 200_000;

/** Excel's own first line, `sep=;`: it says the delimiter and is no row. */
const DECLARATION = /^sep=(.)(\r\n|\r|\n|$)/i;

export type Delimiter = {
  delimiter: string;
  /** The text of the rows. */ text: string;
  /** Lines that stand before it. */ before: number;
};

/** Which character stands between two cells: as the file says, else the one that gives the most rows as many cells as the header. */
export function findDelimiter(text: string): Delimiter {
  const [declaration, declared] = DECLARATION.exec(text) ?? [];
  if (declaration !== undefined && declared !== undefined)
    return { delimiter: declared, text: text.slice(declaration.length), before: 1 };
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const ranked = CANDIDATES.map((delimiter) => ({ delimiter, ...agreement(sample, delimiter) })).filter(
    ({ columns }) => columns > 1,
  );
  // Between two that agree, the one with more columns: the other stands inside cells.
  ranked.sort((a, b) => b.share - a.share || b.columns - a.columns);
  return { delimiter: ranked[0]?.delimiter ?? ',', text, before: 0 };
}

function agreement(sample: string, delimiter: string): { share: number; columns: number } {
  const [columns = 0, ...counts] = countCells(sample, delimiter);
  const equal = counts.filter((count) => count === columns).length;
  return { columns, share: counts.length === 0 ? 1 : equal / counts.length };
}

/** How many cells each of the first rows would have; what stands in quotes is no delimiter. */
function countCells(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let [cells, isQuoted, isStart, isEmpty] = [1, false, true, true];
  for (const c of sample) {
    if (isQuoted) isQuoted = c !== '"';
    else if (c === '"' && isStart) isQuoted = true;
    else if (c === delimiter) cells += 1;
    else if (c === '\n' || c === '\r') {
      if (!isEmpty) counts.push(cells);
      if (counts.length >= SAMPLE_ROWS) return counts;
      [cells, isEmpty] = [1, true];
    }
    isStart = c === delimiter || c === '\n' || c === '\r';
    if (c !== '\n' && c !== '\r') isEmpty = false;
  }
  if (!isEmpty) counts.push(cells);
  return counts;
}
