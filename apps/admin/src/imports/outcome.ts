import type { Candidate, Mapping, Outcome } from './contract.ts';

/** How the id of another row of the same file begins. */
export const ROW = 'row:';

export const isEntryId = (id: string): boolean => !id.startsWith(ROW);

/** What a row is called: the entry it is about, else the name it says itself, else the first that stands in it. */
export function rowName(row: Outcome, mapping: Mapping): string {
  if (row.ofName !== null) return row.ofName;
  const at = mapping.columns.findIndex(({ field }) => field === 'name');
  const said = row.cells[at]?.trim();
  return said || (row.cells.find((cell) => cell.trim() !== '')?.trim() ?? '');
}

/** Whether nothing is proposed of a row before a person says what it means. */
export function isWaiting({ action, certainty, overruled }: Outcome): boolean {
  if (action === 'decide') return true;
  return (action === 'new' || action === 'update') && certainty === 'unclear' && !overruled;
}

/** What a row may mean, to be chosen from: the candidates, and before them the entry it changes where that is none of them. */
export function choicesOf({
  action,
  of,
  ofName,
  candidates,
}: Outcome): (Omit<Candidate, 'score'> & { score?: number })[] {
  const isKnown = of === null || !isEntryId(of) || candidates.some(({ id }) => id === of);
  if (action !== 'update' || isKnown) return candidates;
  return [{ id: of, name: ofName ?? of, slug: null, verdict: 'same', reasons: [] }, ...candidates];
}
