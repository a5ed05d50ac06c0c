import type { CardFormat, ReadCard } from '../../shared/card/exchangeChannels';

interface FormatWords {
  readonly label: string;
  readonly use: string;
}

/** What each format is called and what it is for. */
export const FORMAT_WORDS: Readonly<Record<CardFormat, FormatWords>> = {
  pdf: { label: 'PDF', use: 'To print and to hand over, with the signatures' },
  html: { label: 'HTML page', use: 'One file without script or address, with the signatures' },
  json: { label: 'Assay JSON', use: 'Everything, with signatures that can be checked' },
  modelCardToolkit: {
    label: 'Google Model Card Toolkit',
    use: 'JSON, schema v0.0.2; what it has no field for stays behind',
  },
  huggingFace: {
    label: 'Hugging Face README.md',
    use: 'Front matter, evaluation index and the headings of the template',
  },
};

/** What a card that was read came as. */
export function originWords(format: ReadCard['format']): string {
  return format === 'cyclonedx' ? 'CycloneDX' : FORMAT_WORDS[format].label;
}
