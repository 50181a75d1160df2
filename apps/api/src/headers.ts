import type { MiddlewareHandler } from 'hono';
import type { AppContext, AppEnv } from './deps.ts';

/** SECURITY §4. Emotion writes styles into the page, so style-src allows inline; scripts never. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; manifest-src 'self'";
const FILE_CSP = "default-src 'none'; sandbox; frame-ancestors 'none'";

const NO_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const TWO_YEARS = 'max-age=63072000; includeSubDomains';

/** On every answer of the API, pages, files and errors alike (SECURITY W-03). */
export function commonHeaders(profile: 'demo' | 'production'): [string, string][] {
  return [
    ['Content-Security-Policy', FILE_CSP],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Permissions-Policy', NO_FEATURES],
    ...(profile === 'production' ? ([['Strict-Transport-Security', TWO_YEARS]] as [string, string][]) : []),
  ];
}

/**
 * Sets the headers before the handler runs, so that its answer, an error and a 404 all carry them. Everything is private
 * (`no-store`) until a handler says otherwise.
 */
export function secureHeaders(profile: 'demo' | 'production'): MiddlewareHandler<AppEnv> {
  const headers = [...commonHeaders(profile), ['Cache-Control', 'no-store'] as const];
  return async (c, next) => {
    for (const [name, value] of headers) c.header(name, value);
    await next();
  };
}

/** For the pages of the admin and the API's documentation, which run scripts of ours. */
export function asPage(c: AppContext): void {
  c.header('Content-Security-Policy', PAGE_CSP);
}
