export default {
  keys: {
    title: 'Signaturschlüssel in diesem Browser',
    subtitle:
      'Ein hier erzeugter Schlüssel kann diesen Browser nicht verlassen: Niemand kann seine geheime Hälfte lesen, auch diese Seite nicht. Der Server sieht immer nur Signaturen.',
    trust:
      'Diese Seite kommt vom Server. Ein Server in falschen Händen könnte also etwas anderes anzeigen, als er signieren lässt. Die Kommandozeile auf einem eigenen Rechner hängt nicht von ihm ab: Lassen Sie unter jeder Ausgabe mindestens eine Signatur dort entstehen.',
    link: 'Signaturschlüssel',
    linkText:
      'Wer veröffentlicht oder Bereitschaft hat, kann einen Schlüssel im Browser halten und damit signieren, was dort geprüft wurde.',
    name: 'Name der Person',
    nameHelp: 'Er steht neben dem Schlüssel im öffentlichen Root, darf also ein Pseudonym sein.',
    make: 'Schlüssel in diesem Browser erzeugen',
    made: 'Der Schlüssel ist erzeugt',
    inRoot: 'Im veröffentlichten Root',
    notInRoot: 'Noch nicht im Root',
    handOver:
      'Speichern Sie den öffentlichen Teil und geben Sie ihn der Person, die den nächsten Root vorschlägt. Lassen Sie sich dann diese sechs Wörter am Telefon vorlesen: Nur wenn alle sechs gleich sind, ist es Ihr Schlüssel.',
    words: 'Sechs Wörter dieses Schlüssels',
    holder: 'Person',
    keyid: 'Schlüssel-ID',
    createdAt: 'Erzeugt',
    download: 'Öffentlichen Teil speichern',
    delete: 'Löschen …',
    deleteTitle: 'Diesen Schlüssel für immer löschen?',
    deleteText:
      'Es gibt nirgends eine Kopie, und er lässt sich nicht wiederherstellen. Seine Signaturen bleiben gültig. Sie können einen anderen erzeugen, der dann in den Root kommen muss.',
    deleteTrusted:
      'Der veröffentlichte Root rechnet mit diesem Schlüssel. Ohne ihn kann eine Person weniger signieren: Sagen Sie es den Root-Verantwortlichen, damit der nächste Root einen anderen nennt.',
    deleteConfirm: 'Schlüssel löschen',
    deleted: 'Der Schlüssel ist gelöscht',
  },
  role: {
    targets: {
      title: 'Schlüssel für Ausgaben',
      text: 'Damit signieren Sie, dass eine Ausgabe ist, was Menschen freigegeben haben. Zum Veröffentlichen braucht es Signaturen mehrerer Personen.',
    },
    urgent: {
      title: 'Bereitschaftsschlüssel',
      text: 'Damit signieren Sie die Eilliste, allein und innerhalb einer Minute. Er kann nur ausgesetzte Einträge zurückziehen, nie einen hinzufügen oder ändern.',
    },
  },
  support: {
    insecure: {
      title: 'Diese Seite kam unverschlüsselt',
      text: 'Browser halten Schlüssel nur für Seiten, die über HTTPS gekommen sind.',
    },
    'no-ed25519': {
      title: 'Dieser Browser kann keine Ed25519-Schlüssel erzeugen',
      text: 'Er ist zu alt, oder sein Hersteller lässt sie weg. Aktuelle Chrome, Edge, Firefox oder Safari können es.',
    },
    instead: 'Außerhalb des Browsers geht es immer, mit der Kommandozeile:',
  },
};
