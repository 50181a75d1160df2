import type { Refusal } from '@waymark/domain';
import { Problem } from '@waymark/store';

/** Why a rule that throws says no; undefined when it does not. @throws what is no refusal */
export async function refusalOf(rule: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await rule;
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.refusal;
    throw error;
  }
}
