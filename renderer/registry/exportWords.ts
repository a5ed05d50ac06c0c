import type { ExportFormat } from '../../shared/registry/exportChannels';

export interface FormatWords {
  readonly label: string;
  /** What the file is for, in a few words. */
  readonly use: string;
}

export const FORMAT_WORDS: Readonly<Record<ExportFormat, FormatWords>> = {
  json: { label: 'JSON', use: 'The whole record with its signatures' },
  mlflow: { label: 'MLflow bundle (ZIP)', use: 'For import-model of mlflow-export-import' },
  cyclonedx: { label: 'CycloneDX 1.6 ML-BOM', use: 'For supply-chain tools' },
};

export const SIGNATURE_WORDS: FormatWords = {
  label: 'Signature of the files (ZIP)',
  use: 'For verifiers of OpenSSF Model Signing',
};
