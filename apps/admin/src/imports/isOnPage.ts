/** Whether a key was pressed on the page itself: in a dialog or an open list it is meant for that. */
export function isOnPage({ target }: KeyboardEvent): boolean {
  return !(target instanceof Element && target.closest('[role=dialog],[role=listbox],[role=menu]'));
}
