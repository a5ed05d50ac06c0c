/** The sample workspace holds public data only, so its passphrase is no secret and is shown. */
export const SAMPLE_WORKSPACE = {
  name: 'Sample: bank marketing',
  printedName: 'Sam Sample',
  passphrase: 'explore the sample workspace offline',
} as const;

/** Approves what the first person of the sample has made, with the same public passphrase. */
export const SAMPLE_REVIEWER = 'Rita Review';

/** Whether a person came with the sample; whoever was added later has a passphrase of their own. */
export function isSamplePerson(printedName: string): boolean {
  return printedName === SAMPLE_WORKSPACE.printedName || printedName === SAMPLE_REVIEWER;
}
