export type PlanWish = { due: number; days: number; people: number; perDay: number | undefined };

/** What a plan would mean for each person, before it is made: an even share, in working days of five a week. */
export function planPreview({ due, days, people, perDay }: PlanWish): {
  workingDays: number;
  perPerson: number;
  perDay: number;
  left: number;
} {
  const workingDays = Math.max(1, Math.floor((days * 5) / 7));
  if (people === 0) return { workingDays, perPerson: 0, perDay: 0, left: due };
  const share = Math.ceil(due / people);
  const most = perDay === undefined ? share : Math.min(share, perDay * workingDays);
  const planned = Math.min(due, most * people);
  return { workingDays, perPerson: most, perDay: Math.ceil(most / workingDays), left: due - planned };
}
