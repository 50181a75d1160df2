// "and" in the languages of our tables, between two words of a list.
const and = /\s+(?:and|und|et|y|e|en|och|og|ja|i|a|ve|и|та|și|si|και|و)\s+/iu;

/** Parts of a cell that lists several things. A part that stands for nothing is left out. */
export const splitList = (text: string): string[] =>
  text
    .split(/[;,|\n/+&•·،、；，]|\s+[-–—]\s+/u)
    .flatMap((part) => part.split(and))
    .map((part) =>
      part
        .trim()
        .replace(/[.:]+$/u, '')
        .trim(),
    )
    .filter((part) => part !== '');
