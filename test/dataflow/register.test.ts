import { describe, expect, it } from 'vitest';
import { toCsv } from '../../shared/base/csvText';
import { EMPTY_MAP, type FlowMap } from '../../shared/dataflow/flowMap';
import { registerOf } from '../../shared/dataflow/register';
import { countMissing, registerTable } from '../../shared/dataflow/registerText';
import {
  CLIENTS,
  CRM,
  elementId,
  feature,
  lookAt,
  node,
  soundFlow,
  soundMap,
} from '../support/flowMap';

const CLOUD = node(3, 'processor', { name: 'Cloud', country: 'US' });
const DIAGNOSIS = feature(20, { name: 'diagnosis', sensitivity: 'special' });

function twoFlows(): FlowMap {
  const map = soundMap();
  return {
    ...map,
    nodes: [...map.nodes, CLOUD],
    flows: [
      ...map.flows,
      soundFlow(10, CRM, CLOUD, {
        purpose: ' marketing ',
        dataCategories: ['Contact data', 'Orders'],
        featureIds: [DIAGNOSIS.id],
        specialCondition: 'explicitConsent',
        recipients: ['Advertisers'],
        retentionDays: null,
        transfer: { mechanism: 'standardClauses', document: '', expiresOn: '2027-01-01' },
      }),
      soundFlow(11, CLOUD, CRM, { onBehalfOf: 'Insurer', purpose: 'Hosting' }),
      soundFlow(12, CLIENTS, CRM, { sensitivity: 'none', purpose: 'Weather' }),
    ],
  };
}

describe('the register', () => {
  it('puts flows with the same purpose into one activity, with every field of Art. 30(1)', () => {
    expect(registerOf(lookAt(twoFlows(), [DIAGNOSIS])).asController).toEqual([
      {
        purpose: 'Marketing',
        flowIds: [elementId(9), elementId(10)],
        flows: ['flow 9', 'flow 10'],
        lawfulBases: ['legitimateInterests'],
        specialConditions: ['explicitConsent'],
        subjectCategories: ['subjects 1', 'Clients'],
        dataCategories: ['Contact data', 'Orders'],
        features: ['diagnosis'],
        sensitivities: ['personal', 'special'],
        systems: ['system 2'],
        processors: ['Cloud'],
        recipients: ['Advertisers'],
        transfers: [
          {
            country: 'US',
            to: 'Cloud',
            mechanism: 'standardClauses',
            document: '',
            expiresOn: '2027-01-01',
          },
        ],
        retention: [
          { at: 'system 2', days: 730 },
          { at: 'Cloud', days: null },
        ],
        securityMeasures: ['Encryption at rest'],
        missing: [
          'documented safeguards of the transfer to Cloud (Art. 30(1)(e))',
          'time limit for erasure at Cloud (Art. 30(1)(f))',
        ],
      },
    ]);
  });

  it('keeps what is done for another controller apart, and names what Art. 30(2) misses', () => {
    const { asProcessor } = registerOf(lookAt(twoFlows()));
    expect(asProcessor).toMatchObject([
      {
        controller: { name: 'Insurer', contact: '' },
        missing: ['contact of the controller (Art. 30(2)(a))'],
        entries: [{ purpose: 'Hosting', missing: [] }],
      },
    ]);
  });

  it('names every field that an empty map does not give', () => {
    const register = registerOf(lookAt(EMPTY_MAP));
    expect(register.missing).toEqual([
      'name of the organisation (Art. 30(1)(a))',
      'contact of the organisation (Art. 30(1)(a))',
    ]);
    const bare = {
      ...soundMap({
        purpose: '',
        subjectCategories: [],
        dataCategories: [],
        retentionDays: null,
        securityMeasures: [],
      }),
      nodes: [{ ...CLIENTS, kind: 'system' as const }, CRM],
    };
    const [entry] = registerOf(lookAt(bare)).asController;
    expect(entry?.missing).toEqual([
      'purpose (Art. 30(1)(b))',
      'categories of data subjects (Art. 30(1)(c))',
      'categories of data (Art. 30(1)(c))',
      'time limit for erasure at system 2 (Art. 30(1)(f))',
      'security measures (Art. 30(1)(g))',
    ]);
    expect(countMissing(registerOf(lookAt(bare)))).toBe(5);
    expect(countMissing(registerOf(lookAt(soundMap())))).toBe(0);
  });

  it('is a table of one activity a row, which no spreadsheet takes for a formula', () => {
    const table = registerTable(registerOf(lookAt(soundMap({ purpose: '=1+1' }))));
    expect(table.header.slice(0, 3)).toEqual(['Record', 'Controller', 'Purpose']);
    expect(table.rows.map((row) => row.slice(0, 3))).toEqual([['Art. 30(1)', 'Bank', '=1+1']]);
    expect(toCsv(table).split('\r\n')[1]).toContain(`,'=1+1,`);
  });
});
