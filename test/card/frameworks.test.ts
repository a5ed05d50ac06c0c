import { describe, expect, it } from 'vitest';
import { CardContent, emptyCard } from '../../shared/card/cardContent';
import { CARD_FIELDS } from '../../shared/card/cardFields';
import { completenessOf, FRAMEWORKS, ownCompleteness } from '../../shared/card/frameworks';

function framework(key: string) {
  return FRAMEWORKS.find((one) => one.key === key)!;
}

describe('the fields of a card', () => {
  it('are all of its content but what imports carry along, each once', () => {
    const keys = Object.keys(CardContent.shape).filter((key) => key !== 'carried');
    expect(CARD_FIELDS.map(({ key }) => key).sort()).toEqual(keys.sort());
  });
});

describe('completeness', () => {
  it('of an empty card is nothing, with every point and its fields missing', () => {
    for (const one of FRAMEWORKS) {
      const { nMet, nPoints, missing } = completenessOf(emptyCard(), one);
      expect([nMet, missing.length]).toEqual([0, nPoints]);
    }
    expect(completenessOf(emptyCard(), framework('annexIv')).missing[3]).toEqual({
      name: '4 Appropriateness of the metrics',
      fields: ['metricChoice'],
    });
  });

  it('asks for every field of a point, and for datasets of the right role', () => {
    const dataset = {
      name: 'd',
      description: '',
      link: '',
      digest: '',
      sensitive: [],
      carried: '',
    };
    const card = { ...emptyCard(), evaluationProcedure: 'Held out rows', intendedUse: ' ' };
    const testing = (role: 'training' | 'evaluation') =>
      completenessOf(
        { ...card, datasets: [{ ...dataset, role }] },
        framework('huggingFace'),
      ).missing.map(({ name }) => name);
    expect(testing('training')).toContain('Testing Data, Factors & Metrics');
    expect(testing('training')).not.toContain('Training Data');
    expect(testing('evaluation')).not.toContain('Testing Data, Factors & Metrics');
    // Blank text is nothing said.
    expect(testing('evaluation')).toContain('Direct Use');
    expect(ownCompleteness(card)).toMatchObject({ nMet: 1, nPoints: CARD_FIELDS.length });
  });
});
