/**
 * Mirrors the styles of MUI and react-admin for right-to-left scripts, as a stylis plugin for emotion's cache.
 * Our own styles use logical properties (`margin-inline-start` …) and pass through unchanged.
 */

/** The part of a stylis element a declaration has. */
export type StyleElement = { type: string; props: string | string[]; children: string | unknown[]; return: string };

const SWAPPED = /(^|-)(left|right)(-|$)/;
/** `top right bottom left`. */
const FOUR_SIDES = /^(padding|margin|inset|border-(width|style|color))$/;
const SIDE_VALUES = /^(float|clear|text-align|transform-origin|background-position|justify-content)$/;
const TRANSLATE_X = /translate(X|3d)?\(\s*(-?)([^,)\s]+)/g;

function swap(text: string): string {
  return text.replace(/\b(left|right)\b/g, (side) => (side === 'left' ? 'right' : 'left'));
}

/** Splits at spaces outside brackets. */
function parts(value: string): string[] {
  return value.trim().split(/\s+(?![^(]*\))/);
}

function mirrorValue(property: string, value: string): string {
  const important = value.includes('!important') ? ' !important' : '';
  const plain = value.replace('!important', '').trim();
  if (SIDE_VALUES.test(property)) return swap(plain) + important;
  if (FOUR_SIDES.test(property)) {
    const [top, right, bottom, left, ...rest] = parts(plain);
    if (left !== undefined && rest.length === 0) return [top, left, bottom, right].join(' ') + important;
  }
  if (property === 'border-radius' && !plain.includes('/')) {
    const [a, b, c = a, d = b] = parts(plain);
    // One value, a keyword too, is the same on all corners.
    if (b === undefined) return value;
    return [b, a, d, c].join(' ') + important;
  }
  if (property === 'transform') {
    return (
      plain.replace(TRANSLATE_X, (_, axis: string | undefined, sign: string, size: string) => {
        const flipped = /^0(px|%)?$/.test(size)
          ? size
          : sign === '-'
            ? size
            : /^calc|^var/.test(size)
              ? size
              : `-${size}`;
        return `translate${axis ?? ''}(${flipped}`;
      }) + important
    );
  }
  return value;
}

/** Mirrors one declaration. */
export function mirror(property: string, value: string): { property: string; value: string } {
  // Logical properties follow the direction by themselves.
  if (property.includes('inline')) return { property, value };
  const named = SWAPPED.test(property)
    ? property.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'))
    : property;
  return { property: named, value: mirrorValue(property, value) };
}

/** Keyframes go by unmirrored: what moves here moves in place. */
export function rtlPlugin(element: StyleElement): undefined {
  if (
    element.type !== 'decl' ||
    element.return ||
    typeof element.props !== 'string' ||
    typeof element.children !== 'string'
  )
    return undefined;
  const { property, value } = mirror(element.props, element.children);
  if (property !== element.props || value !== element.children) element.return = `${property}:${value};`;
  return undefined;
}
