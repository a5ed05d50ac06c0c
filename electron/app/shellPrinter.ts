import type { Ports } from './context';
import type { CoreToShell } from './shellMessages';

/** Core's side of printing, which only the shell can do. */
export interface ShellPrinter {
  readonly printPdf: Ports['printPdf'];
  printed(id: number, pdf: string | null): void;
}

export function createShellPrinter(post: (message: CoreToShell) => void): ShellPrinter {
  const waiting = new Map<number, (pdf: Buffer | null) => void>();
  let lastId = 0;
  return {
    printPdf(html) {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        post({ type: 'print', id, html });
      });
    },
    printed(id, pdf) {
      waiting.get(id)?.(pdf === null ? null : Buffer.from(pdf, 'base64'));
      waiting.delete(id);
    },
  };
}
