export default {
  title: 'Meine Aufgaben',
  greeting: 'Angemeldet als %{name}',
  preparedBy: 'Vorbereitet von %{name}',
  checksWait: 'Alle fälligen Prüfungen: %{count}',
  stale: 'Der Server antwortet nicht; das ist sein letzter Stand.',
  group: {
    urgent: 'Dringend',
    suspension: 'Gesperrt, eine zweite Person fehlt',
    alarm: 'Alarme',
    check: 'Ihre Prüfungen',
    'changes-requested': 'An Sie zurückgegeben',
    review: 'Zu prüfen',
    'admin-request': 'Zu bestätigen',
    snapshot: 'Zu veröffentlichen',
    draft: 'Ihre Entwürfe',
  },
  keys: { open: 'die gewählte öffnen', next: 'Nächste', previous: 'Vorige', move: 'ab und auf' },
  empty: {
    title: 'Der Weg ist frei',
    text: 'Nichts wartet auf Sie. Neues erscheint hier von selbst.',
    browse: 'Das Verzeichnis ansehen',
  },
};
