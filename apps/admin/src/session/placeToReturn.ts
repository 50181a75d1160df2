/** Where the person was when the session ended; the queue when that was nowhere. */
export function placeToReturn(state: unknown): string {
  if (state === null || typeof state !== 'object' || !('nextPathname' in state)) return '/';
  const path = String(state.nextPathname);
  const search = 'nextSearch' in state && typeof state.nextSearch === 'string' ? state.nextSearch : '';
  return path.startsWith('/') && !path.startsWith('//') && path !== '/login' ? path + search : '/';
}
