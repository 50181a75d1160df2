import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { AppContext } from './deps.ts';
import { contentTypeOf, createFileServer, type PageFile } from './files.ts';
import { asPage } from './headers.ts';

/** The only page there is. */
const INDEX = '/index.html';
const A_YEAR = 'public, max-age=31536000, immutable';

/**
 * The built admin. Its files are listed once, at the start, and served by looking their path up in that list; what looks
 * like a page of the admin gets `index.html`, which then shows the screen.
 */
export function createAdminFiles(adminDir: string) {
  const files = existsSync(adminDir) ? listFiles(adminDir) : new Map<string, PageFile>();
  const server = createFileServer(files);
  return async (c: AppContext): Promise<Response> => {
    const { path } = c.req;
    if (/^\/(api|public|pages)\//.test(path)) return c.notFound();
    if (path !== INDEX && server.has(path)) return server.send(c, path);
    if (path !== INDEX && !isPage(c)) return c.notFound();
    asPage(c);
    if (!server.has(INDEX)) return c.text('The admin is not built yet: run npm run build', 503);
    return server.send(c, INDEX);
  };
}

/** A person went to an address of the admin; a missing script or image is not answered with a page. */
function isPage(c: AppContext): boolean {
  const lastPart = c.req.path.slice(c.req.path.lastIndexOf('/') + 1);
  return !lastPart.includes('.') && (c.req.header('accept') ?? '').includes('text/html');
}

function listFiles(adminDir: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(adminDir, { recursive: true, withFileTypes: true })) {
    // Links are left out: a file outside the folder would be served under a name inside.
    if (!entry.isFile() || entry.name.endsWith('.map') || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(adminDir, path).split(sep).join('/');
    // The build puts a hash into the names below assets/ (vite), so those never change.
    files.set(`/${name}`, {
      path,
      type: contentTypeOf(name),
      cacheControl: name.startsWith('assets/') ? A_YEAR : 'no-cache',
    });
  }
  return files;
}
