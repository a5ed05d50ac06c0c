import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { ModelOutline } from '../../shared/registry/channels';
import type { StagedArtefacts } from '../../shared/registry/artefactChannels';
import type { SchemaColumn } from '../../shared/registry/model';
import {
  problemsOf,
  toMetrics,
  toParameters,
  type KeyValueRow,
  type RowProblems,
} from './keyValueRows';
import { problemWithSchema } from './SchemaEditor';
import type { StagedTrainingData } from './TrainingDataField';

/** A version as it is being typed. */
export interface VersionDraft {
  readonly description: string;
  readonly parameters: readonly KeyValueRow[];
  readonly metrics: readonly KeyValueRow[];
  readonly trainingData: StagedTrainingData | null;
  readonly schema: readonly SchemaColumn[];
  readonly artefacts: StagedArtefacts | null;
  /** Where the training run can be looked at; empty: not recorded. */
  readonly runLink: string;
  /** The hand-off packet that asked for it; null: none. */
  readonly packetId: string | null;
}

interface DraftProblems {
  readonly parameters: RowProblems;
  readonly metrics: RowProblems;
  readonly schema: string | null;
  readonly isFit: boolean;
}

export function emptyDraft(): VersionDraft {
  const line: KeyValueRow = { id: 1, key: '', value: '' };
  return {
    description: '',
    parameters: [line],
    metrics: [line],
    trainingData: null,
    schema: [],
    artefacts: null,
    runLink: '',
    packetId: null,
  };
}

export function problemsWithDraft(draft: VersionDraft): DraftProblems {
  const parameters = problemsOf(draft.parameters, 'parameters');
  const metrics = problemsOf(draft.metrics, 'metrics');
  const schema = problemWithSchema(draft.schema);
  const isFit = parameters.size === 0 && metrics.size === 0 && schema === null;
  return { parameters, metrics, schema, isFit };
}

/** The number that the next version of a model gets. */
export function nextVersion({ newest }: Pick<ModelOutline, 'newest'>): number {
  return (newest?.version ?? 0) + 1;
}

/** The draft as values, as core makes the snapshot from them. */
export function previewInputOf(
  modelId: string,
  draft: VersionDraft,
): RawInputOf<Contract['registry.previewVersion']> {
  const runLink = draft.runLink.trim();
  return {
    modelId,
    description: draft.description.trim(),
    hyperparameters: toParameters(draft.parameters),
    metrics: toMetrics(draft.metrics),
    trainingDataStageId: draft.trainingData?.stageId ?? null,
    schema: [...draft.schema],
    artefactsStageId: draft.artefacts?.stageId ?? null,
    ...(runLink === '' ? {} : { runLink }),
    ...(draft.packetId === null ? {} : { packetId: draft.packetId }),
  };
}
