export default {
  title: 'Regeln',
  subtitle:
    'Wie viele Menschen eine Änderung braucht, und wann das Veröffentlichen eine zweite Person braucht. Nie null.',
  current: 'In Kraft: Fassung %{n}',
  since: 'Seit',
  who: 'Eine Administration beantragt, eine zweite bestätigt',
  change: 'Änderung beantragen',
  difference: 'Was sich ändern würde',
  history: 'Verlauf',
  version: 'Fassung %{n}',
  rule: 'Regel',
  value: 'Wert',
  approvals: '%{smart_count} Genehmigung |||| %{smart_count} Genehmigungen',
  maxLoss: 'Zweite Person, wenn mehr als dieser Anteil der Einträge geht',
  maxLossHelp: 'Prozent, 1 bis 100',
  lastOfCountry: 'Zweite Person, wenn der letzte Eintrag eines Landes geht',
};
