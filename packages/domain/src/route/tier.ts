/** Classes of steps; `answer.ts` says what each letter means. */
export const TIERS = ['E', 'L', 'N', 'G', 'P', 'R', 'H', 'V', 'W', 'F'] as const;

/** Steps that are words alone: no number is known, and none is ever made up. */
export const GENERIC_EMERGENCY = 'generic:emergency';
export const GENERIC_POLICE = 'generic:police';
