import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { KubernetesName } from './pipelineSettings';

const Text = z.string().min(1).max(2000);
const Labels = z.record(z.string().max(253), z.string().max(63));
const Quantity = z.string().regex(/^[1-9]\d{0,5}(?:Ki|Mi|Gi)$/);

/**
 * The body of `POST /repos/{owner}/{repo}/dispatches`.
 *
 * @source GitHub REST API 2022-11-28, "Create a repository dispatch event": at most 100 characters and at
 *   most ten properties at the top of `client_payload`
 */
const RepositoryDispatch = z.strictObject({
  event_type: z.string().min(1).max(100),
  client_payload: z
    .record(z.string(), z.unknown())
    .refine((payload) => Object.keys(payload).length <= 10, 'more than ten properties at the top'),
});

const Step = z
  .strictObject({
    name: Text.optional(),
    uses: z
      .string()
      .regex(/^[^@\s]+@[^@\s]+$/)
      .optional(),
    with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    run: Text.optional(),
    env: z.record(z.string(), z.string()).optional(),
  })
  .refine(({ uses, run }) => (uses === undefined) !== (run === undefined), 'either uses or run');

/** The parts of a workflow that Assay writes. @source GitHub Actions, "Workflow syntax" */
const Workflow = z.strictObject({
  name: Text,
  on: z.strictObject({ repository_dispatch: z.strictObject({ types: z.array(Text).min(1) }) }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  jobs: z.record(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/),
    z.strictObject({
      'runs-on': Text,
      'timeout-minutes': z.number().int().positive(),
      steps: z.array(Step).min(1),
    }),
  ),
});

/**
 * The body of `POST /apis/v2beta1/runs`.
 *
 * @source Kubeflow Pipelines, `backend/api/v2beta1/run.proto`, messages Run, PipelineVersionReference and
 *   RuntimeConfig
 */
const KubeflowRun = z.strictObject({
  display_name: Text,
  description: Text,
  experiment_id: Text.optional(),
  pipeline_version_reference: z.strictObject({ pipeline_id: Text, pipeline_version_id: Text }),
  runtime_config: z.strictObject({
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    pipeline_root: Text.optional(),
  }),
  service_account: KubernetesName.optional(),
});

/** @source Argo Workflows, `api/jsonschema/schema.json`, Workflow, WorkflowSpec and Arguments */
const ArgoWorkflow = z.strictObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('Workflow'),
  metadata: z.strictObject({
    generateName: z.string().regex(/^[a-z0-9](?:[a-z0-9-]*)-$/),
    namespace: KubernetesName,
    labels: Labels,
  }),
  spec: z.strictObject({
    workflowTemplateRef: z.strictObject({ name: KubernetesName }),
    arguments: z.strictObject({
      parameters: z.array(z.strictObject({ name: Text, value: z.string() })),
    }),
  }),
});

/** @source Seldon Core 1, CRD `seldondeployments.machinelearning.seldon.io` v1 */
const SeldonDeployment = z.strictObject({
  apiVersion: z.literal('machinelearning.seldon.io/v1'),
  kind: z.literal('SeldonDeployment'),
  metadata: z.strictObject({ name: KubernetesName, namespace: KubernetesName, labels: Labels }),
  spec: z.strictObject({
    predictors: z
      .array(
        z.strictObject({
          name: KubernetesName,
          replicas: z.number().int().positive(),
          traffic: z.number().int('takes whole percents only').min(0).max(100),
          graph: z.strictObject({
            name: KubernetesName,
            implementation: z.enum(['SKLEARN_SERVER', 'XGBOOST_SERVER', 'MLFLOW_SERVER']),
            modelUri: Text,
            children: z.array(z.never()),
          }),
        }),
      )
      .min(1)
      .refine(
        (predictors) => predictors.reduce((sum, { traffic }) => sum + traffic, 0) === 100,
        'the traffic does not sum to 100',
      ),
  }),
});

/** @source Seldon Core 2, CRD `models.mlops.seldon.io` v1alpha1 */
const SeldonModel = z.strictObject({
  apiVersion: z.literal('mlops.seldon.io/v1alpha1'),
  kind: z.literal('Model'),
  metadata: z.strictObject({ name: KubernetesName, namespace: KubernetesName, labels: Labels }),
  spec: z.strictObject({
    storageUri: Text,
    requirements: z.array(Text),
    memory: Quantity,
  }),
});

/** @source Seldon Core 2, CRD `experiments.mlops.seldon.io` v1alpha1: weights are 32-bit integers */
const SeldonExperiment = z
  .strictObject({
    apiVersion: z.literal('mlops.seldon.io/v1alpha1'),
    kind: z.literal('Experiment'),
    metadata: z.strictObject({ name: KubernetesName, namespace: KubernetesName, labels: Labels }),
    spec: z.strictObject({
      default: KubernetesName,
      resourceType: z.literal('model'),
      candidates: z
        .array(
          z.strictObject({
            name: KubernetesName,
            weight: z
              .number()
              .int()
              .min(0)
              .max(2 ** 31 - 1),
          }),
        )
        .min(1),
    }),
  })
  .refine(
    ({ spec }) => spec.candidates.some(({ name }) => name === spec.default),
    'the default is not one of the candidates',
  );

const StatedVersion = z.strictObject({
  versionId: z.uuid(),
  version: z.number().int().positive(),
  snapshotSha256: Sha256Hex,
});

/** What a serving pipeline reads to go back to a version: Assay's own form, also of files in the outbox. */
export const RollbackManifest = z.strictObject({
  schema: z.literal('tag:assay,2026:rollback/v1'),
  /** `plan`: how to go back if it must be; `done`: the registry has gone back. */
  state: z.enum(['plan', 'done']),
  modelId: z.uuid(),
  modelName: Text,
  /** The version that serves afterwards. */
  restore: StatedVersion,
  /** The version that serves no more; null where none was live. */
  retire: StatedVersion.nullable(),
  /** Null in a plan. */
  decision: z
    .strictObject({
      atUtc: z.iso.datetime(),
      reason: Text,
      by: Text,
      /** Number of the step in the registry's history. */
      stageChange: z.number().int().positive(),
      /** The signed policy that did it; null for a person. */
      policy: z
        .strictObject({
          kind: z.enum(['performance', 'canary']),
          revision: z.number().int().positive(),
          approvedBy: z.array(Text).min(1),
        })
        .nullable(),
    })
    .nullable(),
});
export type RollbackManifest = z.infer<typeof RollbackManifest>;

/** Every kind of manifest with what it must look like. */
const MANIFEST_SCHEMAS = {
  repositoryDispatch: RepositoryDispatch,
  githubWorkflow: Workflow,
  kubeflowRun: KubeflowRun,
  argoWorkflow: ArgoWorkflow,
  seldonDeployment: SeldonDeployment,
  seldonModel: SeldonModel,
  seldonExperiment: SeldonExperiment,
  rollback: RollbackManifest,
} as const;
export type ManifestKind = keyof typeof MANIFEST_SCHEMAS;

/** Something that is wrong with a manifest, and where. */
export interface ManifestProblem {
  /** Place in the file, e.g. `spec.predictors.0.traffic`; empty for the file as a whole. */
  readonly where: string;
  readonly message: string;
}

/** What a manifest breaks of its schema; empty when it is valid. */
export function schemaProblems(kind: ManifestKind, document: unknown): ManifestProblem[] {
  const checked = MANIFEST_SCHEMAS[kind].safeParse(document);
  if (checked.success) return [];
  return checked.error.issues.map(({ path, message }) => ({ where: path.join('.'), message }));
}
