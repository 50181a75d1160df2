import { refuse } from '@waymark/domain';
import { change, Problem, putCourtesy, recordStamp, type Context } from '@waymark/store';
import { courtesyOf, type CourtesyView } from './show.ts';

export type Agreement = Pick<CourtesyView, 'agreedWay' | 'agreedHours' | 'testsArranged' | 'minDaysBetween'>;

/**
 * Writes down what was agreed with an organisation about being contacted.
 * @param version that was read, 0 while nothing was agreed
 * @throws Problem not-permitted, not-found, stale-revision
 */
export function agreeCourtesy(
  ctx: Context,
  organisationId: string,
  agreement: Agreement,
  version: number,
): Promise<CourtesyView> {
  return change(ctx, 'outreach.write', async ({ tx, now, audit }) => {
    if ((await recordStamp(tx, organisationId))?.type !== 'organisation') throw new Problem(refuse('not-found'));
    const written = await putCourtesy(tx, { organisationId, ...agreement, updatedAt: now }, version);
    if (!written) throw new Problem(refuse('stale-revision'));
    await audit('courtesy.agree', `organisation:${organisationId}`, { ...agreement, version: written.version });
    return courtesyOf(tx, organisationId, now);
  });
}
