/**
 * Words in names of services that many of them share, as `nameTokens` writes them: a name of nothing but these tells no service from
 * another one of its country. Legal forms and articles (`noise`) are no part of a name at all.
 */
export const genericNameWords =
  'child children childrens childline kid kids youth young teen helpline helplines hotline hotlines line lines phone telephone help support national international internet online web website cyber safe safer safety report reporting reports report portal tipline tip tips service services centre center police federal force cybercrime crime unit ministry department government foundation association organisation organization network committee commission agency institute missing abuse sexual exploitation protection protect illegal content material counselling number emergency info information contact team free hot stop stopline now csam ' +
  'kinder kind kindertelefon jugend jugendtelefon telefon nummer hilfe hilfetelefon beratung beratungstelefon meldestelle beschwerdestelle polizei bundes zentrale zentrum verein stiftung schutz kinderschutz ' +
  'enfant enfants enfance jeunes ligne numero vert aide ecoute signalement signalements centre service national nationale police ' +
  'nino ninos nina infancia adolescencia linea telefono ayuda denuncia denuncias nacional policia centro servicio fundacion reporte ' +
  'crianca criancas linha apoio ajuda denuncia canal policia nacional servico ' +
  'bambini bambino infanzia minori telefono linea aiuto segnalazione segnala polizia centro servizio nazionale ' +
  'kinderen kind jeugd lijn hulplijn meldpunt telefoon politie centrum nationaal ' +
  'dzieci dziecko telefon zaufania linia pomoc policja centrum krajowy deti detem linka bezpeci pomoci policie gyermek segelyvonal rendorseg copilului copii telefonul politia barn barnens born hjalp linje polis polisen politi lapset puhelin poliisi ' +
  'detskii telefon doveriia liniia goriachaia politsiia tsocuk cocuk hatti destek ihbar yardim polis imdat';

export const nameNoise =
  'the of and for a an in on to at by der die das und fur des dem ein eine im am le la les de du des et pour aux l d un une el los las y para del o os as e do da dos das para il lo gli i di della delle dei per van het een en voor ev e v gmbh ggmbh ngo inc ltd llc llp asbl vzw onlus ong ngo plc bv nv ab as aps oy ry z s sro as zs kft spzoo org';
