/**
 * How the server's process is started, so that it takes no more memory than it needs: V8 would let its young objects fill 48 MB before it looks,
 * and glibc keeps a heap of its own for each thread. Slower by nothing that the bench can see.
 */
export const SERVER = ['--max-semi-space-size=4', 'apps/api/dist/main.js'];
export const SERVER_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' };
