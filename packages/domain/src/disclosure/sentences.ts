const bare = (source: string): string => source.normalize('NFKD').replace(/\p{M}/gu, '');
/** Up to so many words between. */
const gap = (most: number): string => `(?: \\S+){0,${most}}? `;
const word = (words: string): string => `(?<!\\p{L})(?:${words})(?!\\p{L})`;
const sentence = (source: string): RegExp => new RegExp(bare(source), 'iu');
const near = (a: string, b: string, most: number): RegExp =>
  sentence(`${word(a)}${gap(most)}${word(b)}|${word(b)}${gap(most)}${word(a)}`);
const then = (a: string, b: string, most: number): RegExp => sentence(`${word(a)}${gap(most)}${word(b)}`);

/**
 * What people in danger, or people who found something, write: somebody does something to somebody, pictures of children, fear, an
 * age. Read over a text of words and single spaces, without accents.
 */
export const SENTENCES: readonly RegExp[] = [
  // English
  then(
    'hurts?|hurting|hits?|hitting|beats?|beating|touch(?:es|ed|ing)?|forc(?:es|ed|ing)|threaten\\p{L}*|blackmail\\p{L}*|films?|filmed|filming|kiss(?:es|ed|ing)?|undress\\p{L}*|stalk\\p{L}*',
    'me|us|him|her|them|kids?|child|children|girls?|boys?|daughters?|sons?|brothers?|sisters?|minors?|students?|pupils?',
    3,
  ),
  sentence(`${word('hurt|beaten|touched|threatened|filmed|forced|blackmailed')} by `),
  sentence(`${word('scared|afraid|frightened|terrified')} of (?:my|him|her|them|going|what)`),
  sentence(`${word('please help|help')} me(?!\\p{L})`),
  sentence(
    'i (?:want|wanna|wish|would like) to die|kill (?:my|him|her)self|end my life|(?:want|wants) to hurt (?:my|him|her)self',
  ),
  sentence(`(?:i am|i m|im|she is|he is|she s|he s) (?:only )?(?:[5-9]|1[0-7])(?: years| yo| and|$)`),
  near(
    'pictures?|photos?|pics?|images?|videos?|clips?|selfies?',
    'child|children|kids?|minors?|girls?|boys?|daughters?|sons?|toddlers?|baby|babies|teens?|me|mine|my|her|him',
    4,
  ),
  then('adult|man|woman|stranger|guy|someone|somebody|he|she|teacher|coach', '(?:meet|see|touch|film) me', 4),
  sentence(
    '(?<!\\p{L})step ?(?:dad|father|mom|mum|mother|brother)|(?:in|into) my (?:bed)?room|does things to me|(?:ran|run|running) away from home',
  ),
  then('wants?|wanted|asks? for|asked for', 'photos?|pictures?|pics?|videos?|money', 2),
  sentence('makes? me do|made me do|(?:sends?|writes?|texts?) me (?:\\S+ ){0,2}at night'),
  then('folders?|files?|chats?|groups?|packs?', 'with (?:children|kids|minors|girls|boys)', 1),
  // German
  near(
    'schlägt|schlug|schlagen|fasst|fasste|berührt|zwingt|zwang|bedroht|droht|erpresst|filmt|quält|verletzt|küsst|verfolgt',
    'mich|mir|uns|kind|kinder|kindern|tochter|sohn|bruder|schwester|mädchen|jungen|schüler\\p{L}*',
    3,
  ),
  sentence(
    'tut mir weh|(?:hilf|helft) mir|helfen sie mir|angst vor (?:mein|ihm|ihr|dem|der)|(?:ich )?will (?:sterben|nicht mehr leben)|bringe? mich um',
  ),
  sentence('ich bin (?:erst )?(?:[5-9]|1[0-7])(?: jahre| und|$)'),
  near(
    'bild|bilder|bildern|foto|fotos|video|videos|aufnahmen?|filme?',
    'kind|kinder|kindern|mädchen|junge|jungen|mir|mich|meine|tochter|sohn|baby|babys',
    4,
  ),
  then('mann|frau|fremder?|jemand|erwachsener?|typ', '(?:mich|mir) (?:treffen|sehen|anfassen)', 4),
  sentence(
    '(?<!\\p{L})stief(?:vater|mutter|bruder)|in mein(?:em)? (?:zimmer|bett)(?!\\p{L})|sachen mit mir|von (?:zu ?)?hause abgehauen',
  ),
  then('wird|wurden?|werde|worden', 'geschlagen|wehgetan|verletzt|angefasst|bedroht|gefilmt', 5),
  // Arabic
  sentence('(?<!\\p{L})(?:[يتس]|)(?:ضرب|لمس|هدد|بتز|ابتز|جبر|ؤذي|اذي|تحرش|غتصب|صور|خيف)\\p{L}{0,2}ني(?!\\p{L})'),
  sentence(
    '(?<!\\p{L})(?:صوري|صورتي|ساعدوني|ساعدني|انقذوني|أنقذوني|خائفة|خائف من|أخاف من|أريد أن أموت)(?!\\p{L})|عمري (?:[5-9]|1[0-7])(?!\\d)',
  ),
  sentence('(?<!\\p{L})زوج (?:أمي|والدتي)|غرفتي|هربت من (?:البيت|المنزل)'),
  near('صور|صورة|فيديو|مقاطع', 'طفل|طفلة|أطفال|الأطفال|للأطفال|ابنتي|ابني|بنتي|فتاة', 3),
  // Spanish
  sentence(
    '(?<!\\p{L})(?:me|nos|le|lo|la) (?:toca|toco|tocó|pega|pegó|golpea|amenazan?|chantajea|obligan?|graba|filma|lastima|hace daño)(?!\\p{L})',
  ),
  then(
    'pega|golpea|toca|amenaza|obliga|lastima|graba|filma',
    'a (?:mi|mis|su|un|una|los|las) ?(?:hij\\p{L}*|niñ\\p{L}*|herman\\p{L}*|menor\\p{L}*|alumn\\p{L}*)',
    1,
  ),
  near('fotos?|vídeos?|videos?|imágenes|imagen', 'mías?|mis|niñ\\p{L}*|menores?|hij\\p{L}*|me', 4),
  sentence('tengo miedo de|(?:ayúdame|ayúdenme|ayudadme)|quiero morir|tengo (?:[5-9]|1[0-7]) años'),
  sentence('(?<!\\p{L})(?:padrastro|madrastra)|en mi (?:cuarto|habitación|cama)|escapé de casa'),
  // French
  sentence(
    '(?<!\\p{L})(?:me|m|nous|le|la|les|lui) (?:touche|frappe|bat|menace|menacent|force|oblige|filme|blesse|fait (?:du )?mal)(?!\\p{L})',
  ),
  near('photos?|vidéos?|images?', 'de moi|mes|ma|enfants?|mineure?s?|filles?|garçons?|fils|nue?s?', 4),
  sentence('j ai peur d|aide[zs]? moi|je veux mourir|j ai (?:[5-9]|1[0-7]) ans'),
  sentence('(?<!\\p{L})(?:beau père|belle mère)|dans ma chambre|dans mon lit|fugué'),
  // Portuguese
  sentence('(?<!\\p{L})(?:me|nos) (?:toca|tocou|bate|bateu|ameaça|ameaçam|obriga|filma|machuca|chantageia)(?!\\p{L})'),
  near('fotos?|vídeos?|imagens|imagem', 'minhas?|mim|crianças?|menor(?:es)?|filh\\p{L}*|menin\\p{L}*', 4),
  sentence(
    'tenho medo d|(?:fotos?|vídeos?) (?:meus?|minhas?)|me ajud|ajudem me|quero morrer|tenho (?:[5-9]|1[0-7]) anos',
  ),
  sentence('(?<!\\p{L})(?:padrasto|madrasta)|(?:no|ao) meu quarto|fugi de casa'),
  // Russian
  near(
    'трога\\p{L}*|бьет|бьёт|избива\\p{L}*|угрожа\\p{L}*|заставля\\p{L}*|лапа\\p{L}*|обижа\\p{L}*',
    'меня|мне|нас|мою|моего|сына?|дочь|дочери|реб[её]н\\p{L}*|дет\\p{L}*|брата?|сестр\\p{L}*',
    3,
  ),
  near(
    'фото|видео|фотографи\\p{L}*|снимки|картинки',
    'мои|моими|моих|моё|меня|дет(?:и|ей|ьми)|реб[её]н\\p{L}*|девоч\\p{L}*|мальчик\\p{L}*|дочери|сына',
    4,
  ),
  sentence('(?<!\\p{L})(?:боюсь|помогите мне|помоги мне|хочу умереть|не хочу жить)(?!\\p{L})|мне (?:[5-9]|1[0-7]) лет'),
  near('присыла\\p{L}*|прислал\\p{L}*|требу\\p{L}*|хочет|просит', 'фото|видео|деньги', 2),
  sentence('(?<!\\p{L})(?:отчим|мачех)|ко мне ночью|в мою комнату|сбежал\\p{L}? из дома'),
];
