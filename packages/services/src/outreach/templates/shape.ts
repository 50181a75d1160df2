/** The letters of one language: the first of a ladder, a reminder, and the one to another contact who has heard nothing yet. */
export type LetterText = { subject: string; body: string };
export type LetterTexts = { first: LetterText; reminder: LetterText; 'other-contact': LetterText };
