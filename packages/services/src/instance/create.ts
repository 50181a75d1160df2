import { DEFAULT_POLICY, DEMO_POLICY } from '@waymark/domain';
import { change, findInstance, insertInstance, insertPolicy, type Context, type Profile } from '@waymark/store';

/**
 * Creates the instance with its first policy, once; later calls only check that the profile is the same.
 * @throws Error when the data was made by another profile: a demo never turns into production
 */
export async function createInstance(ctx: Omit<Context, 'actorId'>, profile: Profile): Promise<{ created: boolean }> {
  const existing = await findInstance(ctx.store.read);
  if (existing) {
    if (existing.profile !== profile)
      throw new Error(
        `This data belongs to the ${existing.profile} profile; point the ${profile} profile at another folder`,
      );
    return { created: false };
  }
  const policy = profile === 'demo' ? DEMO_POLICY : DEFAULT_POLICY;
  await change({ ...ctx, actorId: 'system:setup' }, 'system', async ({ tx, now, audit }) => {
    await insertInstance(tx, { profile, createdAt: now });
    await insertPolicy(tx, { version: 1, doc: policy, since: now, requestId: null });
    await audit('instance.create', 'instance:1', { profile, policy });
  });
  return { created: true };
}
