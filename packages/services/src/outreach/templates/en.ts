import type { LetterTexts } from './shape.ts';

const what = `Please look at what we publish about you, and say whether it is right. It takes about two minutes and needs no account:

{{link}}

The link works once, until {{until}}. It shows only the entries of {{organisation}}:

{{entries}}

Please do not forward this letter: whoever holds the link answers for you. We never ask for a password, and we never ask you to send us reports or material.

If you would rather not hear from us, or would like to be asked another way, tell us in a reply.

Waymark, directory of hotlines and helplines
{{place}}`;

export default {
  first: {
    subject: 'Is this still right? {{organisation}} in the Waymark directory',
    body: `Hello,

Waymark is a directory that leads children and adults to hotlines and helplines. {{organisation}} is listed in it.

${what}`,
  },
  reminder: {
    subject: 'Reminder: is this still right? {{organisation}} in the Waymark directory',
    body: `Hello,

We wrote to you some time ago and have not heard from you. What nobody confirms we can show to people only for a while.

${what}`,
  },
  'other-contact': {
    subject: 'Can you help? {{organisation}} in the Waymark directory',
    body: `Hello,

Waymark is a directory that leads children and adults to hotlines and helplines. {{organisation}} is listed in it. We asked another contact of yours and did not hear back, so we are asking you.

${what}`,
  },
} satisfies LetterTexts;
