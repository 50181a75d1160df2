/** What every public page needs: the reader's language and a way to ask the server. */

/** Languages of the pages, each named in itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);

/** The one an address asks for (`?lang=de`), else the first of the reader that the pages speak. */
export function preferredLanguage(search: string, wanted: readonly string[]): Language {
  const asked = new URLSearchParams(search).get('lang') ?? '';
  return [asked, ...wanted].map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

/** Tells the browser which language the page is in, so that it reads and runs right. */
export function speak(language: Language, title: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = `${title} – Waymark`;
}

/** The country the reader's browser is set to, if it says one. */
export function likelyCountry(wanted: readonly string[]): string | undefined {
  for (const tag of wanted) {
    try {
      const { region } = new Intl.Locale(tag);
      if (region !== undefined && /^[A-Z]{2}$/.test(region)) return region;
    } catch {
      // No tag: the next one may be.
    }
  }
  return undefined;
}

/** `{name}` filled in. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Why the server said no, as it said it; `offline` when it said nothing. */
export class Refused extends Error {
  readonly code: string;
  readonly errors: readonly { path: string; message: string }[];
  /** All members of the problem. */
  readonly problem: Readonly<Record<string, unknown>>;
  constructor(problem: Record<string, unknown>) {
    const code = typeof problem['code'] === 'string' ? problem['code'] : 'other';
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.errors = Array.isArray(problem['errors']) ? (problem['errors'] as { path: string; message: string }[]) : [];
    this.problem = problem;
  }
}

/** @throws Refused */
export const read = <T>(path: string, headers: Record<string, string> = {}): Promise<T> =>
  ask<T>(path, { method: 'GET', headers });

/** @throws Refused */
export const send = <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> =>
  ask<T>(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'X-Requested-By': 'waymark', ...headers },
  });

/** Nobody is signed in here, and nobody's session goes along. */
async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/public/v1${path}`, { ...init, credentials: 'omit' });
  } catch {
    throw new Refused({ code: 'offline' });
  }
  const said: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(said !== null && typeof said === 'object' ? { ...said } : {});
  return said as T; // The OpenAPI document of the server names its shape.
}
