export const SERVER: string[];
export const SERVER_ENVIRONMENT: { MALLOC_ARENA_MAX: string };
