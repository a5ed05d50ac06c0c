import {
  array,
  assert,
  constantFrom,
  integer,
  property,
  record,
  string,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact } from '../../electron/card/carriedParts';
import { fromCyclone, toCyclone, toCycloneWithOwn } from '../../electron/card/cycloneCard';
import { fromHub, toHub } from '../../electron/card/hubCard';
import {
  cardOfFrontMatter,
  dumpFrontMatter,
  parseFrontMatter,
  toFrontMatter,
} from '../../electron/card/hubFrontMatter';
import { fromToolkit, toToolkit, ToolkitCard } from '../../electron/card/toolkitCard';
import { emptyCard } from '../../shared/card/cardContent';
import { CARD_FIELDS } from '../../shared/card/cardFields';
import { cardsWith } from './cardArbitrary';

const RUNS = { numRuns: 200 };
const said = string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const some = <T>(item: Arbitrary<T>) => array(item, { minLength: 1, maxLength: 3 });
/** Any of the keys, and none that is there with nothing in it. */
function part<T extends object>(shape: { [K in keyof T]: Arbitrary<T[K]> }) {
  return record(shape, { requiredKeys: [] });
}

describe('Google Model Card Toolkit', () => {
  const described = some(record({ description: said }));
  const graphics = record({
    description: said,
    collection: some(record({ name: said, image: said })),
  });
  const toolkit = part({
    model_details: part({
      name: said,
      overview: said,
      documentation: said,
      owners: some(record({ name: said, contact: said })),
      version: record({ name: said, date: said, diff: said }),
      licenses: some(constantFrom({ identifier: 'Apache-2.0' }, { custom_text: 'Ask us' })),
      references: some(record({ reference: said })),
      citations: some(record({ style: said, citation: said })),
      path: said,
    }),
    model_parameters: part({
      model_architecture: said,
      data: some(
        record(
          {
            name: said,
            link: said,
            sensitive: record({ sensitive_data: some(said) }),
            graphics,
            description: said,
          },
          { requiredKeys: ['name'] },
        ),
      ),
      input_format: said,
      output_format: said,
      input_format_map: some(record({ key: said, value: said })),
    }),
    quantitative_analysis: part({
      performance_metrics: some(
        record(
          {
            type: said,
            value: said,
            slice: said,
            confidence_interval: record({ lower_bound: said, upper_bound: said }),
          },
          { requiredKeys: ['type', 'value'] },
        ),
      ),
      graphics,
    }),
    considerations: part({
      users: described,
      use_cases: described,
      limitations: described,
      tradeoffs: described,
      ethical_considerations: some(record({ name: said, mitigation_strategy: said })),
    }),
  });

  it('comes back as it was, whatever of its schema it says', () => {
    assert(
      property(toolkit, (card) => {
        const { name = '', version } = { ...card.model_details };
        const identity = {
          modelName: name,
          versionName: version?.name ?? '',
          date: version?.date ?? null,
        };
        const back = toToolkit(fromToolkit(ToolkitCard.parse(card)), identity);
        expect(back).toEqual(compact({ ...card, schema_version: '0.0.2' }));
      }),
      RUNS,
    );
  });

  it('is refused with another outermost key, and read with numbers as values', () => {
    expect(ToolkitCard.safeParse({ model_details: {}, other: 1 }).success).toBe(false);
    const metrics = { performance_metrics: [{ type: 'auc', value: 0.8 }] };
    const card = fromToolkit(ToolkitCard.parse({ quantitative_analysis: metrics }));
    expect(card.figures).toMatchObject([{ name: 'auc', value: '0.8', evidence: null }]);
  });
});

describe('CycloneDX modelCard', () => {
  const modelCard = part({
    modelParameters: part({
      approach: record({ type: constantFrom('supervised', 'unsupervised') }),
      task: said,
      architectureFamily: said,
      modelArchitecture: said,
      datasets: some(record({ ref: said })),
      inputs: some(record({ format: said })),
      outputs: some(record({ format: said })),
    }),
    quantitativeAnalysis: part({
      performanceMetrics: some(
        record(
          {
            type: said,
            value: said,
            slice: said,
            confidenceInterval: record({ lowerBound: said, upperBound: said }),
          },
          { requiredKeys: ['type', 'value'] },
        ),
      ),
      graphics: record({ description: said }),
    }),
    considerations: part({
      users: some(said),
      useCases: some(said),
      technicalLimitations: some(said),
      performanceTradeoffs: some(said),
      ethicalConsiderations: some(record({ name: said, mitigationStrategy: said })),
      fairnessAssessments: some(
        record({ groupAtRisk: said, benefits: said, harms: said, mitigationStrategy: said }),
      ),
      environmentalConsiderations: record({
        properties: some(record({ name: said, value: said })),
      }),
    }),
    properties: some(record({ name: said, value: said })),
  });

  it('comes back as it was, whatever of its schema it says', () => {
    assert(
      property(modelCard, (card) => {
        expect(toCyclone(fromCyclone(card))).toEqual(compact(card));
      }),
      RUNS,
    );
  });
});

describe('a card of ours', () => {
  it('comes back whole from an ML-BOM, which has it in a property', () => {
    assert(
      property(cardsWith(CARD_FIELDS), (card) => {
        expect(fromCyclone(toCycloneWithOwn(card))).toEqual(card);
      }),
      RUNS,
    );
  });

  it('is valid for the Toolkit, whatever it says', () => {
    const identity = { modelName: 'Churn', versionName: '1', date: '2026-01-02' };
    assert(
      property(cardsWith(CARD_FIELDS), (card) => {
        expect(ToolkitCard.safeParse(toToolkit(card, identity)).success).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('Hugging Face README.md', () => {
  const frontMatter = part({
    language: some(said),
    license: said,
    license_name: said,
    license_link: said,
    library_name: said,
    tags: some(said),
    datasets: some(said),
    base_model: some(said),
    pipeline_tag: said,
    widget: some(record({ text: said })),
    'model-index': some(
      record({
        name: said,
        results: some(
          record({
            task: record({ type: said, name: said }),
            dataset: record({ type: said, name: said, split: said }),
            metrics: some(
              record({ type: said, value: integer(), name: said, verified: constantFrom(true) }),
            ),
            source: record({ name: said, url: said }),
          }),
        ),
      }),
    ),
  }).map((front) => {
    const { license_name: _name, license_link: _link, ...unlicensed } = front;
    return front.license === undefined ? unlicensed : front;
  });

  it('has front matter that comes back as it was', () => {
    assert(
      property(frontMatter, (front) => {
        const parsed = parseFrontMatter(dumpFrontMatter(front));
        const back = dumpFrontMatter(toFrontMatter(cardOfFrontMatter(parsed), 'Churn'));
        expect(parseFrontMatter(back)).toEqual(parsed);
      }),
      RUNS,
    );
  });

  it('brings a card of ours back whole while nobody has changed it', () => {
    assert(
      property(cardsWith(CARD_FIELDS), (card) => {
        expect(fromHub(toHub(card, 'Churn'))).toEqual(card);
        expect(fromHub(toHub(card, 'Churn').replaceAll('\n', '\r\n'))).toEqual(card);
      }),
      RUNS,
    );
  });

  it('keeps the prose, lists, people, risks and fairness of a card that somebody changed', () => {
    const kinds = [
      'prose',
      'line',
      'texts',
      'people',
      'licences',
      'risks',
      'fairness',
      'citations',
    ];
    const kept = CARD_FIELDS.filter(({ kind }) => kinds.includes(kind));
    assert(
      property(cardsWith(kept), (card) => {
        const changed = `${toHub(card, 'Churn')}\n## More Information\n\nAdded by hand.\n`;
        const { moreInformation, ...back } = fromHub(changed);
        const { moreInformation: before, ...others } = card;
        expect({ ...back, carried: [] }).toEqual(others);
        expect(moreInformation).toBe(`${before}\n\nAdded by hand.`.trim());
      }),
      RUNS,
    );
  });

  it('shows shares by group as a table, and keeps it as text once somebody changed the README', () => {
    const groups = [
      { group: 'under 30 | any', count: 3, n: 10 },
      { group: 'older', count: 5, n: 12 },
    ];
    const table = { metric: 'Selection rate', attribute: 'age', referenceGroup: 'older' };
    const card = {
      ...emptyCard(),
      sliceTables: [{ id: 'a', ...table, source: 'May', groups }],
    };
    const readme = toHub(card, 'Churn');
    const text =
      'Selection rate by age, compared with older. Counts: May.\n\n| Group | Cases | Rows |\n| --- | ---: | ---: |\n| under 30 \\| any | 3 | 10 |\n| older | 5 | 12 |';
    expect(readme).toContain(`### Shares by Group\n\n${text}`);
    const back = fromHub(readme.replace('[More Information Needed]', 'Changed.'));
    expect(back).toMatchObject({ sliceTables: [], fairnessNotes: text });
  });

  it('loses no text of a README that somebody else wrote', () => {
    const card = fromHub(
      '---\nlicense: mit\n---\n# My model\n\nIt sorts.\n\n## Uses\n\nFor sorting.\n\n### Direct Use\n\nSort mail.\n\n#### In an office\n\nBy clerks.\n\n## Odd heading\n\nOdd text.\n\n## Citation [optional]\n\n[More Information Needed]\n',
    );
    expect(card).toMatchObject({
      licences: [{ identifier: 'mit' }],
      overview: '# My model\n\nIt sorts.',
      moreInformation: 'For sorting.',
      intendedUse: 'Sort mail.\n\n#### In an office\n\nBy clerks.\n\n## Odd heading\n\nOdd text.',
      citations: [],
    });
  });
});
