import type { PipelineSettings } from '../../shared/handoff/pipelineSettings';

export type PartKey = Exclude<keyof PipelineSettings, 'parameters'>;

interface Field {
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  /** Several lines, each an item. */
  readonly isList?: boolean;
  readonly isOptional?: boolean;
  readonly choices?: readonly string[];
  readonly initial?: string;
}

export interface PipelinePart {
  readonly key: PartKey;
  readonly label: string;
  readonly fields: readonly Field[];
}

/** The parts of the settings as a form: one list, so that the form and its reading cannot differ. */
export const PIPELINE_PARTS: readonly PipelinePart[] = [
  {
    key: 'github',
    label: 'GitHub Actions',
    fields: [
      { key: 'eventType', label: 'Event type', initial: 'assay-handoff' },
      { key: 'pythonVersion', label: 'Python', initial: '3.12' },
      {
        key: 'commands',
        label: 'Commands, one a line',
        description: 'They read the packet from variables such as ASSAY_PACKET_ID.',
        isList: true,
        initial: 'python train.py',
      },
    ],
  },
  {
    key: 'kubeflow',
    label: 'Kubeflow Pipelines',
    fields: [
      { key: 'pipelineId', label: 'Pipeline identifier' },
      { key: 'pipelineVersionId', label: 'Identifier of its version' },
      { key: 'experimentId', label: 'Experiment identifier', isOptional: true },
      { key: 'pipelineRoot', label: 'Pipeline root', isOptional: true },
      { key: 'serviceAccount', label: 'Service account', isOptional: true },
    ],
  },
  {
    key: 'argo',
    label: 'Argo Workflows',
    fields: [
      { key: 'namespace', label: 'Namespace' },
      { key: 'workflowTemplate', label: 'Workflow template' },
    ],
  },
  {
    key: 'seldon',
    label: 'Seldon Core',
    fields: [
      { key: 'namespace', label: 'Namespace' },
      { key: 'deployment', label: 'Deployment' },
      {
        key: 'modelUri',
        label: 'Address of a version',
        description: 'May hold {model}, {version} and {snapshotSha256}.',
        initial: 's3://models/{model}/{version}',
      },
      {
        key: 'implementation',
        label: 'Server (Seldon Core 1)',
        choices: ['SKLEARN_SERVER', 'XGBOOST_SERVER', 'MLFLOW_SERVER'],
        initial: 'SKLEARN_SERVER',
      },
      {
        key: 'requirements',
        label: 'Requirements (Seldon Core 2), one a line',
        isList: true,
        initial: 'sklearn',
      },
      { key: 'memory', label: 'Memory (Seldon Core 2)', initial: '500Mi' },
    ],
  },
];

/** What stands in the form: the text of every field, whether or not its part is used. */
export interface PipelineDraft {
  readonly isUsed: Readonly<Record<PartKey, boolean>>;
  /** By `part.field`. */
  readonly texts: Readonly<Record<string, string>>;
  /** One `name=value` a line. */
  readonly parameters: string;
}

export function draftOf(settings: PipelineSettings): PipelineDraft {
  const texts: Record<string, string> = {};
  for (const { key, fields } of PIPELINE_PARTS) {
    const part: Readonly<Record<string, unknown>> | null = settings[key];
    for (const field of fields) {
      const value = part?.[field.key];
      texts[`${key}.${field.key}`] =
        part === null
          ? (field.initial ?? '')
          : Array.isArray(value)
            ? value.join('\n')
            : typeof value === 'string'
              ? value
              : '';
    }
  }
  const { github, kubeflow, argo, seldon, parameters } = settings;
  return {
    isUsed: {
      github: github !== null,
      kubeflow: kubeflow !== null,
      argo: argo !== null,
      seldon: seldon !== null,
    },
    texts,
    parameters: parameters.map(({ name, value }) => `${name}=${value}`).join('\n'),
  };
}

/** The settings as typed; whether they are valid, their schema says. */
export function settingsOf({ isUsed, texts, parameters }: PipelineDraft): unknown {
  const parts = PIPELINE_PARTS.map(({ key, fields }) => {
    const values = fields.map((field) => [
      field.key,
      valueOf(field, texts[`${key}.${field.key}`] ?? ''),
    ]);
    return [key, isUsed[key] ? Object.fromEntries(values) : null];
  });
  return { ...Object.fromEntries(parts), parameters: linesOf(parameters).map(parameterOf) };
}

function valueOf({ isList = false, isOptional = false }: Field, text: string): unknown {
  if (isList) return linesOf(text);
  const trimmed = text.trim();
  return isOptional && trimmed === '' ? null : trimmed;
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

function parameterOf(line: string): { readonly name: string; readonly value: string } {
  const [name = '', ...rest] = line.split('=');
  return { name: name.trim(), value: rest.join('=').trim() };
}
