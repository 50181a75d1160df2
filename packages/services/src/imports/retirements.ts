import { refuse, type RetireReason } from '@waymark/domain';
import { Problem, type ImportRecord } from '@waymark/store';
import type { NewProposal } from '../proposals/create.ts';
import type { SinceLast } from './work.ts';

/** An entry that the last list of the partner named and this one does not, of which a person says that it is to be retired, and why. */
export type GoneToRetire = { id: string; reason: RetireReason };

/**
 * Proposals to retire what a person picked of the entries that are gone from a list. That they are gone proves nothing by itself: none is
 * retired without being picked.
 * @throws Problem input-invalid for an entry that is not gone from the list
 */
export function retirements(
  { name }: Pick<ImportRecord, 'name'>,
  since: SinceLast | undefined,
  picked: readonly GoneToRetire[],
): NewProposal[] {
  const gone = new Map(since?.gone.map(({ id, row }) => [id, row]));
  return picked.map(({ id, reason }, at) => {
    const row = gone.get(id);
    if (row === undefined)
      throw new Problem(
        refuse('input-invalid', undefined, [
          { path: `/retire/${at}/id`, message: 'This entry is not gone from the list' },
        ]),
      );
    return {
      kind: 'retire',
      recordType: 'entry',
      recordId: id,
      retirement: { reason, successors: [], redirect: 'ask' },
      part: 'importer',
      summary: `${name} no longer names it; ${since?.name} did, in row ${row}.`.slice(0, 500),
    };
  });
}
