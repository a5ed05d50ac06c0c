import { protocol } from 'electron';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { contentSecurityPolicy } from './contentSecurityPolicy';
import { UI_ORIGIN } from './security';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false },
    },
  ]);
}

/** Serves the window from a table of files made at start: no path of a request is ever joined. */
export function serveUi(): void {
  const root = join(__dirname, '..', 'renderer');
  const files = new Map(
    listFiles(root).map((file) => [
      `${UI_ORIGIN}/${relative(root, file).split(sep).join('/')}`,
      file,
    ]),
  );
  protocol.handle('app', async (request) => {
    const { origin, pathname } = splitUrl(request.url);
    const file = files.get(`${origin}${pathname === '/' ? '/index.html' : pathname}`);
    const type = CONTENT_TYPES[extname(file ?? '')];
    if (file === undefined || type === undefined || request.method !== 'GET')
      return new Response(null, { status: 404 });
    return respond(await readFile(file), type);
  });
}

function respond(bytes: Buffer, type: string): Response {
  const nonce = randomBytes(16).toString('base64');
  const isPage = type.startsWith('text/html');
  const body = isPage ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes);
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  });
}

/** The policy stands in the page as well, in case a header should ever be lost. */
function withNonce(html: string, nonce: string): string {
  // `frame-ancestors` has no meaning in a meta element and would only make a console warning.
  const policy = contentSecurityPolicy(nonce).replace(/; frame-ancestors [^;]*/u, '');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return html.replace('<head>', `<head>${meta}`).replaceAll('__CSP_NONCE__', nonce);
}

function splitUrl(url: string): { origin: string; pathname: string } {
  const { protocol: scheme, host, pathname } = new URL(url);
  return { origin: `${scheme}//${host}`, pathname };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
