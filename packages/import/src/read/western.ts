/** Letters of Windows-1252 beyond ASCII. */
const LETTER = /[ŠŒŽšœžŸÀ-ÖØ-öø-ÿªº]/;
/** What stands beside a word, or alone, and never inside one: in it, these are letters of another encoding. */
const INSIDE_A_WORD = /[A-Za-zÀ-ÖØ-öø-ÿ][‚ƒ„†‡ˆ‰‹˜›¡-©«-¶¸¹»-¿×÷][A-Za-zÀ-ÖØ-öø-ÿ]/;
/** MacRoman and code pages of DOS put their small letters where these capitals are. */
const CAPITAL_INSIDE = /[a-zß-öø-ÿ][ŠŒŽÀ-ÖØ-ÞŸ][a-zß-öø-ÿ]/;
/** Cyrillic, Greek, Arabic, Hebrew or Thai in eight bits: whole words of letters beyond ASCII. */
const LONG_RUN = /[^\p{ASCII}\xA0–—…]{4,}/u;
/** Unassigned in Windows-1252, and controls that no text holds. */
const CONTROL = /[^\P{Cc}\t\n\r\f]/u;
/** Turkish in Windows-1254 differs from 1252 in six letters alone, and these are Icelandic there. */
const ICELANDIC = /[ðþÐÞ]/;
const ONLY_ICELANDIC = /[áéíóúæ]/i;
/** A letter of Polish, Czech or Hungarian in Windows-1250, that 1252 has as a sign at the end of a word. */
const SIGN_AT_END = /[a-zß-öø-ÿ][³¹¿¼¾¸]/;

/**
 * Whether text that was read as Windows-1252 can have been meant so: Western European letters inside words of ASCII.
 * Any byte is something in Windows-1252, so what does not look it is refused rather than read as other letters.
 */
export function looksWestern(text: string): boolean {
  if (CONTROL.test(text) || LONG_RUN.test(text)) return false;
  if (INSIDE_A_WORD.test(text) || CAPITAL_INSIDE.test(text) || SIGN_AT_END.test(text)) return false;
  if (ICELANDIC.test(text) && !ONLY_ICELANDIC.test(text)) return false;
  const letters = [...text].filter((c) => /\p{L}/u.test(c));
  const beyond = letters.filter((c) => LETTER.test(c));
  return beyond.length * 4 <= letters.length;
}
