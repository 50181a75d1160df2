import { useQuery } from '@tanstack/react-query';
import type { Confidence, Kind } from '@waymark/domain';
import { api } from '../api.ts';
import type { RoleStatus } from '../contract.ts';

/** A number and the list that shows what it counts. */
export type Figure = { value: number; href: string };

/** What `GET /dashboard` answers. */
export type Dashboard = {
  at: string;
  due: Record<'due' | 'overdue' | 'expired' | 'soon', Figure>;
  trend: { day: string; due: number; overdue: number; expired: number }[];
  verified: { kind: Kind; counts: Partial<Record<Confidence, number>>; total: number; href: string }[];
  confirmationAge: { medianDays: number | null; confirmed: number; href: string };
  alarms: { open: Figure; unsafe: Figure };
  reviews: { waiting: Figure; oldestDays: number | null; medianDays: number | null };
  snapshot: {
    last: { sequence: number; publishedAt: string | null; href: string } | null;
    expiries: { role: RoleStatus['role']; expires: string | null; daysLeft: number | null; href: string }[];
  };
};

export function useDashboard() {
  return useQuery({
    queryKey: ['dashboard'],
    queryFn: ({ signal }) => api.get<Dashboard>('/dashboard', { signal }),
    refetchInterval: 60_000,
  });
}
