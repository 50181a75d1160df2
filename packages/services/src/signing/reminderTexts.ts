import type { LetterLanguage } from '../mail/words.ts';

/** Words of the reminder before a publication window. `{…}` is filled in. */
const en = {
  subject: 'The next snapshot: window from {opens}',
  window: 'Snapshots go out between {opens} and {closes} ({tz}).',
  nothing: 'No snapshot is prepared yet. Signers can only start once it is.',
  complete: 'Snapshot {sequence} has its signatures and can be published.',
  lacking: 'Snapshot {sequence} lacks {n} of its signatures. Not signed yet: {names}. Days left to sign it: {days}.',
  yours: 'Your signature is among those that are missing. Please review the snapshot and sign it:',
  publishes: 'You get this letter because you publish in Waymark.',
  signs: 'You get this letter because you hold a key that signs snapshots.',
};

const de: typeof en = {
  subject: 'Die nächste Ausgabe: Fenster ab {opens}',
  window: 'Ausgaben erscheinen zwischen {opens} und {closes} ({tz}).',
  nothing: 'Noch ist keine Ausgabe vorbereitet. Erst danach kann signiert werden.',
  complete: 'Ausgabe {sequence} hat ihre Signaturen und kann veröffentlicht werden.',
  lacking:
    'Ausgabe {sequence} fehlen Signaturen: {n}. Noch nicht signiert haben: {names}. Verbleibende Tage zum Signieren: {days}.',
  yours: 'Auch Ihre Signatur fehlt noch. Bitte prüfen und signieren Sie die Ausgabe:',
  publishes: 'Sie bekommen diesen Brief, weil Sie in Waymark veröffentlichen.',
  signs: 'Sie bekommen diesen Brief, weil Sie einen Schlüssel haben, der Ausgaben signiert.',
};

const ar: typeof en = {
  subject: 'الإصدار التالي: تبدأ النافذة في {opens}',
  window: 'تصدر الإصدارات بين {opens} و{closes} ({tz}).',
  nothing: 'لم يُحضَّر أي إصدار بعد. لا يمكن التوقيع قبل ذلك.',
  complete: 'اكتملت تواقيع الإصدار {sequence} ويمكن نشره.',
  lacking: 'ينقص الإصدار {sequence} من التواقيع: {n}. لم يوقّع بعد: {names}. الأيام المتبقية للتوقيع: {days}.',
  yours: 'توقيعكم من التواقيع الناقصة. نرجو مراجعة الإصدار وتوقيعه:',
  publishes: 'تصلكم هذه الرسالة لأنكم تنشرون في Waymark.',
  signs: 'تصلكم هذه الرسالة لأن لديكم مفتاحًا يوقّع الإصدارات.',
};

export const REMINDER_TEXTS: Record<LetterLanguage, typeof en> = { en, de, ar };
