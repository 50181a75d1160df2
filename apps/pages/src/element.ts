type Child = Node | string | undefined | false;

/**
 * Makes an element with attributes and children. Text goes in as text alone, so that nothing an entry says becomes markup.
 * A boolean attribute is there or not; listeners are named `onclick` and so on.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (typeof value === 'string') made.setAttribute(key, value);
  }
  for (const child of children) if (child !== undefined && child !== false) made.append(child);
  return made;
}
