import { describe, expect, it } from 'vitest';
import { load } from 'js-yaml';
import { manifestsOf } from '../../electron/handoff/manifests';
import type { PacketFacts } from '../../electron/handoff/packetFacts';
import { PacketContent } from '../../shared/handoff/packet';
import {
  NO_PIPELINES,
  secretPlaces,
  type PipelineSettings,
} from '../../shared/handoff/pipelineSettings';
import { schemaProblems } from '../../shared/handoff/manifestSchemas';
import { lintWorkflow } from '../../shared/handoff/workflowLint';
import { PIPELINES } from '../support/handoff';

const versionOf = (version: number) => ({
  versionId: `00000000-0000-4000-8000-00000000000${version}`,
  version,
  snapshotSha256: String(version).repeat(64),
});

function facts(changes: object = {}, settings: PipelineSettings = PIPELINES): PacketFacts {
  const content = PacketContent.parse({
    title: 'Serve version 3',
    purpose: 'rollOut',
    request: 'Better on the new source.',
    subject: versionOf(3),
    live: versionOf(2),
    previous: versionOf(1),
    candidatePercent: 5,
    evidence: [],
    settingsRevision: 1,
    settings,
    cause: { kind: 'person' },
    ...changes,
  });
  const ids = {
    packetId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    modelId: content.subject.versionId,
  };
  const names = { modelName: 'Crédit limit (EU)', number: 4, revision: 1 };
  return { ...ids, ...names, recordSha256: 'ab'.repeat(32), content };
}

/** The text of every manifest by its path. */
function texts(of: PacketFacts): Record<string, string> {
  return Object.fromEntries(manifestsOf(of).map(({ path, text }) => [path, text]));
}

describe('the files of a packet for pipelines', () => {
  it('are all valid, and the same bytes each time', () => {
    const made = manifestsOf(facts());
    expect(made.map(({ path, problems }) => [path, problems])).toEqual([
      ['manifests/github/dispatch.json', []],
      ['manifests/github/workflow.yml', []],
      ['manifests/kubeflow/run.json', []],
      ['manifests/argo/workflow.yaml', []],
      ['manifests/seldon-v1/deployment.yaml', []],
      ['manifests/seldon-v2/models.yaml', []],
      ['manifests/seldon-v2/experiment.yaml', []],
      ['manifests/rollback.json', []],
    ]);
    expect(manifestsOf(facts())).toEqual(made);
  });

  it('split the traffic of a rollout between candidate and live version, and say how to go back', () => {
    const made = texts(facts());
    expect(load(made['manifests/seldon-v1/deployment.yaml']!)).toEqual({
      apiVersion: 'machinelearning.seldon.io/v1',
      kind: 'SeldonDeployment',
      metadata: {
        name: 'churn',
        namespace: 'ml',
        labels: {
          'assay/packet': '7c9e6679-7425-40de-944b-e07fc1f90ae7',
          'assay/packet-number': '4',
        },
      },
      spec: {
        predictors: [95, 5].map((traffic, i) => ({
          name: `v${i + 2}`,
          replicas: 1,
          traffic,
          graph: {
            name: 'classifier',
            implementation: 'SKLEARN_SERVER',
            modelUri: `s3://models/Cr%C3%A9dit%20limit%20(EU)/${i + 2}`,
            children: [],
          },
        })),
      },
    });
    expect(load(made['manifests/seldon-v2/experiment.yaml']!)).toMatchObject({
      spec: {
        default: 'credit-limit-eu-v2',
        candidates: [
          { name: 'credit-limit-eu-v2', weight: 95 },
          { name: 'credit-limit-eu-v3', weight: 5 },
        ],
      },
    });
    expect(JSON.parse(made['manifests/rollback.json']!)).toMatchObject({
      state: 'plan',
      restore: { version: 2 },
      retire: { version: 3 },
    });
  });

  it('keep tenths of a percent as whole weights, and refuse them where only percents go', () => {
    const made = manifestsOf(facts({ candidatePercent: 2.5 }));
    expect(made.filter(({ problems }) => problems.length > 0)).toEqual([
      expect.objectContaining({
        path: 'manifests/seldon-v1/deployment.yaml',
        problems: [
          { where: 'spec.predictors.0.traffic', message: 'takes whole percents only' },
          { where: 'spec.predictors.1.traffic', message: 'takes whole percents only' },
        ],
      }),
    ]);
    expect(made.find(({ path }) => path.endsWith('experiment.yaml'))?.text).toContain(
      'weight: 975',
    );
  });

  it('move no traffic for a training, and are none but the way back where no pipeline is set up', () => {
    const retrain = { purpose: 'retrain', candidatePercent: null, subject: versionOf(2) };
    expect(Object.keys(texts(facts(retrain)))).toEqual([
      'manifests/github/dispatch.json',
      'manifests/github/workflow.yml',
      'manifests/kubeflow/run.json',
      'manifests/argo/workflow.yaml',
      'manifests/rollback.json',
    ]);
    expect(Object.keys(texts(facts(retrain, NO_PIPELINES)))).toEqual(['manifests/rollback.json']);
    expect(manifestsOf(facts({ ...retrain, previous: null }, NO_PIPELINES))).toEqual([]);
  });

  it('send everything below one property, and hand values to commands through the environment', () => {
    const made = texts(facts());
    expect(JSON.parse(made['manifests/github/dispatch.json']!)).toEqual({
      event_type: 'retrain',
      client_payload: {
        assay: {
          packet_id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
          packet_sha256: 'ab'.repeat(32),
          purpose: 'rollOut',
          model: 'Crédit limit (EU)',
          version: '3',
          window_days: '90',
        },
      },
    });
    const workflow = made['manifests/github/workflow.yml']!;
    expect(workflow).toContain('uses: actions/checkout@v4');
    expect(workflow).toContain('uses: actions/setup-python@v5');
    expect(workflow).toContain(
      'ASSAY_WINDOW_DAYS: ${{ github.event.client_payload.assay.window_days }}',
    );
    expect(workflow).not.toMatch(/run: .*\$\{\{/);
  });
});

describe('the schemas', () => {
  it.each([
    [
      'a dispatch with eleven properties',
      'repositoryDispatch',
      'client_payload',
      {
        event_type: 'x',
        client_payload: Object.fromEntries(Array.from({ length: 11 }, (_none, i) => [`p${i}`, i])),
      },
    ],
    [
      'a run without its pipeline',
      'kubeflowRun',
      'pipeline_version_reference',
      {
        display_name: 'x',
        description: 'x',
        runtime_config: { parameters: {} },
      },
    ],
    [
      'an experiment whose default is nobody',
      'seldonExperiment',
      '',
      {
        apiVersion: 'mlops.seldon.io/v1alpha1',
        kind: 'Experiment',
        metadata: { name: 'x', namespace: 'x', labels: {} },
        spec: { default: 'c', resourceType: 'model', candidates: [{ name: 'a', weight: 1 }] },
      },
    ],
  ] as const)('refuse %s, and say where', (_what, kind, where, document) => {
    expect(schemaProblems(kind, document).map((problem) => problem.where)).toEqual([where]);
  });
});

describe('the lint of workflows', () => {
  it('finds stale actions, an old Python and a commit in place of a version', () => {
    const steps = [
      { uses: 'actions/checkout@v2' },
      { uses: 'actions/setup-python@v2', with: { 'python-version': '3.9' } },
      { run: 'mlflow models serve -m models:/churn/${{ github.sha }}' },
    ];
    expect(lintWorkflow({ jobs: { train: { steps } } })).toEqual([
      {
        where: 'jobs.train.steps.0.uses',
        message: 'actions/checkout@v2 is stale: use actions/checkout@v4',
      },
      {
        where: 'jobs.train.steps.1.uses',
        message: 'actions/setup-python@v2 is stale: use actions/setup-python@v5',
      },
      {
        where: 'jobs.train.steps.1.with.python-version',
        message: 'Python 3.9 is stale: use 3.10 or newer',
      },
      {
        where: 'jobs.train.steps.2.run',
        message: 'a commit stands where MLflow wants the number of a version: models:/NAME/NUMBER',
      },
    ]);
  });

  it('finds nothing in what is current', () => {
    const steps = [
      { uses: 'actions/checkout@v4' },
      { run: 'mlflow models serve -m models:/churn/3' },
    ];
    expect(lintWorkflow({ jobs: { train: { steps } } })).toEqual([]);
  });
});

describe('the look for secrets', () => {
  it.each([
    `ghp_${'aB3dE5gH7j'.repeat(4)}`,
    'postgres://ada:hunter2@db/x',
    'python train.py --token=abcd1234',
    'AKIAIOSFODNN7EXAMPLE',
    'q8Zr2LkP0vXw7TnB5yHc9DfJ3sMgA1eU',
  ])('finds %s', (value) => {
    const parameters = [{ name: 'window', value }];
    expect(secretPlaces({ ...NO_PIPELINES, parameters })).toEqual(['parameters.0.value']);
  });

  it('lets names, addresses, digests and references to secrets be', () => {
    const values = [
      's3://models/credit-limit-scorecards-production',
      'ab12'.repeat(16),
      'token: ${{ secrets.X }}',
    ];
    const parameters = values.map((value, i) => ({ name: `p${i}`, value }));
    expect(secretPlaces({ ...PIPELINES, parameters })).toEqual([]);
  });
});
