import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './deps.ts';
import { contentTypeOf, createFileServer, type PageFile } from './files.ts';

/** Pages for people outside load scripts and styles of ours alone, and send nothing by themselves. */
const STRICT_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "form-action 'none'; base-uri 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'";
const A_YEAR = 'public, max-age=31536000, immutable';
/** Where the build says that its files lie (apps/pages/vite.config.ts). */
const FILES = '/pages/assets/';

/**
 * The public pages (apps/pages): each at an address of its own, `/corrections/`, and their scripts below `/pages/assets/`. Listed
 * once, at the start; whatever else is asked for is for the next handler.
 */
export function createPublicPages(pagesDir: string | undefined): MiddlewareHandler<AppEnv> {
  const built = pagesDir !== undefined && existsSync(pagesDir) ? pagesDir : undefined;
  const pages = new Map<string, PageFile>();
  const files = new Map<string, PageFile>();
  for (const entry of built === undefined ? [] : readdirSync(built, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    if (entry.name === 'assets') for (const file of filesIn(path)) files.set(`${FILES}${file}`, hashed(path, file));
    else if (existsSync(join(path, 'index.html')))
      pages.set(`/${entry.name}/`, {
        path: join(path, 'index.html'),
        type: contentTypeOf('index.html'),
        cacheControl: 'no-cache',
      });
  }
  const server = createFileServer(new Map([...pages, ...files]));
  return async (c, next) => {
    const { path } = c.req;
    if (files.has(path)) return server.send(c, path);
    if (pages.has(`${path}/`)) return c.redirect(`${path}/${new URL(c.req.url).search}`, 308);
    if (!pages.has(path)) return next();
    c.header('Content-Security-Policy', STRICT_CSP);
    return server.send(c, path);
  };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => entry.name);

/** The build puts a hash into these names, so they never change. */
const hashed = (folder: string, name: string): PageFile => ({
  path: join(folder, name),
  type: contentTypeOf(name),
  cacheControl: A_YEAR,
});
