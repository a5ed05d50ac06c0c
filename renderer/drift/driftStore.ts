import { create, type StoreApi } from 'zustand';
import type { DriftHistory, PolicyRevision, Reference } from '../../shared/drift/channels';
import type { DriftReport, FeatureDetail, FeatureDrift } from '../../shared/drift/driftReport';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { ModelOutline } from '../../shared/registry/channels';
import { NO_FILTERS, type ModelPage } from '../../shared/registry/listChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import type { NamedModel } from '../ui/ModelSelect';

interface FeatureAnswer {
  readonly feature: FeatureDrift;
  readonly detail: FeatureDetail;
}

type ById<T> = Readonly<Record<string, T>>;

interface DriftState {
  readonly modelById: ById<ModelOutline>;
  readonly historyByModel: ById<DriftHistory>;
  readonly policyByModel: ById<PolicyRevision>;
  readonly reportById: ById<DriftReport>;
  /** By {@link featureKey}. */
  readonly featureByKey: ById<FeatureAnswer>;
  /** By version id; null when the version has none. */
  readonly referenceByVersion: ById<Reference | null>;
  /** The model with the newest batch, and how much the workspace monitors; null until it was read. */
  readonly monitored: ModelPage | null;
  /** The model chosen on the monitoring page; null until one was. */
  readonly chosenModel: NamedModel | null;
  readonly errors: ReadErrors;
  searchMonitored(): Promise<void>;
  getModel(modelId: string): Promise<void>;
  history(modelId: string): Promise<void>;
  getPolicy(modelId: string): Promise<void>;
  getReport(reportId: string): Promise<void>;
  getFeature(reportId: string, name: string): Promise<void>;
  getReference(versionId: string): Promise<void>;
  /** Answers null when it is on record, else why not. */
  setPolicy(input: RawInputOf<Contract['drift.setPolicy']>): Promise<AppError | null>;
  chooseModel(model: NamedModel): void;
  /** Takes in what a freeze that a dialog ran has answered. */
  keepReference(reference: Reference): void;
  /** Takes in what an import that a dialog ran has answered. */
  keepReport(report: DriftReport): void;
}

export function featureKey(reportId: string, name: string): string {
  return `${reportId} ${name}`;
}

function put<T>(all: ById<T>, key: string, value: T): ById<T> {
  return { ...all, [key]: value };
}

/** Drift records as core last gave them. Keys of `errors`: `<what>:<id>`. */
export const useDriftStore = create<DriftState>((set, get) => ({
  modelById: {},
  historyByModel: {},
  policyByModel: {},
  reportById: {},
  featureByKey: {},
  referenceByVersion: {},
  monitored: null,
  chosenModel: null,
  errors: {},
  ...reads(set),
  async setPolicy(input) {
    const result = await api['drift.setPolicy'](input);
    if (!result.ok) return result.error;
    const { value } = result;
    set(({ policyByModel }) => ({ policyByModel: put(policyByModel, input.modelId, value) }));
    return null;
  },
  chooseModel(model) {
    set({ chosenModel: model });
  },
  keepReference(reference) {
    set(({ referenceByVersion }) => ({
      referenceByVersion: put(referenceByVersion, reference.versionId, reference),
    }));
    void get().getModel(reference.modelId);
  },
  keepReport(report) {
    set(({ reportById }) => ({ reportById: put(reportById, report.id, report) }));
  },
}));

type SetState = StoreApi<DriftState>['setState'];

/** What only brings records from core. */
function reads(set: SetState) {
  return {
    searchMonitored() {
      const sort = { key: 'lastBatch', direction: 'descending' } as const;
      const query = { text: '', filters: NO_FILTERS, sort, offset: 0, limit: 1 };
      const answer = api['registry.searchModels'](query);
      return readInto(set, 'monitored', answer, (monitored) => ({ monitored }));
    },
    getModel(modelId: string) {
      const answer = api['registry.getModel']({ modelId });
      return readInto(set, `model:${modelId}`, answer, (found, state) => ({
        modelById: put(state.modelById, modelId, found),
      }));
    },
    history(modelId: string) {
      const answer = api['drift.history']({ modelId });
      return readInto(set, `history:${modelId}`, answer, (history, state) => ({
        historyByModel: put(state.historyByModel, modelId, history),
      }));
    },
    getPolicy(modelId: string) {
      const answer = api['drift.getPolicy']({ modelId });
      return readInto(set, `policy:${modelId}`, answer, (policy, state) => ({
        policyByModel: put(state.policyByModel, modelId, policy),
      }));
    },
    getReport(reportId: string) {
      const answer = api['drift.getReport']({ reportId });
      return readInto(set, `report:${reportId}`, answer, (report, state) => ({
        reportById: put(state.reportById, reportId, report),
      }));
    },
    getFeature(reportId: string, name: string) {
      const key = featureKey(reportId, name);
      const answer = api['drift.getFeature']({ reportId, name });
      return readInto(set, `feature:${key}`, answer, (found, state) => ({
        featureByKey: put(state.featureByKey, key, found),
      }));
    },
    getReference(versionId: string) {
      const answer = api['drift.getReference']({ versionId });
      return readInto(set, `reference:${versionId}`, answer, (reference, state) => ({
        referenceByVersion: put(state.referenceByVersion, versionId, reference),
      }));
    },
  } satisfies Partial<DriftState>;
}
