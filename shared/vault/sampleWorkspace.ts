/** The sample workspace holds public data only, so its passphrase is no secret and is shown. */
export const SAMPLE_WORKSPACE = {
  name: 'Sample: bank marketing',
  printedName: 'Sam Sample',
  passphrase: 'explore the sample workspace offline',
} as const;
