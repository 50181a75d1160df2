import type { Kind } from '@waymark/domain';

/**
 * Words for kinds as lists of partners use them, folded (`fold.ts`). The first kind is the usual meaning; the others are what
 * such a list may also call so: to it, a national portal is a "hotline" as well. One word in many languages stands in one line.
 */
export const kindWords: readonly { kinds: readonly [Kind, ...Kind[]]; words: string }[] = [
  {
    kinds: ['hotline.web', 'portal.national', 'clearinghouse', 'portal.global'],
    words:
      'hotline|hotlines|national hotline|nat hotline|internet hotline|web hotline|online hotline|inhope|inhope hotline|hotline inhope|inhope member|' +
      'reporting hotline|reporting point|report line|reporting line|tipline|tip line|stopline|meldestelle|nationale meldestelle|meldepunkt|' +
      'beschwerdestelle|internet beschwerdestelle|ligne de signalement|plateforme de signalement|point de contact|' +
      'service de signalement|signalement|linea de denuncia|linea de denuncias|canal de denuncia|linea de reporte|denuncia|' +
      'linha de denuncia|linha de denuncias|canal de denuncias|denuncias|linea di segnalazione|segnalazione|servizio di segnalazione|' +
      'meldpunt|meldlijn|nationaal meldpunt|خط ساخن|الخط الساخن|خط البلاغات|горячая линия|гаряча линия|гаряча лінія|гореща линия|' +
      'ihbar hatti|ihbar hatti web|punkt kontaktowy|punkt zglaszania|zglaszanie|horka linka|horuca linka|bejelento vonal|forrodrot|' +
      'linie de raportare|dojava|anmalan|tipslinje|anmeldelse|vihjelinja|γραμμη καταγγελιων|ホットライン|通報窓口|핫라인|신고센터|举报热线|舉報熱線|' +
      'हॉटलाइन|हॉटलाइन सेवा|saluran pelaporan|duong day nong|קו חם|مرکز گزارش|خط گزارش',
  },
  {
    kinds: ['portal.national', 'hotline.web'],
    words:
      'national portal|portal|reporting portal|iwf portal|portal nacional|nationales portal|portail national|portale nazionale|nationaal portaal|بوابة وطنية|национальный портал',
  },
  {
    kinds: ['portal.global', 'portal.national', 'hotline.web'],
    words: 'global portal|global reporting portal|international portal|portail mondial|portal mundial|globales portal',
  },
  { kinds: ['clearinghouse', 'hotline.web'], words: 'clearinghouse|clearing house|cybertipline|zentralstelle' },
  {
    kinds: ['child-helpline'],
    words:
      'child helpline|childrens helpline|childline|child line|kids helpline|youth helpline|child help line|kinder und jugendtelefon|kindertelefon|' +
      'kinderhilfstelefon|kinder hotline|jugendtelefon|ligne d ecoute enfants|ligne d aide aux enfants|numero d aide aux enfants|' +
      'allo enfance en danger|telefono de la infancia|linea de ayuda a la infancia|telefono del menor|linea para ninos|linha da crianca|' +
      'linha de apoio a crianca|disque crianca|telefono azzurro|linea per bambini|linea di ascolto per minori|kinderlijn|kinderhulplijn|' +
      'خط مساندة الطفل|خط نجدة الطفل|خط حماية الطفل|детский телефон доверия|телефон доверия для детей|cocuk hatti|cocuk destek hatti|alo cocuk|' +
      'telefon zaufania dla dzieci|linka bezpeci|linka detskej istoty|gyermeksegelyvonal|telefonul copilului|bornetelefonen|barnens hjalptelefon|' +
      'lasten puhelin|γραμμη για τα παιδια|チャイルドライン|아동 상담전화|儿童热线|兒童熱線|चाइल्डलाइन|talian kanak kanak|קו לילדים|خط کودک',
  },
  {
    kinds: ['child-helpline', 'prevention-helpline', 'missing-child', 'trafficking-hotline'],
    words:
      'helpline|help line|support line|counselling line|crisis line|hilfetelefon|hilfe telefon|beratungstelefon|sorgentelefon|ligne d ecoute|ligne d aide|' +
      'numero d aide|linea de ayuda|telefono de ayuda|linha de ajuda|linha de apoio|linea di aiuto|linea di ascolto|hulplijn|خط المساعدة|خط مساعدة|' +
      'телефон доверия|линия помощи|телефон допомоги|yardim hatti|destek hatti|telefon zaufania|linka pomoci|segelyvonal|linie de ajutor|hjalplinje|' +
      'hjelpetelefon|hjaelpelinje|auttava puhelin|γραμμη βοηθειας|相談窓口|상담전화|求助热线|求助熱線|हेल्पलाइन|talian bantuan|קו סיוע|خط کمک',
  },
  {
    kinds: ['law-enforcement.report', 'emergency'],
    words:
      'police|law enforcement|law enforcement report|cybercrime unit|cyber police|police report|federal police|national police|polizei|kriminalpolizei|' +
      'strafverfolgung|gendarmerie|forces de l ordre|policia|policia nacional|polizia|forze dell ordine|politie|الشرطة|شرطة|полиция|поліція|polis|policja|' +
      'policie|rendorseg|politia|polisen|politiet|poliisi|αστυνομια|警察|경찰|पुलिस|polisi|cong an|משטרה|پلیس',
  },
  {
    kinds: ['emergency'],
    words:
      'emergency|emergency number|notruf|urgence|numero d urgence|emergencia|emergencias|emergenza|noodnummer|طوارئ|экстренная служба|acil',
  },
  {
    kinds: ['platform-tool'],
    words:
      'platform|platform tool|platform reporting|social network|social media|in app|plattform|plateforme|plataforma|piattaforma|platforma|منصة|платформа|プラットフォーム|플랫폼|平台',
  },
  {
    kinds: ['removal-service'],
    words:
      'removal|removal service|removal tool|takedown|take down|image removal|loschung|loschdienst|retrait|suppression|eliminacion|retirada|remocao|rimozione|verwijdering|إزالة|удаление|kaldirma',
  },
  {
    kinds: ['prevention-helpline'],
    words:
      'prevention|prevention helpline|self help|selfhelp|confidential help|confidential support|offender prevention|therapy|pravention|selbsthilfe|prevencion|prevencao|prevenzione|preventie|zelfhulp|وقاية|профилактика|onleme',
  },
  {
    kinds: ['missing-child'],
    words:
      'missing children|missing child|missing children hotline|116 000|116000|vermisste kinder|enfants disparus|ninos desaparecidos|criancas desaparecidas|bambini scomparsi|vermiste kinderen|أطفال مفقودون|пропавшие дети|kayip cocuk',
  },
  {
    kinds: ['traveller-report'],
    words:
      'tourism reporting|traveller reporting|traveler reporting|traveller report|travel|tourism|reisende|tourismus|voyageurs|viajeros|viajantes|viaggiatori|reizigers|السياحة|туризм|turizm',
  },
  {
    kinds: ['trafficking-hotline'],
    words:
      'trafficking|human trafficking|trafficking hotline|menschenhandel|traite|traite des etres humains|trata|trata de personas|trafico de pessoas|tratta|mensenhandel|اتجار بالبشر|торговля людьми|insan ticareti',
  },
  {
    kinds: ['directory'],
    words:
      'directory|referral|referral list|finder|verzeichnis|annuaire|directorio|diretorio|elenco|gids|دليل|справочник|rehber',
  },
  {
    kinds: ['network', 'coordination'],
    words: 'network|umbrella|alliance|netzwerk|reseau|red|rede|rete|netwerk|شبكة|сеть|ag',
  },
  {
    kinds: ['coordination', 'network'],
    words:
      'coordination|coordinating body|coordinating|koordination|coordinacion|coordenacao|coordinamento|coordinatie|تنسيق|координация|koordinasyon',
  },
];
