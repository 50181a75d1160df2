import type { LetterTexts } from './shape.ts';

const what = `Bitte sehen Sie nach, was wir über Sie veröffentlichen, und sagen Sie uns, ob es stimmt. Das dauert etwa zwei Minuten und braucht kein Konto:

{{link}}

Der Link gilt einmal, bis {{until}}. Er zeigt nur die Einträge von {{organisation}}:

{{entries}}

Bitte leiten Sie diesen Brief nicht weiter: Wer den Link hat, antwortet für Sie. Wir fragen nie nach einem Passwort und bitten nie darum, uns Meldungen oder Material zu schicken.

Wenn Sie nicht mehr von uns hören oder anders gefragt werden möchten, sagen Sie es uns in einer Antwort.

Waymark, Verzeichnis von Meldestellen und Hilfetelefonen
{{place}}`;

export default {
  first: {
    subject: 'Stimmt das noch? {{organisation}} im Verzeichnis Waymark',
    body: `Guten Tag,

Waymark ist ein Verzeichnis, das Kinder und Erwachsene zu Meldestellen und Hilfetelefonen führt. {{organisation}} steht darin.

${what}`,
  },
  reminder: {
    subject: 'Erinnerung: Stimmt das noch? {{organisation}} im Verzeichnis Waymark',
    body: `Guten Tag,

wir haben Ihnen vor einiger Zeit geschrieben und nichts von Ihnen gehört. Was niemand bestätigt, können wir nur eine Weile zeigen.

${what}`,
  },
  'other-contact': {
    subject: 'Können Sie helfen? {{organisation}} im Verzeichnis Waymark',
    body: `Guten Tag,

Waymark ist ein Verzeichnis, das Kinder und Erwachsene zu Meldestellen und Hilfetelefonen führt. {{organisation}} steht darin. Wir haben bei Ihnen schon jemand anderen gefragt und keine Antwort bekommen; darum fragen wir Sie.

${what}`,
  },
} satisfies LetterTexts;
