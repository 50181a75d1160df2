export default {
  title: 'My queue',
  greeting: 'Signed in as %{name}',
  preparedBy: 'Prepared by %{name}',
  checksWait: 'All due checks: %{count}',
  stale: 'The server does not answer; this is what it said last.',
  group: {
    urgent: 'Urgent',
    suspension: 'Suspended, waiting for a second person',
    alarm: 'Alarms',
    check: 'Checks for you',
    'changes-requested': 'Sent back to you',
    review: 'To review',
    'admin-request': 'To confirm',
    snapshot: 'To publish',
    draft: 'Your drafts',
  },
  keys: { open: 'open the chosen one', next: 'Next', previous: 'Previous', move: 'down and up' },
  empty: {
    title: 'The path is clear',
    text: 'Nothing waits for you. New things appear here by themselves.',
    browse: 'Look at the directory',
  },
};
