import { refuse } from '@waymark/domain';
import { findConsumer, pageWebhooks, Problem, type Context, type WebhookRow, type WebhookState } from '@waymark/store';

/** One page of the messages to an app, newest first. @throws Problem not-found */
export async function listWebhooks(
  { store: { read } }: Pick<Context, 'store'>,
  query: { consumerId: string; state?: WebhookState | undefined },
  page: { limit: number; offset: number },
): Promise<{ data: WebhookRow[]; total: number }> {
  if (!(await findConsumer(read, query.consumerId))) throw new Problem(refuse('not-found'));
  return pageWebhooks(read, query, page);
}
