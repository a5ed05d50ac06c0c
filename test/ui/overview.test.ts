import { describe, expect, it } from 'vitest';
import { nextSteps, overviewSentence } from '../../renderer/app/overviewWords';
import { featurePath } from '../../renderer/ui/featurePath';
import { featureNameOf } from '../../renderer/app/featureName';
import { Model } from '../../shared/registry/model';

const MODEL = Model.parse({
  id: '5b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d',
  name: 'Term deposit',
  purpose: 'Estimates who subscribes.',
  owner: 'Retail',
  intendedUse: '',
  riskClass: null,
  tags: [],
  revision: 0,
  liveVersion: null,
  createdAtUtc: '2026-01-02T03:04:05.000Z',
  createdBy: '6c1f0b63-7b5a-4d64-8e8d-1f2a3b4c5d6e',
  nVersions: 0,
  nBatches: 0,
  nOpenAlerts: 0,
  lastBatchAtUtc: null,
});

describe('overviewSentence', () => {
  it('says what there is before any batch', () => {
    expect(overviewSentence({ nModels: 1, latest: null, lastReports: new Map() }, [])).toBe(
      '1 model, no open alert. No live batch was compared yet.',
    );
  });
});

describe('nextSteps', () => {
  it('leads from version to monitoring to evidence', () => {
    const first = nextSteps({ nMonitored: 0, unfinished: [MODEL] }, []);
    expect(first.map(({ title }) => title)).toEqual(['Register a version of Term deposit']);
    const versioned = { ...MODEL, nVersions: 1 };
    expect(nextSteps({ nMonitored: 0, unfinished: [versioned] }, [])).toMatchObject([
      { title: 'Start to monitor Term deposit', monitoringOf: MODEL.id },
    ]);
    const monitored = nextSteps({ nMonitored: 1, unfinished: [] }, []);
    expect(monitored.map(({ path }) => path)).toEqual(['/monitoring', '/audit']);
  });

  it('never gives more than can be taken in', () => {
    const unfinished = Array.from({ length: 20 }, () => MODEL);
    expect(nextSteps({ nMonitored: 1, unfinished }, [])).toHaveLength(4);
  });
});

describe('featurePath', () => {
  it('carries any name through the address', () => {
    for (const name of ['age', 'a/b', '100%', 'a%2Fb', '?#&', 'Größe 客户 🙂', '~ . ..']) {
      expect(featureNameOf(featurePath('r', name))).toBe(name);
    }
  });
});
