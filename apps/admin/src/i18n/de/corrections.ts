export default {
  title: 'Korrekturen',
  subtitle:
    'Was Menschen von außen als falsch melden. Ein Hinweis, nie eine Quelle: selbst nachsehen und eingeben, was man findet.',
  more: 'Dahinter wartet noch %{smart_count} |||| Dahinter warten noch %{smart_count}',
  state: { open: 'Zu entscheiden', accepted: 'Angenommen', dismissed: 'Verworfen' },
  empty: {
    open: 'Keine Korrektur wartet',
    accepted: 'Noch keine wurde angenommen',
    dismissed: 'Noch keine wurde verworfen',
  },
  emptyText:
    'Hier erscheint, was Menschen über die öffentliche Seite senden. Was wie eine Meldung aussah, wurde nicht behalten.',
  entryGone: 'ein Eintrag, den es nicht mehr gibt',
  times: '%{smart_count}-mal gesendet |||| %{smart_count}-mal gesendet',
  now: 'Jetzt veröffentlicht',
  value: 'Richtig wäre',
  note: 'In ihren Worten',
  contact: 'Für Rückfragen',
  purge: 'Wird von selbst gelöscht am',
  dialledIn: 'Gewählt in %{country}',
  what: {
    'wrong-number': 'Falsche Nummer',
    'wrong-address': 'Falsche Webadresse',
    closed: 'Geschlossen',
    hours: 'Falsche Zeiten',
    language: 'Falsche Sprachen',
    other: 'Etwas anderes',
  },
  accept: 'Entwurf anlegen',
  acceptHelp:
    'Der Entwurf beginnt mit dem Eintrag, wie er ist. Geben Sie den Wert ein, den Sie gefunden haben, mit seiner Quelle.',
  accepted: 'Entwurf angelegt. Geben Sie ein, was Sie gefunden haben, mit Beleg',
  toProposal: 'Der Vorschlag, der daraus wurde',
  dismiss: 'Verwerfen …',
  dismissed: 'Verworfen',
  dismissal: {
    'already-right': 'Der Eintrag ist schon richtig',
    'not-confirmed': 'Geprüft, und es ist nicht so',
    unclear: 'Niemand kann sagen, was gemeint ist',
    nonsense: 'Unsinn',
  },
  destroy: 'Vernichten',
  destroyTitle: 'Diese Korrektur vernichten?',
  destroyText:
    'Sie wird sofort mit jeder Kopie gelöscht, und niemand kann sie wieder sehen. Tun Sie das, wenn ein Link, ein Name oder Worte darin stehen, die nie hierher hätten kommen dürfen.',
  destroyReport:
    'Öffnen, kopieren und geben Sie nichts weiter, wohin sie führt. Muss es gemeldet werden, tut das die Meldestelle Ihres Landes: zu finden unter Einträge, Art Web-Meldestelle.',
  destroyConfirm: 'Vernichten',
  destroyed: 'Vernichtet. Nichts davon ist geblieben',
};
