import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { AlarmRow, Page } from '../contract.ts';

export const ALARM_STATES = ['open', 'closed'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

/** Alarms, those that may be unsafe first. @param record of one entry only */
export function useAlarms(state: AlarmState, page: number, record?: string) {
  return useQuery({
    queryKey: ['alarms', state, page, record],
    queryFn: ({ signal }) =>
      api.get<Page<AlarmRow>>('/alarms', { query: { state, page, perPage: 50, record }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: state === 'open' ? 60_000 : false,
  });
}
