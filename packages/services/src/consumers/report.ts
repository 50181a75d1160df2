import { refuse, type ConsumerReport } from '@waymark/domain';
import { change, findConsumerByToken, lastSequence, Problem, putReport, sha256Hex, type Context } from '@waymark/store';

/**
 * An app says which snapshot it shows. What it said before is replaced; the same again only renews the date, at most once a day.
 * @param token as it was given to the app
 * @throws Problem token-invalid, input-invalid for a snapshot that never was
 */
export async function reportConsumer(
  ctx: Omit<Context, 'actorId'>,
  token: string,
  { sequence, schemaVersion }: ConsumerReport,
): Promise<void> {
  const found = await findConsumerByToken(ctx.store.read, sha256Hex(token));
  if (!found) throw new Problem(refuse('token-invalid'));
  if (sequence > (await lastSequence(ctx.store.read))) {
    const message = 'There is no such snapshot';
    throw new Problem(refuse('input-invalid', undefined, [{ path: '/sequence', message }]));
  }
  const now = ctx.now().toISOString();
  const isSame = found.lastSequence === sequence && found.schemaVersion === schemaVersion;
  if (isSame && found.lastSeenAt?.slice(0, 10) === now.slice(0, 10)) return;
  await change({ ...ctx, actorId: `consumer:${found.id}` }, 'token', async ({ tx, audit }) => {
    await putReport(tx, found.id, { lastSequence: sequence, schemaVersion, lastSeenAt: now });
    await audit('consumer.report', `consumer:${found.id}`, { sequence, schemaVersion });
  });
}
