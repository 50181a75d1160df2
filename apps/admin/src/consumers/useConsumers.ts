import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Page } from '../contract.ts';
import type { ConsumerRow, Consumers, WebhookRow } from './contract.ts';

/** The register, and how many of its apps are behind. */
export function useConsumers() {
  return useQuery({
    queryKey: ['consumers', 'list'],
    queryFn: ({ signal }) => api.get<Consumers>('/consumers', { signal }),
  });
}

export function useConsumer(id: string) {
  return useQuery({
    queryKey: ['consumers', 'one', id],
    queryFn: ({ signal }) => api.get<ConsumerRow>(`/consumers/${encodeURIComponent(id)}`, { signal }),
  });
}

/** What an app was told, newest first. */
export function useWebhooks(id: string) {
  return useQuery({
    queryKey: ['consumers', 'webhooks', id],
    queryFn: ({ signal }) =>
      api.get<Page<WebhookRow>>(`/consumers/${encodeURIComponent(id)}/webhooks`, { query: { perPage: 25 }, signal }),
    // What waits is sent within a minute.
    refetchInterval: (query) => (query.state.data?.data.some(({ state }) => state === 'waiting') ? 10_000 : false),
  });
}
