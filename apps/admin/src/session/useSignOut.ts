import { useLogout, useNotify } from 'ra-core';
import { api, problemOf } from '../api.ts';
import { useProblemText } from '../common/ErrorState.tsx';
import { forgetMe } from './current.ts';

/** Signs out, here or on every device; says so when the server did not take it, for then the session lives on. */
export function useSignOut(): { signOut: () => Promise<void>; signOutEverywhere: () => Promise<void> } {
  const logout = useLogout();
  const notify = useNotify();
  const say = useProblemText();
  const saying = (act: () => Promise<unknown>) => async () => {
    try {
      await act();
    } catch (error) {
      notify(say(problemOf(error)), { type: 'error' });
    }
  };
  // Whoever signs in next begins at their own queue, not at this person's page.
  const leave = () => logout(undefined, undefined, false);
  return {
    signOut: saying(leave),
    signOutEverywhere: saying(async () => {
      await api.delete('/session/all');
      forgetMe();
      await leave();
    }),
  };
}
