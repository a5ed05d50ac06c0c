import { describe, expect, it } from 'vitest';
import { StageId } from '../../shared/base/ids';
import type { ImportCandidate, InspectedStore } from '../../shared/registry/importChannels';
import {
  candidateWords,
  filterCandidates,
  filterItems,
  labelsThere,
  storeSentence,
} from '../../renderer/registry/importWords';

const CANDIDATE: ImportCandidate = {
  key: 'version:churn/1',
  modelName: 'Churn',
  isNewModel: true,
  version: '1',
  runId: 'abc',
  stage: 'Production',
  aliases: ['champion'],
  nParameters: 1,
  nMetrics: 2,
  nColumns: 0,
  nArtefacts: 2,
  artefactBytes: 1500,
  state: 'new',
  changes: [],
  knownVersion: null,
  isSuggested: true,
};
const CHANGED: ImportCandidate = {
  ...CANDIDATE,
  key: 'b',
  state: 'changed',
  knownVersion: 3,
  changes: ['metric auc: 0.8 → 0.9', 'description changed'],
};
const RUN: ImportCandidate = {
  ...CANDIDATE,
  key: 'c',
  version: null,
  state: 'known',
  knownVersion: 4,
};

const STORE: InspectedStore = {
  stageId: StageId.parse('11111111-1111-4111-8111-111111111111'),
  sourceName: 'mlflow.db',
  kind: 'database',
  sourceSha256: '0'.repeat(64),
  nFilesRead: 1,
  nExperiments: 2,
  nRuns: 12_000,
  nDeleted: 3,
  candidates: [CANDIDATE, CHANGED, RUN],
  broken: [],
  nBroken: 0,
};

describe('the import page in words', () => {
  it('says what was found from its figures', () => {
    expect(storeSentence(STORE)).toBe(
      'mlflow.db is an MLflow database with 12,000 runs: 2 registered versions (1 new here, 1 changed, 0 known), and 1 run that no registered version names. 3 deleted there and left out. Everything could be read.',
    );
    expect(storeSentence({ ...STORE, nDeleted: 0, nBroken: 1, candidates: [] })).toBe(
      'mlflow.db is an MLflow database with 12,000 runs: no registered version, and 0 runs that no registered version names. 1 part could not be taken over as it is; it is listed below.',
    );
  });

  it('says of each candidate what it brings or how it differs', () => {
    expect(candidateWords(CANDIDATE)).toBe('1 parameter, 2 metrics, 2 files (1.5 kB)');
    expect(candidateWords(CHANGED)).toBe(
      'Since version 3 here: metric auc: 0.8 → 0.9; description changed',
    );
    expect(candidateWords(RUN)).toBe('Same content as version 4 here');
    expect(labelsThere(CANDIDATE)).toBe('Production, @champion');
    expect(labelsThere({ ...CANDIDATE, stage: 'None', aliases: [] })).toBe('');
  });

  it('filters by state and by what was never registered, and counts each', () => {
    const { candidates } = STORE;
    expect(filterCandidates(candidates, 'runs')).toEqual([RUN]);
    expect(filterCandidates(candidates, 'changed')).toEqual([CHANGED]);
    expect(filterItems(candidates).map(({ label }) => label)).toEqual([
      'All 3',
      'New 1',
      'Changed 1',
      'Known 1',
      'Unregistered runs 1',
    ]);
  });
});
