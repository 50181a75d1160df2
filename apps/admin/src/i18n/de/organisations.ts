export default {
  resource: { name: 'Organisation |||| Organisationen' },
  title: 'Organisationen',
  create: {
    title: 'Neue Organisation',
    subtitle:
      'Name, Typ und Website genügen für den Anfang. Die bekannten Domains entscheiden, welchen Adressen vertraut wird.',
    button: 'Neue Organisation',
  },
  list: {
    none: 'Keine Organisation passt',
    noneText: 'Nehmen Sie einen Filter weg, oder suchen Sie einen Teil von Name oder Host.',
  },
  section: { web: 'Website und bekannte Domains' },
  domains: 'Bekannte Domains',
  noDomains: 'Keine: Jede Adresse ihrer Einträge wird in der Prüfung angemahnt.',
  addDomain: 'Domain hinzufügen',
  addIdentifier: 'Kennzeichen hinzufügen',
  addContact: 'Internen Kontakt hinzufügen',
  confirmationHelp: 'Post von anderswo gilt nicht als ihre Bestätigung',
  runs: 'Betreibt',
  runsNothing: 'Kein Eintrag nennt sie.',
  runsAll: 'Alle %{smart_count}',
};
