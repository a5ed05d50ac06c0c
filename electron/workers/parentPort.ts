/** The part of Electron's `MessagePortMain` that core and job use. */
export interface PortMain {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** The part of Electron's `ParentPort` that core and job use. */
export interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly PortMain[] }) => void,
  ): void;
  postMessage(message: unknown): void;
}

/** The line to the shell when this is one of Electron's utility processes, else null. */
export function parentPort(): ParentPort | null {
  // Electron adds the property to `process`; the package itself must not be imported here.
  return (process as { readonly parentPort?: ParentPort }).parentPort ?? null;
}
