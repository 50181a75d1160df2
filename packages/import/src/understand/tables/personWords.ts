/** Words that say that a contact is a person's own, folded. Public directories hold none. */
export const personWords =
  'volunteer|volunteers number|private mobile|private number|personal mobile|personal number|home number|my number|cell of|mobile of|freiwillige|freiwilliger|ehrenamtlich|privatnummer|privathandy|benevole|portable prive|numero prive|voluntario|voluntaria|movil privado|voluntariado|volontario|volontaria|vrijwilliger|متطوع|волонтер|gonullu|wolontariusz|prywatny';
