export default {
  resource: { name: 'Country profile |||| Country profiles' },
  title: 'Country profiles',
  subtitle: 'What we know about a country: which needs are covered, and which are known not to be.',
  create: {
    title: 'New country profile',
    subtitle: 'Choose the country and say for each need what was found, when and where.',
    button: 'New profile',
  },
  list: {
    none: 'No country profile yet',
    noneText: 'A profile says which needs a country covers. Absence is a fact too, when it was looked for.',
  },
  section: { country: 'The country' },
  coverage: 'Coverage per need',
  addNeed: 'Add a need',
  noneKnownHelp: 'Needs the member lists and a government page as sources, and two approvals',
  emergencyHelp: 'The entries that hold the numbers',
  noEmergency: 'None recorded.',
  legal: 'What the law says',
  addLegal: 'Add a legal note',
  entries: 'Entries that serve %{country}',
};
