import { app, BrowserWindow, session, type Session } from 'electron';
import { randomUUID } from 'node:crypto';

const ORIGIN = 'app://print/';
const documents = new Map<string, string>();
let printing: Session | null = null;

/** A session of its own, in memory, that can load the documents that are printed and nothing else. */
function printSession(): Session {
  if (printing !== null) return printing;
  const own = session.fromPartition('print', { cache: false });
  own.webRequest.onBeforeRequest(({ url, resourceType }, decide) => {
    const isEmbedded = resourceType === 'image' && url.startsWith('data:');
    decide({ cancel: !(url.startsWith(ORIGIN) || isEmbedded) });
  });
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  own.protocol.handle('app', ({ url }) => {
    const html = documents.get(url.slice(ORIGIN.length));
    if (html === undefined) return new Response(null, { status: 404 });
    return new Response(html, {
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy':
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    });
  });
  printing = own;
  return own;
}

/**
 * Prints a self-contained document as PDF on A4, in a hidden window without script, network or storage.
 *
 * @param html a whole document; what it points at is not loaded
 */
export async function printPdf(html: string): Promise<Buffer> {
  const id = randomUUID();
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: printSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      javascript: false,
      images: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  documents.set(id, html);
  try {
    await window.loadURL(`${ORIGIN}${id}`);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width:100%;font-size:8px;text-align:right;padding:0 14mm"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
      margins: { top: 0.6, bottom: 0.7, left: 0.55, right: 0.55 },
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    documents.delete(id);
    window.destroy();
  }
}
