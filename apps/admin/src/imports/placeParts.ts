const PARTS = ['sheet', 'file', 'line', 'column', 'byte'] as const;
type Part = (typeof PARTS)[number];

/** A place in a file as the server points to it, `/sheet/Hotlines/line/7`, in its parts; a byte only where no line is said. */
export function placeParts(pointer: string): { part: Part; value: string }[] {
  const words = pointer.split('/').slice(1);
  const said = PARTS.flatMap((part) => {
    const value = words.find((_, at) => at % 2 === 1 && words[at - 1] === part);
    return value === undefined ? [] : [{ part, value: value.replaceAll('~1', '/').replaceAll('~0', '~') }];
  });
  const hasLine = said.some(({ part }) => part === 'line');
  return said.filter(({ part }) => part !== 'byte' || !hasLine);
}
