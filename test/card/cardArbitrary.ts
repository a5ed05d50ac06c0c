import { array, constantFrom, integer, option, record, tuple, type Arbitrary } from 'fast-check';
import { CardContent, emptyCard } from '../../shared/card/cardContent';
import type { CardField } from '../../shared/card/cardFields';

/** Texts as people write them: words in lines, no mark of Markdown at the start of a line. */
const words = array(
  array(constantFrom('who', 'leaves', '0.8', 'Größe', '<b>', 'a: b', '|', '#1', '`x`'), {
    minLength: 1,
    maxLength: 4,
  }).map((line) => `The ${line.join(' ')}`),
  { minLength: 1, maxLength: 3 },
).map((lines) => lines.join('\n'));

const ITEMS: Readonly<Record<string, Arbitrary<unknown>>> = {
  prose: words,
  line: words.map((text) => text.replaceAll('\n', ' ')),
  texts: array(words, { maxLength: 3 }),
  people: array(record({ name: words, contact: words }), { maxLength: 2 }),
  licences: array(record({ identifier: words, text: words, link: words }), { maxLength: 1 }),
  datasets: array(
    record({
      name: constantFrom('train.csv', 'test.csv'),
      role: constantFrom('training', 'evaluation'),
      description: words,
      link: constantFrom('', 'https://example.org'),
      digest: constantFrom('', 'sha256:ab'),
      sensitive: array(words, { maxLength: 2 }),
      carried: constantFrom(''),
    }),
    { maxLength: 2 },
  ),
  figures: array(
    tuple(words, integer(), option(constantFrom({ kind: 'openAlerts' }))).map(
      ([name, value, evidence]) => ({
        id: 'a',
        name,
        slice: '',
        value: String(value),
        low: '',
        high: '',
        evidence,
        asOfUtc: evidence === null ? null : '2026-01-02T03:04:05.000Z',
        source: '',
      }),
    ),
    { maxLength: 2 },
  ),
  slices: array(
    record({
      id: constantFrom('a', 'b'),
      metric: words,
      attribute: words,
      referenceGroup: words,
      source: words,
      groups: array(record({ group: words, count: constantFrom(1, 2), n: constantFrom(2, 9) })),
    }),
    { maxLength: 2 },
  ),
  fairness: array(
    record({ groupAtRisk: words, benefits: words, harms: words, mitigation: words }),
    { maxLength: 2 },
  ),
  risks: array(record({ name: words, mitigation: words }), { maxLength: 2 }),
  citations: array(record({ style: constantFrom('', 'APA'), text: words }), { maxLength: 2 }),
};

/** Cards as our schema has them; only the given fields say something. */
export function cardsWith(fields: readonly CardField[]): Arbitrary<CardContent> {
  const shape = Object.fromEntries(fields.map(({ key, kind }) => [key, ITEMS[kind]!]));
  return record(shape).map((part_) => CardContent.parse({ ...emptyCard(), ...part_ }));
}
