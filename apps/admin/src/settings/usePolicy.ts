import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { PolicyView } from '../contract.ts';

/** The policy in force and its history. */
export function usePolicy() {
  return useQuery({ queryKey: ['policy'], queryFn: ({ signal }) => api.get<PolicyView>('/policy', { signal }) });
}
