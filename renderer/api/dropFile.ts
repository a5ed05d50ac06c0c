import './bridge';

/** A token that stands for a dropped file in the next call; the window never learns its path. */
export function tokenForFile(file: File, canBeFolder: boolean): Promise<string> {
  return window.assay.tokenForFile(file, canBeFolder);
}
