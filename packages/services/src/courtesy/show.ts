import { refuse } from '@waymark/domain';
import { agreementWith, lastContact, Problem, recordStamp, type Context, type Reader } from '@waymark/store';
import { USUAL_DAYS_BETWEEN } from '../outreach/cap.ts';

/** What was agreed with an organisation about being contacted, and when it was. */
export type CourtesyView = {
  organisationId: string;
  agreedWay: string | null;
  agreedHours: string | null;
  /** Test calls and messages were agreed with them. */
  testsArranged: boolean;
  minDaysBetween: number;
  lastContactAt: string | null;
  lastContactWay: 'mail' | 'call' | 'message' | null;
  /** Contacting it now would be sooner than agreed. */
  insideCap: boolean;
  /** Of the agreement; 0 while there is none. */
  version: number;
};

const DAY = 86_400_000;

/** The courtesy ledger of one organisation at a moment. */
export async function courtesyOf(read: Reader, organisationId: string, now: string): Promise<CourtesyView> {
  const agreed = await agreementWith(read, organisationId);
  const last = await lastContact(read, organisationId);
  const minDaysBetween = agreed?.minDaysBetween ?? USUAL_DAYS_BETWEEN;
  return {
    organisationId,
    agreedWay: agreed?.agreedWay ?? null,
    agreedHours: agreed?.agreedHours ?? null,
    testsArranged: agreed?.testsArranged ?? false,
    minDaysBetween,
    lastContactAt: last?.at ?? null,
    lastContactWay: last?.way ?? null,
    insideCap: last !== undefined && Date.parse(now) < Date.parse(last.at) + minDaysBetween * DAY,
    version: agreed?.version ?? 0,
  };
}

/** @throws Problem not-found */
export async function showCourtesy(ctx: Pick<Context, 'store' | 'now'>, organisationId: string): Promise<CourtesyView> {
  const { read } = ctx.store;
  if ((await recordStamp(read, organisationId))?.type !== 'organisation') throw new Problem(refuse('not-found'));
  return courtesyOf(read, organisationId, ctx.now().toISOString());
}
