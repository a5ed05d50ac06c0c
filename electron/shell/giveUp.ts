import { app, dialog } from 'electron';

/** A process that ends sooner than this would only end again. */
export const MIN_UPTIME_MS = 2_000;

/** Says which part does not run, and ends the application. */
export function giveUp(part: string): void {
  dialog.showErrorBox(
    'Assay cannot start',
    `${part} ended at once. No workspace was changed. Reinstall Assay, or look into the log file core.log in ${app.getPath('userData')}/logs.`,
  );
  app.exit(1);
}
