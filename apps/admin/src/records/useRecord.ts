import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { RecordType } from '@waymark/domain';
import { api } from '../api.ts';
import type { RecordResource, RecordView } from '../contract.ts';

export const RESOURCE_OF = {
  entry: 'entries',
  organisation: 'organisations',
  country: 'countries',
} as const satisfies Record<RecordType, RecordResource>;

export const recordHref = (type: RecordType, id: string): string => `/${RESOURCE_OF[type]}/${id}/show`;
export const proposalHref = (id: string): string => `/proposals/${id}/show`;

/** One record of the directory as it is now, by id or handle. */
export function useRecord<T extends RecordType>(type: T, id: string | undefined): UseQueryResult<RecordView<T>> {
  const resource = RESOURCE_OF[type];
  return useQuery({
    queryKey: [resource, 'view', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => api.get<RecordView<T>>(`/${resource}/${id}`, { signal }),
  });
}
