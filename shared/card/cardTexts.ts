import type { CardContent, CardFigure, CardPerson, SliceTable } from './cardContent';
import { cardField, type CardFieldKey } from './cardFields';

/** One item of a field in words, and what it is the same item by. */
export interface CardText {
  readonly key: string;
  readonly text: string;
}

/** A field in words, item by item: what is compared, searched and printed. Prose is one item. */
export function cardTexts(content: CardContent, key: CardFieldKey): readonly CardText[] {
  const value = content[key];
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ key: '', text: value }];
  return value.map((item) => textOf(key, item));
}

function textOf(key: CardFieldKey, item: unknown): CardText {
  const say = WORDS[cardField(key).kind];
  if (say === undefined) throw new RangeError(`${key} is no list`);
  return say(item as never); // the kind of a field says what its items are
}

const WORDS: Readonly<Record<string, (item: never) => CardText>> = {
  texts: (item: string) => ({ key: item, text: item }),
  people: ({ name, contact }: CardPerson) => ({
    key: name,
    text: [name, contact].filter((part) => part !== '').join(', '),
  }),
  licences: ({ identifier, text, link }: CardContent['licences'][number]) => ({
    key: identifier === '' ? text : identifier,
    text: [identifier, text, link].filter((part) => part !== '').join(', '),
  }),
  datasets: (item: CardContent['datasets'][number]) => ({
    key: `${item.role} ${item.name}`,
    text: [
      `${item.name} (${item.role})`,
      item.description,
      item.digest,
      item.link,
      ...(item.sensitive.length === 0 ? [] : [`Sensitive: ${item.sensitive.join(', ')}`]),
    ]
      .filter((part) => part !== '')
      .join('; '),
  }),
  figures: (figure: CardFigure) => ({ key: figure.id, text: figureWords(figure) }),
  slices: (table: SliceTable) => ({
    key: table.id,
    text: `${table.metric} by ${table.attribute}: ${table.groups
      .map(({ group, count, n }) => `${group} ${count} of ${n}`)
      .join(', ')}`,
  }),
  fairness: (item: CardContent['fairness'][number]) => ({
    key: item.groupAtRisk,
    text: [
      item.groupAtRisk,
      labelled('benefits', item.benefits),
      labelled('harms', item.harms),
      labelled('mitigation', item.mitigation),
    ]
      .filter((part) => part !== '')
      .join('; '),
  }),
  risks: ({ name, mitigation }: CardContent['risks'][number]) => ({
    key: name,
    text: mitigation === '' ? name : `${name}: ${mitigation}`,
  }),
  citations: ({ style, text }: CardContent['citations'][number]) => ({
    key: text,
    text: style === '' ? text : `${text} (${style})`,
  }),
};

function labelled(label: string, text: string): string {
  return text === '' ? '' : `${label}: ${text}`;
}

/** A figure in words, e.g. `auc = 0.81 [0.79, 0.83], slice women`. */
export function figureWords({ name, slice, value, low, high, source }: CardFigure): string {
  const interval = low === '' && high === '' ? '' : ` [${low}, ${high}]`;
  const where = slice === '' ? '' : `, slice ${slice}`;
  return `${name} = ${value}${interval}${where}${source === '' ? '' : `, from ${source}`}`;
}
