/** Words that say that a contact is a person's own, folded. Public directories hold none. */
export const personWords =
  'volunteer|volunteers number|private|private mobile|private number|personal|personal mobile|personal number|home number|my number|cell of|mobile of|freiwillige|freiwilliger|ehrenamtlich|privat|privatnummer|privathandy|benevole|portable prive|numero prive|personnel|voluntario|voluntaria|movil privado|privado|particular|voluntariado|privato|volontario|volontaria|vrijwilliger|prive|متطوع|خاص|волонтер|личный|gonullu|kisisel|wolontariusz|prywatny';
