import { describe, expect, it } from 'vitest';
import type { FlowFeature } from '../../shared/dataflow/flowFacts';
import { FINDING_RULES } from '../../shared/dataflow/findings';
import type { FlowMap } from '../../shared/dataflow/flowMap';
import { elementId, feature, found, node, soundMap } from '../support/flowMap';

interface RuleCase {
  readonly rule: string;
  /** A map that does not meet it, and what is said then. */
  readonly against: FlowMap;
  readonly says: string;
  /** The next map to it that does. */
  readonly inFavour: FlowMap;
  readonly features?: readonly FlowFeature[];
  readonly otherFeatures?: readonly FlowFeature[];
}

const USA = node(3, 'recipient', { name: 'Cloud', country: 'US' });
const HOST = node(3, 'processor', { name: 'Host' });
const CONTRACT = { reference: 'DMS 12', expiresOn: '2026-01-02' };
const CLAUSES = { mechanism: 'standardClauses', document: 'DMS 7', expiresOn: null } as const;
const FEATURE = feature(20, { name: 'age', modelNames: ['Churn'] });
const linked = { featureIds: [FEATURE.id] };
const share = { modelName: 'Churn', nCases: 400 };

const CASES: readonly RuleCase[] = [
  {
    rule: 'specialConditionMissing',
    against: soundMap({ sensitivity: 'special' }),
    says: '"flow 9" carries a special category, and no condition of Art. 9(2) is named.',
    inFavour: soundMap({ sensitivity: 'special', specialCondition: 'healthCare' }),
  },
  {
    rule: 'specialConditionMissing',
    against: soundMap(linked),
    says: '"flow 9" carries a special category (age), and no condition of Art. 9(2) is named.',
    inFavour: soundMap({ ...linked, specialCondition: 'research' }),
    features: [{ ...FEATURE, sensitivity: 'special' }],
  },
  {
    rule: 'criminalWithoutLaw',
    against: soundMap({ sensitivity: 'criminal' }),
    says: '"flow 9" carries data on convictions or offences without a basis in law.',
    inFavour: soundMap({ sensitivity: 'criminal', lawfulBasis: 'legalObligation' }),
  },
  {
    rule: 'lawfulBasisMissing',
    against: soundMap({ lawfulBasis: null }),
    says: '"flow 9" rests on no lawful basis.',
    inFavour: soundMap({ lawfulBasis: null, onBehalfOf: 'Insurer' }),
  },
  {
    rule: 'purposeMissing',
    against: soundMap({ purpose: '' }),
    says: 'Nobody has said what "flow 9" is good for.',
    inFavour: soundMap({ purpose: '', sensitivity: 'none' }),
  },
  {
    rule: 'transferMissing',
    against: soundMap({}, USA),
    says: '"flow 9" goes to United States without a transfer mechanism.',
    inFavour: soundMap({ transfer: CLAUSES }, USA),
  },
  {
    rule: 'transferUndocumented',
    against: soundMap({ transfer: { ...CLAUSES, document: '' } }, USA),
    says: '"flow 9" rests on: Standard clauses of the Commission, Art. 46(2)(c). Nobody has said where the safeguards can be found.',
    inFavour: soundMap({ transfer: { ...CLAUSES, mechanism: 'adequacy', document: '' } }, USA),
  },
  {
    rule: 'transferExpired',
    against: soundMap({ transfer: { ...CLAUSES, expiresOn: '2026-01-01' } }, USA),
    says: 'The transfer mechanism of "flow 9" ended on 2026-01-01.',
    inFavour: soundMap({ transfer: { ...CLAUSES, expiresOn: '2026-01-02' } }, USA),
  },
  {
    rule: 'adequacyUnknown',
    against: soundMap(
      { transfer: { ...CLAUSES, mechanism: 'adequacy' } },
      { ...USA, country: 'IN' },
    ),
    says: '"flow 9" rests on an adequacy decision for India, which this build does not know.',
    inFavour: soundMap(
      { transfer: { ...CLAUSES, mechanism: 'adequacy' } },
      { ...USA, country: 'CH' },
    ),
  },
  {
    rule: 'placeMissing',
    against: soundMap({}, { ...USA, country: null }),
    says: '"Cloud" gets data about people in a country that nobody has named.',
    inFavour: {
      ...soundMap({}, { ...USA, country: null, boundaryId: elementId(30) }),
      boundaries: [
        {
          id: elementId(30),
          kind: 'country',
          name: 'France',
          country: 'FR',
          x: 0,
          y: 0,
          width: 100,
          height: 100,
        },
      ],
    },
  },
  {
    rule: 'processorWithoutContract',
    against: soundMap({}, HOST),
    says: '"Host" processes data about people, and no contract is named.',
    inFavour: soundMap({}, { ...HOST, contract: CONTRACT }),
  },
  {
    rule: 'contractExpired',
    against: soundMap({}, { ...HOST, contract: { ...CONTRACT, expiresOn: '2025-12-31' } }),
    says: 'The contract with "Host" ended on 2025-12-31.',
    inFavour: soundMap({}, { ...HOST, contract: CONTRACT }),
  },
  {
    rule: 'consentRecordMissing',
    against: soundMap({ lawfulBasis: 'consent' }),
    says: '"flow 9" rests on consent, and nobody has said where consents are recorded.',
    inFavour: soundMap({ lawfulBasis: 'consent', consentRecord: 'Consent ledger' }),
  },
  {
    rule: 'consentNotAsked',
    against: soundMap(linked),
    says: '"age" is used only with consent, and "flow 9" rests on another basis.',
    inFavour: soundMap({ ...linked, lawfulBasis: 'consent', consentRecord: 'Ledger' }),
    features: [{ ...FEATURE, consentRule: 'consent' }],
  },
  {
    rule: 'purposeNotCovered',
    against: soundMap(linked),
    says: '"flow 9" uses "age" for "Marketing"; the catalogue names: Fraud, Billing.',
    inFavour: soundMap({ ...linked, purpose: 'fraud' }),
    features: [{ ...FEATURE, purposes: ['Fraud', 'Billing'] }],
  },
  {
    rule: 'retentionMissing',
    against: soundMap({ retentionDays: null }),
    says: 'Nobody has said how long "system 2" keeps the data of "flow 9".',
    inFavour: soundMap({ retentionDays: 1 }),
  },
  {
    rule: 'featureNotOnMap',
    against: soundMap(),
    says: '"age" is taken in by Churn, and no flow carries it.',
    inFavour: soundMap(linked),
    features: [FEATURE],
  },
  {
    rule: 'featureNotOnMap',
    against: soundMap(),
    says: '"age" is taken in by Churn, and no flow carries it.',
    inFavour: soundMap(),
    features: [FEATURE],
    otherFeatures: [{ ...FEATURE, sensitivity: 'none' }],
  },
  {
    rule: 'needlessFeature',
    against: soundMap(linked),
    says: '"age" on "flow 9" hardly moves a prediction: 0.2 % of the importance in Churn (n = 400).',
    inFavour: soundMap(linked),
    features: [{ ...FEATURE, importances: [{ ...share, share: 0.002, shareHigh: 0.0099 }] }],
    // The interval reaches the limit: it cannot be told to be needless.
    otherFeatures: [{ ...FEATURE, importances: [{ ...share, share: 0.002, shareHigh: 0.01 }] }],
  },
  {
    rule: 'featureNotAssessed',
    against: soundMap(linked),
    says: 'Nobody has said what "age" on "flow 9" says about people.',
    inFavour: soundMap(linked),
    features: [{ ...FEATURE, sensitivity: 'notAssessed' }],
    otherFeatures: [FEATURE],
  },
  {
    rule: 'measuresMissing',
    against: soundMap({ securityMeasures: [] }),
    says: 'No measure is named that protects "flow 9".',
    inFavour: soundMap({ securityMeasures: ['Access by role'] }),
  },
];

describe('a rule about the map', () => {
  it.each(CASES.map((one) => [one.rule, one.says, one] as const))(
    '%s finds: %s',
    (rule, says, { against, inFavour, features = [], otherFeatures = features }) => {
      expect(found(against, features)).toEqual([[rule, says]]);
      expect(found(inFavour, otherFeatures)).toEqual([]);
    },
  );

  it('has a case here and an identifier of its own', () => {
    const ids = FINDING_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(CASES.map(({ rule }) => rule))).toEqual(new Set(ids));
  });
});

describe('an accepted finding', () => {
  const map = soundMap({ securityMeasures: [] });
  const accepted = {
    findingKey: `measuresMissing:${elementId(9)}`,
    findingText: 'No measure is named that protects "flow 9".',
    reason: 'Test data',
    expiresOn: '2026-01-02',
    acceptedAtUtc: '2026-01-01T00:00:00.000Z',
    acceptedBy: 'Ada',
  };

  it('stands until its last day has passed', () => {
    expect(found(map, [], [accepted], '2026-01-02')).toEqual([]);
    expect(found(map, [], [accepted], '2026-01-03')).toHaveLength(1);
  });

  it('is open again as soon as it says something else', () => {
    const renamed = soundMap({ securityMeasures: [], name: 'other' });
    expect(found(renamed, [], [accepted])).toEqual([
      ['measuresMissing', 'No measure is named that protects "other".'],
    ]);
  });

  it('follows the newest decision', () => {
    const later = {
      ...accepted,
      acceptedAtUtc: '2026-01-01T00:00:01.000Z',
      expiresOn: '2025-12-31',
    };
    expect(found(map, [], [later, accepted])).toHaveLength(1);
  });
});

it('leaves alone what somebody said is not about people', () => {
  const map = soundMap(
    {
      sensitivity: 'none',
      purpose: '',
      lawfulBasis: null,
      retentionDays: null,
      securityMeasures: [],
    },
    { ...HOST, country: null },
  );
  expect(found(map)).toEqual([]);
});
