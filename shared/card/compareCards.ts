import type { CardContent } from './cardContent';
import { CARD_FIELDS, type CardFieldKey } from './cardFields';
import { cardTexts, type CardText } from './cardTexts';

/** What became of one item of a field. */
export interface CardChange {
  readonly field: CardFieldKey;
  readonly label: string;
  /** Null: it was not there. */
  readonly before: string | null;
  /** Null: it is not there any more. */
  readonly after: string | null;
}

/**
 * What two revisions of a card say differently, field by field and item by item.
 *
 * Items are the same when they are called the same, so that a changed figure shows as a change and not as
 * one that went and one that came; their order does not matter.
 */
export function compareCards(before: CardContent, after: CardContent): CardChange[] {
  return CARD_FIELDS.flatMap(({ key, label }) => {
    const changes = compareTexts(cardTexts(before, key), cardTexts(after, key));
    return changes.map((change) => ({ field: key, label, ...change }));
  });
}

type TextChange = Pick<CardChange, 'before' | 'after'>;

function compareTexts(before: readonly CardText[], after: readonly CardText[]): TextChange[] {
  const left = numbered(before);
  const right = numbered(after);
  const gone = [...left].filter(([key]) => !right.has(key));
  return [
    ...gone.map(([, text]) => ({ before: text, after: null })),
    ...[...right].flatMap(([key, text]) => {
      const old = left.get(key) ?? null;
      return old === text ? [] : [{ before: old, after: text }];
    }),
  ];
}

/** Items by name; the second of the same name gets a number. */
function numbered(texts: readonly CardText[]): Map<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    texts.map(({ key, text }) => {
      const n = (seen.get(key) ?? 0) + 1;
      seen.set(key, n);
      return [`${key}\u0000${n}`, text];
    }),
  );
}
