import type { LetterLanguage } from '../mail/words.ts';

/** Words of the weekly digest. `{n}` is filled in. */
const en = {
  subject: 'Your week in Waymark: {n} things',
  hello: 'Hello {name},',
  mine: 'Due for you ({n}):',
  review: 'Waiting for your review ({n}):',
  expiring: 'Drop out of snapshots within two weeks if nobody confirms them ({n}):',
  more: '… and {n} more',
  expires: 'expires {date}',
  stop: 'You get this letter each Monday. Choose what it is about, or stop it, here:',
};
export type DigestTexts = typeof en;

const de: DigestTexts = {
  subject: 'Ihre Woche in Waymark: {n} Aufgaben',
  hello: 'Guten Tag {name},',
  mine: 'Für Sie fällig ({n}):',
  review: 'Wartet auf Ihre Prüfung ({n}):',
  expiring: 'Fällt in zwei Wochen aus den Snapshots, wenn es niemand bestätigt ({n}):',
  more: '… und {n} weitere',
  expires: 'läuft ab am {date}',
  stop: 'Sie bekommen diesen Brief jeden Montag. Wovon er handelt und ob er kommt, wählen Sie hier:',
};

const ar: DigestTexts = {
  subject: 'أسبوعكم في Waymark: {n} من المهام',
  hello: 'مرحبًا {name}،',
  mine: 'مستحق لكم ({n}):',
  review: 'ينتظر مراجعتكم ({n}):',
  expiring: 'يخرج من النسخ المنشورة خلال أسبوعين إن لم يؤكده أحد ({n}):',
  more: '… و{n} غيرها',
  expires: 'ينتهي في {date}',
  stop: 'تصلكم هذه الرسالة كل يوم اثنين. اختاروا موضوعها أو أوقفوها هنا:',
};

export const DIGEST_TEXTS: Record<LetterLanguage, DigestTexts> = { en, de, ar };
