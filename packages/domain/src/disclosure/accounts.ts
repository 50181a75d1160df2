const MESSENGERS =
  'telegramm?|tg|kik|wickr|snap(?:chat)?|discord|skype|jabber|xmpp|matrix|threema|session|signal|icq|insta(?:gram)?|tiktok|viber|wechat|qq|omegle|roblox|twitter|facebook|vk|whatsapp|element|simplex|tox|mega';
/** A name with a digit, an underscore or a dot in it; a telephone number is none. */
const NAME = '@?(?=[\\p{L}\\d_.]*\\p{L})(?=\\p{L}*[\\d_.@])[\\p{L}\\d][\\p{L}\\d_.-]{2,}';
const AT_MESSENGER = new RegExp(
  `\\b(?:${MESSENGERS})\\s*(?:id|name|nick|user(?:\\s?name)?|handle|account|konto)?\\s*[:=]\\s*${NAME}`,
  'iu',
);
/** The same without a sign between, so that the name must look like one: an underscore, or digits at its end. */
const ON_MESSENGER = new RegExp(
  `\\b(?:${MESSENGERS}|ig)(?:\\s+(?:as|is|als|auf|como|comme|name|user)){0,2}\\s+@?(?:\\p{L}[\\p{L}\\d.]*_[\\p{L}\\d_.]*|\\p{L}{3,}\\d{2,})\\b|\\b\\p{L}{3,}_?\\d{2,} (?:on|auf|en|sur|no) (?:${MESSENGERS}|ig)\\b`,
  'iu',
);
/** Somebody wants to be written to. */
const CONTACT_ME = /\b(?:find|add|message|msg|dm|pm|ping|hit) me\b|\bdm (?:for|to)\b/iu;
const MESSENGER_ID = new RegExp(
  `\\b(?:${MESSENGERS})[\\s-]*id\\b[\\s:=]*(?=[a-z]*\\d|[A-Z2-9]{8}\\b)[a-z\\d]{6,}`,
  'iu',
);
const USER_NAME =
  /(?:user\s?name|nick(?:name)?|\bhandle|screen\s?name|benutzername|nutzername|usuario|pseudo|identifiant|никнеим|\bник|логин|اسم المستخدم)\s*(?:is|ist|es|est)?\s*[:=]\s*@?[\p{L}\d_.-]{3,}/iu;
const USER = /\b(?:user|nutzer|usuario|utilisateur)\s+@?\p{L}[\p{L}\d.]*_[\p{L}\d_.]*/iu;
const NAME_AND_NUMBER = /\b\p{L}[\p{L}\d_.]{2,}#\d{3,5}\b/u;

/** A code no word looks like: six characters or more, letters and digits mixed, or capitals inside. */
const CODE = '(?=[\\p{L}\\d]{6,})(?:(?=\\p{L}*\\d)(?=\\d*\\p{L})|(?=\\p{L}*\\p{Ll}\\p{Lu}))[A-Za-z\\d]{6,}';
const INVITATION =
  'invit\\p{L}*|join|group|einladung\\p{L}*|invitac\\p{L}*|convite|приглашени\\p{L}*|الدعوة|دعوة|server|room|channel|gruppe|grupo|groupe';
const INVITED = new RegExp(
  `(?:${INVITATION})(?:\\s+(?:code|link|id|number|de|d.|\\p{L}{1,12})){0,3}\\s*[:=]?\\s*${CODE}`,
  'u',
);
const PASSWORD = new RegExp(
  `(?:password|passwort|\\bpw|\\bpass|contrasena|пароль|كلمة السر|mot de passe|senha)\\s*[:=]?\\s*${CODE}`,
  'u',
);

/**
 * Does the text name an account, an invitation or a password?
 * @param text `plainReading` of what was written
 */
export function hasAccount(text: string): boolean {
  const lower = text.toLowerCase();
  return (
    AT_MESSENGER.test(lower) ||
    ON_MESSENGER.test(lower) ||
    CONTACT_ME.test(lower) ||
    MESSENGER_ID.test(text) ||
    USER_NAME.test(lower) ||
    USER.test(lower) ||
    NAME_AND_NUMBER.test(text) ||
    [INVITED, PASSWORD].some((pattern) => new RegExp(pattern.source, 'iu').test(text) && pattern.test(unCapital(text)))
  );
}

/** The words before a code may be in capitals; the code itself keeps its own. */
const unCapital = (text: string): string => text.replace(/\b\p{Lu}\p{Ll}+\b/gu, (word) => word.toLowerCase());
