/**
 * On which line each item of a list begins: JSON.parse does not tell, and a person needs it to find the item again.
 * @param text valid JSON
 * @param key the list's name in the outermost object; empty: the outermost value is the list itself, or the one item
 */
export function itemLines(text: string, key: string): number[] {
  const lines: number[] = [];
  const itemDepth = key === '' ? 1 : 2;
  let [depth, line, isInList, lastText] = [0, 1, key === '', ''];
  const isList = text.trimStart().startsWith('[');
  if (key === '' && !isList) return [text.slice(0, text.indexOf('{')).split('\n').length];
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at];
    if (c === '\n') line += 1;
    else if (c === '"') {
      const end = endOfString(text, at);
      if (depth === 1) lastText = text.slice(at + 1, end);
      at = end;
    } else if (c === '{' || c === '[') {
      if (key !== '' && depth === 1) isInList = c === '[' && lastText === key;
      if (depth === itemDepth && isInList) lines.push(line);
      depth += 1;
    } else if (c === '}' || c === ']') depth -= 1;
  }
  return lines;
}

/** Strings of JSON hold no line ends. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
