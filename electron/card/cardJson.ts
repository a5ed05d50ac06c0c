import { z } from 'zod';
import { CardContent } from '../../shared/card/cardContent';
import type { CardExport } from './cardExport';

export const CARD_JSON_FORMAT = 'assay/model-card';

/** Our own document; of one that is read, only the content counts, the rest is its origin. */
export const CardDocument = z.looseObject({
  format: z.literal(CARD_JSON_FORMAT),
  v: z.literal(1),
  content: CardContent,
});

/**
 * A card as one JSON document: the revision as it is kept, and the signatures under it.
 *
 * @returns UTF-8 text with a line end; the same card gives the same bytes
 */
export function cardJson(card: CardExport): Uint8Array {
  const { content, signatures, appVersion, ...about } = card;
  const document = {
    format: CARD_JSON_FORMAT,
    v: 1,
    exportedBy: `Assay ${appVersion}`,
    ...about,
    content,
    signatures,
  };
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`, 'utf8');
}
