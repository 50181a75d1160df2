export default {
  resource: { name: 'Länderprofil |||| Länderprofile' },
  title: 'Länderprofile',
  subtitle:
    'Was wir über ein Land wissen: welche Anliegen abgedeckt sind und von welchen bekannt ist, dass sie es nicht sind.',
  create: {
    title: 'Neues Länderprofil',
    subtitle: 'Wählen Sie das Land und sagen Sie zu jedem Anliegen, was wann und wo gefunden wurde.',
    button: 'Neues Profil',
  },
  list: {
    none: 'Noch kein Länderprofil',
    noneText:
      'Ein Profil sagt, welche Anliegen ein Land abdeckt. Auch das Fehlen ist eine Tatsache, wenn danach gesucht wurde.',
  },
  section: { country: 'Das Land' },
  coverage: 'Abdeckung je Anliegen',
  addNeed: 'Anliegen hinzufügen',
  noneKnownHelp: 'Braucht die Mitgliederlisten und eine Regierungsseite als Quellen und zwei Zustimmungen',
  emergencyHelp: 'Die Einträge mit den Nummern',
  noEmergency: 'Keine erfasst.',
  legal: 'Was das Recht sagt',
  addLegal: 'Rechtlichen Hinweis hinzufügen',
  entries: 'Einträge, zuständig für %{country}',
};
