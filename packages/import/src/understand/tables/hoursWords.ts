/** Words of opening hours, folded. Names of days come from CLDR. One word in many languages stands in one line. */
export const hoursWords = {
  always:
    '24 7|24x7|7 24|24 7 365|24 hours a day|24 hours 7 days a week|24 hours a day 7 days a week|24 hours|24 hour|24h|24 h|24 hrs|around the clock|round the clock|always|non stop|nonstop|' +
    'rund um die uhr|24 stunden|24 stunden taglich|taglich 24 stunden|durchgehend|24h 24|24 h 24|24h 24 7j 7|24h 24 et 7j 7|7j 7 24h 24|24 heures sur 24|24h sur 24|24 heures 24|24 horas|24 horas al dia|24 horas por dia|las 24 horas|24 horas los 7 dias|' +
    '24 ore su 24|24 ore|24 uur per dag|24 uur|24 uur per dag 7 dagen per week|7 gun 24 saat|24 saat|7 24 saat|круглосуточно|24 часа|цілодобово|على مدار الساعة|24 ساعة|calodobowo|24 godziny|24 godziny na dobe|nonstop 24 7|24時間|24小时|24小時|24시간|24 jam|शनिवार 24',
  daily:
    'daily|every day|each day|everyday|7 days a week|7 days|all days|taglich|jeden tag|tous les jours|7j 7|chaque jour|diario|diariamente|todos los dias|cada dia|todos os dias|tutti i giorni|ogni giorno|dagelijks|elke dag|يوميا|كل يوم|ежедневно|щодня|her gun|codziennie|denne|毎日|每天|매일|setiap hari',
  workdays:
    'weekdays|working days|work days|business days|monday to friday|wochentags|montag bis freitag|en semaine|dias laborables|entre semana|dias uteis|werkdagen|doordeweeks|по будням|будни|hafta ici|dni robocze|w dni robocze|平日|평일|工作日',
  weekend:
    'weekend|weekends|wochenende|am wochenende|week end|fin de semana|fines de semana|fim de semana|fine settimana|выходные|hafta sonu',
  closed:
    'closed|off|geschlossen|ferme|cerrado|fechado|chiuso|gesloten|مغلق|закрыто|выходной|kapali|nieczynne|zamkniete|zavreno|休み|휴무|休息',
  to: 'to|till|until|through|thru|bis|a|à|au|hasta|ate|al|tot|t m|до|по|إلى|الى|حتى|kadar|do|od do',
  filler:
    'from|open|hours|hrs|uhr|h|von|de|du|des|les|le|desde|das|dalle|alle|van|с|من|saat|godz|od|at|am tag|clock|o clock|the|on|line open|heures|horas|ore|uur',
  and: 'and|und|et|y|e|en|и|و|ve|oraz',
  noon: 'noon|midday|mittag|midi|mediodia|mezzogiorno|meio dia|middag',
  midnight: 'midnight|mitternacht|minuit|medianoche|mezzanotte|meia noite|middernacht|полночь|gece yarisi|polnoc',
} as const;
