/** Words for yes, no and unknown, folded. One word in many languages stands in one line. */
export const answerWords = {
  yes: 'yes|y|true|1|x|✓|ja|j|oui|o|si|s|sim|sì|نعم|да|так|evet|tak|ano|igen|da|jo|kylla|joo|jah|ja visst|はい|예|네|是|हाँ|हां|ya|co|כן|بله|ναι|anonymous|anonym|anonyme|anonimo|possible|moglich',
  no: 'no|n|false|0|nein|non|nao|não|nee|لا|нет|ні|hayir|nie|ne|nem|nu|nej|nei|ei|いいえ|아니요|否|不是|नहीं|tidak|khong|לא|خیر|όχι|οχι|not anonymous',
  unknown:
    'unknown|unclear|not known|dont know|unbekannt|unklar|inconnu|desconocido|desconhecido|sconosciuto|onbekend|غير معروف|неизвестно|bilinmiyor|nieznane|neznamo|不明|未知|모름',
} as const;
