import type { FromCore, ToCore } from '../../shared/ipc/messages';

/** What the preload script offers: one port to core, and tokens for dropped files. */
export interface AssayBridge {
  /** Messages wait in the preload script until core's port is there. */
  send(message: ToCore): void;
  onMessage(listener: (message: FromCore) => void): void;
  /** A token that stands for a dropped file; the window never learns its path. */
  tokenForFile(file: File, canBeFolder?: boolean): Promise<string>;
}

declare global {
  interface Window {
    readonly assay: AssayBridge;
  }
}
