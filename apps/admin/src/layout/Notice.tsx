import { Notification } from 'react-admin';

/** What was done, said at the top: the bottom belongs to the bars that hold the next decision. */
export function Notice() {
  return <Notification anchorOrigin={{ vertical: 'top', horizontal: 'center' }} sx={{ mt: { xs: 7, sm: 5 } }} />;
}
