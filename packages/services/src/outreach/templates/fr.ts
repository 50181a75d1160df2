import type { LetterTexts } from './shape.ts';

const what = `Merci de regarder ce que nous publions sur vous et de nous dire si c’est exact. Cela prend environ deux minutes et ne demande aucun compte :

{{link}}

Le lien fonctionne une seule fois, jusqu’au {{until}}. Il ne montre que les fiches de {{organisation}} :

{{entries}}

Merci de ne pas transférer cette lettre : qui possède le lien répond en votre nom. Nous ne demandons jamais de mot de passe, ni de nous envoyer des signalements ou du contenu.

Si vous préférez ne plus recevoir de lettres, ou être contactés autrement, dites-le-nous en réponse.

Waymark, répertoire de lignes de signalement et d’aide
{{place}}`;

export default {
  first: {
    subject: 'Est-ce toujours exact ? {{organisation}} dans le répertoire Waymark',
    body: `Bonjour,

Waymark est un répertoire qui conduit enfants et adultes vers des lignes de signalement et d’aide. {{organisation}} y figure.

${what}`,
  },
  reminder: {
    subject: 'Rappel : est-ce toujours exact ? {{organisation}} dans le répertoire Waymark',
    body: `Bonjour,

Nous vous avons écrit il y a quelque temps, sans réponse. Ce que personne ne confirme, nous ne pouvons le montrer qu’un certain temps.

${what}`,
  },
  'other-contact': {
    subject: 'Pouvez-vous nous aider ? {{organisation}} dans le répertoire Waymark',
    body: `Bonjour,

Waymark est un répertoire qui conduit enfants et adultes vers des lignes de signalement et d’aide. {{organisation}} y figure. Nous avons demandé à un autre de vos contacts, sans réponse ; c’est pourquoi nous nous adressons à vous.

${what}`,
  },
} satisfies LetterTexts;
