import { z } from 'zod';
import { UtcInstant } from '../base/time';
import { looksSecret } from './secretLook';

const Line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]+$/u);
/** A name as Kubernetes takes it (RFC 1123 label). */
export const KubernetesName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);
/** May hold `{model}`, `{version}` and `{snapshotSha256}`. */
const UriTemplate = Line(500).regex(/^[a-z][a-z0-9+.-]*:/i);

/** What a pipeline is given beside what it is asked to do; never a secret. */
const Parameter = z.strictObject({
  name: z
    .string()
    .max(60)
    .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/),
  value: z.string().max(500),
});

/**
 * Where a model's pipelines are and what they are called; each part is null while it is not used.
 *
 * Names and addresses only: whoever runs the pipeline brings the credentials.
 */
export const PipelineSettings = z.strictObject({
  github: z
    .strictObject({
      eventType: Line(100),
      pythonVersion: z.string().regex(/^3\.\d{1,2}$/),
      /** Shell commands of the job, in their order. */
      commands: z.array(Line(500)).min(1).max(20).readonly(),
    })
    .nullable(),
  kubeflow: z
    .strictObject({
      pipelineId: Line(100),
      pipelineVersionId: Line(100),
      experimentId: Line(100).nullable(),
      pipelineRoot: UriTemplate.nullable(),
      serviceAccount: KubernetesName.nullable(),
    })
    .nullable(),
  argo: z.strictObject({ namespace: KubernetesName, workflowTemplate: KubernetesName }).nullable(),
  seldon: z
    .strictObject({
      namespace: KubernetesName,
      deployment: KubernetesName,
      implementation: z.enum(['SKLEARN_SERVER', 'XGBOOST_SERVER', 'MLFLOW_SERVER']),
      modelUri: UriTemplate,
      requirements: z.array(Line(60)).max(10).readonly(),
      memory: z.string().regex(/^[1-9]\d{0,5}(?:Ki|Mi|Gi)$/),
    })
    .nullable(),
  parameters: z.array(Parameter).max(30).readonly(),
});
export type PipelineSettings = z.infer<typeof PipelineSettings>;

export const NO_PIPELINES: PipelineSettings = {
  github: null,
  kubeflow: null,
  argo: null,
  seldon: null,
  parameters: [],
};

export const PipelineSettingsRevision = z.strictObject({
  /** 0 until somebody sets them. */
  revision: z.number().int().nonnegative(),
  policy: PipelineSettings,
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
});
export type PipelineSettingsRevision = z.infer<typeof PipelineSettingsRevision>;

/** Every text of the settings by the place where it stands, e.g. `github.commands.0`. */
function textsOf(value: unknown, place: readonly string[] = []): [string, string][] {
  if (typeof value === 'string') return [[place.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, [...place, key]));
}

/**
 * The places of the settings where something looks like a password or token.
 *
 * @returns places such as `parameters.0.value`; empty when nothing does
 */
export function secretPlaces(settings: PipelineSettings): string[] {
  return textsOf(settings).flatMap(([place, text]) => (looksSecret(text) ? [place] : []));
}
