const bare = (source: string): string => source.normalize('NFKD').replace(/\p{M}/gu, '');
const pattern = (source: string): RegExp => new RegExp(bare(source), 'giu');

/** A service noun within four words before the topic: `Hilfe-Telefon sexueller Missbrauch`, `línea contra el abuso sexual infantil`. */
const nounFirst = (nouns: string, topics: string, after = ''): RegExp =>
  pattern(
    `(?<!\\p{L})(?:${nouns})(?:[\\s:–-]+[\\p{L}'’.-]+){0,4}?[\\s-]+(?:${topics})${after ? `(?:\\s+(?:${after}))*` : ''}`,
  );

/** Phrases in which words of abuse only say what a service is for. */
export const SERVICES: readonly RegExp[] = [
  pattern(
    "(?<!\\p{L})(?:(?:child(?:ren)?(?:['’]?s)?|sexual(?:ly)?|sex|domestic|abuse[ds]?|assaults?|exploitation|violence|rape|suicide|trafficking|online|and|&|or|image|images)[\\s-]+){1,5}" +
      '(?:hot-?lines?|help-?lines?|help lines?|lines?|tip-?lines?|cent(?:er|re)s?|units?|offices?|clinics?|services?|portals?|associations?|commissions?|committees?|teams?|networks?|support|prevention|protection|hospitals?|shelters?|foundations?|agency|council)(?!\\p{L})',
  ),
  nounFirst(
    'hilfe-?telefon\\p{L}*|beratungsstelle\\p{L}*|beratung|fachstelle\\p{L}*|fachberatung\\p{L}*|zentrum|verein|notruf|anlaufstelle\\p{L}*|hotline|opferhilfe|netzwerk|kommission|beauftragte\\p{L}*|ambulanz',
    '\\p{L}*missbrauch\\p{L}*|\\p{L}*gewalt\\p{L}*|sexuelle\\p{L}*|\\p{L}*ausbeutung|suizid\\p{L}*',
    '\\p{L}*missbrauch\\p{L}*|gewalt|gesundheit|ausbeutung',
  ),
  nounFirst(
    'línea|lineas|centro|teléfono|servicio|fundación|asociación|unidad|oficina|programa|red',
    'abuso\\p{L}*|violencia|acoso|explotación|suicidio',
    'sexual\\p{L}*|infantil\\p{L}*|escolar|de género',
  ),
  nounFirst(
    'centre|ligne|numéro|association|service|fédération|collectif|unité|cellule|réseau',
    'violences?|abus|viol|inceste|agressions?|maltraitance|suicide|harcèlement|exploitation',
    'sexuel\\p{L}*|conjugales?',
  ),
  nounFirst(
    'linha|centro|disque|serviço|associação|comissão|delegacia|instituto|rede',
    'abuso\\p{L}*|violência|exploração|assédio|suicídio',
    'sexual|sexuais|infantil',
  ),
  nounFirst(
    'центр\\p{L}*|линия|линии|телефон|служб\\p{L}*|фонд|помощ\\p{L}*',
    'насили\\p{L}*|сексуальн\\p{L}*|суицид\\p{L}*',
    'насили\\p{L}*|эксплуатаци\\p{L}*',
  ),
  nounFirst(
    'خط|مركز|جمعية|وحدة|هيئة|مؤسسة|لجنة',
    'العنف|الاعتداء|التحرش|الاستغلال|الانتحار|الابتزاز',
    'الجنسي|الأسري|الإلكتروني',
  ),
  // What a chat or a call is held by, not what was filmed.
  pattern(
    '(?<!\\p{L})(?:video|vidéo)[\\s-]*(?:calls?|chats?|conferenc\\p{L}*|counsell?ing|beratung\\p{L}*|telefonie|anruf\\p{L}*|llamadas?|consultas?|appels?|chamadas?)',
  ),
];
