import arVocabulary from '../../../admin/src/i18n/ar/vocabulary.ts';
import deVocabulary from '../../../admin/src/i18n/de/vocabulary.ts';
import enVocabulary from '../../../admin/src/i18n/en/vocabulary.ts';
import type { Language } from '../page.ts';

/** Words of the page of a listed organisation. `{name}` is filled in. */
const en = {
  language: 'Language',
  title: 'Is this still right?',
  intro:
    'This is what Waymark shows people about {organisation}. Say of each way to reach you whether it is right. It takes about two minutes.',
  until: 'The link works once, until {date}.',
  never: 'Write nothing about children, reports or material here. We never ask for a password.',
  loading: 'Loading …',
  channels: 'Ways to reach you',
  facts: 'What else we say',
  noChannels: 'No way to reach you is listed.',
  right: 'Right',
  wrong: 'Not right',
  unsaid: 'No answer',
  allRight: 'Everything about this entry is right',
  factsRight: 'All of this is right',
  factsUnsaid: 'Not all of it, or not sure',
  newValue: 'What is right? Leave it empty if there is nothing in its place any more.',
  note: 'Something else (at most 280 characters)',
  noteHelp: 'Do not write links, names of children or reports.',
  send: 'Send',
  sending: 'Sending …',
  nothing: 'Say of one thing at least whether it is right.',
  summary: '{right} right, {wrong} not right',
  thanks: 'Thank you',
  done: 'Confirmed: {confirmed}. Reported as wrong: {corrected}. What you corrected is looked at by two people before it is shown.',
  close: 'You can close this page. The link is used up.',
  notStated: 'not stated',
  hours: 'Hours',
  languages: 'Languages',
  cost: 'Cost',
  from: 'Can be reached from',
  everywhere: 'everywhere',
  names: 'Name',
  kind: 'Kind',
  serves: 'Responsible for',
  accepts: 'Takes reports and questions about',
  audience: 'For',
  ages: 'Ages',
  anonymity: 'Anonymity',
  confidentialityLimits: 'Limits of confidentiality',
  mustNot: 'People are told',
  dataGoesTo: 'Reports are read in',
  afterReport: 'What happens to a report',
  memberships: 'Member of',
  operational: 'State',
  error: {
    'token-invalid': 'This link is used up, expired or wrong. Answer the letter, and we send another one.',
    'stale-revision': 'Somebody changed the entry meanwhile. Load the page again and look once more; nothing was sent.',
    'looks-like-a-report':
      'This looks like a report, so it was not kept. Reports belong with a hotline or the police, never here.',
    'input-invalid': 'Something you wrote has another form than it should: {detail}',
    'nothing-changed': 'Say of one thing at least whether it is right.',
    offline: 'No connection. Nothing was sent; try again.',
    other: 'That did not work. Nothing was sent; try again later or answer the letter.',
  },
};
export type Texts = typeof en;

const de: Texts = {
  language: 'Sprache',
  title: 'Stimmt das noch?',
  intro:
    'Das zeigt Waymark den Menschen über {organisation}. Sagen Sie bei jedem Weg zu Ihnen, ob er stimmt. Das dauert etwa zwei Minuten.',
  until: 'Der Link gilt einmal, bis {date}.',
  never: 'Schreiben Sie hier nichts über Kinder, Meldungen oder Material. Wir fragen nie nach einem Passwort.',
  loading: 'Wird geladen …',
  channels: 'Wege zu Ihnen',
  facts: 'Was wir sonst sagen',
  noChannels: 'Kein Weg zu Ihnen ist eingetragen.',
  right: 'Stimmt',
  wrong: 'Stimmt nicht',
  unsaid: 'Keine Angabe',
  allRight: 'Alles an diesem Eintrag stimmt',
  factsRight: 'Das alles stimmt',
  factsUnsaid: 'Nicht alles, oder nicht sicher',
  newValue: 'Was stimmt? Lassen Sie es leer, wenn nichts an seine Stelle trat.',
  note: 'Etwas anderes (höchstens 280 Zeichen)',
  noteHelp: 'Bitte keine Links, keine Namen von Kindern und keine Meldungen.',
  send: 'Absenden',
  sending: 'Wird gesendet …',
  nothing: 'Sagen Sie wenigstens bei einer Sache, ob sie stimmt.',
  summary: '{right} stimmt, {wrong} stimmt nicht',
  thanks: 'Danke',
  done: 'Bestätigt: {confirmed}. Als falsch gemeldet: {corrected}. Was Sie berichtigt haben, sehen zwei Menschen an, bevor es gezeigt wird.',
  close: 'Sie können diese Seite schließen. Der Link ist verbraucht.',
  notStated: 'keine Angabe',
  hours: 'Zeiten',
  languages: 'Sprachen',
  cost: 'Kosten',
  from: 'Erreichbar aus',
  everywhere: 'überall',
  names: 'Name',
  kind: 'Art',
  serves: 'Zuständig für',
  accepts: 'Nimmt Meldungen und Fragen an zu',
  audience: 'Für',
  ages: 'Alter',
  anonymity: 'Anonymität',
  confidentialityLimits: 'Grenzen der Vertraulichkeit',
  mustNot: 'Menschen wird gesagt',
  dataGoesTo: 'Meldungen werden gelesen in',
  afterReport: 'Was aus einer Meldung wird',
  memberships: 'Mitglied von',
  operational: 'Zustand',
  error: {
    'token-invalid':
      'Dieser Link ist verbraucht, abgelaufen oder falsch. Antworten Sie auf den Brief, dann schicken wir einen neuen.',
    'stale-revision':
      'Jemand hat den Eintrag inzwischen geändert. Laden Sie die Seite neu und sehen Sie noch einmal nach; nichts wurde gesendet.',
    'looks-like-a-report':
      'Das sieht nach einer Meldung aus und wurde darum nicht aufbewahrt. Meldungen gehören zu einer Meldestelle oder zur Polizei, nie hierher.',
    'input-invalid': 'Etwas hat eine andere Form, als es haben sollte: {detail}',
    'nothing-changed': 'Sagen Sie wenigstens bei einer Sache, ob sie stimmt.',
    offline: 'Keine Verbindung. Nichts wurde gesendet; versuchen Sie es noch einmal.',
    other: 'Das ging nicht. Nichts wurde gesendet; versuchen Sie es später oder antworten Sie auf den Brief.',
  },
};

const ar: Texts = {
  language: 'اللغة',
  title: 'هل ما زال هذا صحيحًا؟',
  intro:
    'هذا ما يعرضه Waymark للناس عن {organisation}. أخبرونا عن كل وسيلة للوصول إليكم إن كانت صحيحة. يستغرق ذلك نحو دقيقتين.',
  until: 'يعمل الرابط مرة واحدة حتى {date}.',
  never: 'لا تكتبوا هنا شيئًا عن أطفال أو بلاغات أو مواد. نحن لا نطلب كلمة مرور أبدًا.',
  loading: 'جارٍ التحميل …',
  channels: 'وسائل الوصول إليكم',
  facts: 'ما نقوله غير ذلك',
  noChannels: 'لا توجد وسيلة مدرجة للوصول إليكم.',
  right: 'صحيح',
  wrong: 'غير صحيح',
  unsaid: 'بلا جواب',
  allRight: 'كل ما في هذا السجل صحيح',
  factsRight: 'كل هذا صحيح',
  factsUnsaid: 'ليس كله، أو لست متأكدًا',
  newValue: 'ما الصحيح؟ اتركوه فارغًا إن لم يعد هناك بديل.',
  note: 'شيء آخر (280 حرفًا على الأكثر)',
  noteHelp: 'لا تكتبوا روابط ولا أسماء أطفال ولا بلاغات.',
  send: 'إرسال',
  sending: 'جارٍ الإرسال …',
  nothing: 'أخبرونا عن شيء واحد على الأقل إن كان صحيحًا.',
  summary: 'صحيح: {right}، غير صحيح: {wrong}',
  thanks: 'شكرًا لكم',
  done: 'مؤكَّد: {confirmed}. أُبلغ عن خطئه: {corrected}. ما صححتموه يراجعه شخصان قبل عرضه.',
  close: 'يمكنكم إغلاق هذه الصفحة. استُعمل الرابط.',
  notStated: 'غير مذكور',
  hours: 'الأوقات',
  languages: 'اللغات',
  cost: 'التكلفة',
  from: 'يمكن الوصول من',
  everywhere: 'كل مكان',
  names: 'الاسم',
  kind: 'النوع',
  serves: 'مسؤول عن',
  accepts: 'يستقبل البلاغات والأسئلة عن',
  audience: 'موجَّه إلى',
  ages: 'الأعمار',
  anonymity: 'إخفاء الهوية',
  confidentialityLimits: 'حدود السرية',
  mustNot: 'يُقال للناس',
  dataGoesTo: 'تُقرأ البلاغات في',
  afterReport: 'ما يحدث للبلاغ',
  memberships: 'عضو في',
  operational: 'الحالة',
  error: {
    'token-invalid': 'هذا الرابط مستعمل أو منتهٍ أو خاطئ. أجيبوا عن الرسالة لنرسل رابطًا آخر.',
    'stale-revision': 'غيّر أحدهم السجل في هذه الأثناء. أعيدوا تحميل الصفحة وانظروا مرة أخرى؛ لم يُرسل شيء.',
    'looks-like-a-report': 'يبدو هذا بلاغًا، فلم يُحفظ. مكان البلاغات خط إبلاغ أو الشرطة، وليس هنا أبدًا.',
    'input-invalid': 'شيء مما كتبتموه ليس بالصيغة المطلوبة: {detail}',
    'nothing-changed': 'أخبرونا عن شيء واحد على الأقل إن كان صحيحًا.',
    offline: 'لا يوجد اتصال. لم يُرسل شيء؛ حاولوا مرة أخرى.',
    other: 'لم ينجح ذلك. لم يُرسل شيء؛ حاولوا لاحقًا أو أجيبوا عن الرسالة.',
  },
};

const TEXTS: Record<Language, Texts> = { en, de, ar };

/** Lists of words by code; which lists there are, each language's file says alike. */
type Vocabulary = Record<string, Record<string, string>>;
const VOCABULARIES: Record<Language, Vocabulary> = { en: enVocabulary, de: deVocabulary, ar: arVocabulary };

export type Words = {
  language: Language;
  texts: Texts;
  /** What a code of a list is called; the code itself when nobody named it. */
  word(list: string, code: string): string;
};

export function wordsIn(language: Language): Words {
  return {
    language,
    texts: TEXTS[language],
    word: (list, code) => VOCABULARIES[language][list]?.[code] ?? code,
  };
}
