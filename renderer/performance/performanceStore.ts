import { create } from 'zustand';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type {
  PerformanceDetail,
  PerformanceOverview,
  PerformancePolicyRevision,
} from '../../shared/performance/channels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

type ById<T> = Readonly<Record<string, T>>;

interface PerformanceState {
  readonly overviewByModel: ById<PerformanceOverview>;
  /** By log: its newest measurement, whole. */
  readonly detailByLog: ById<PerformanceDetail>;
  readonly policyByModel: ById<PerformancePolicyRevision>;
  /** Keys: `<what>:<id>`. */
  readonly errors: ReadErrors;
  overview(modelId: string): Promise<void>;
  getReport(logId: string): Promise<void>;
  getPolicy(modelId: string): Promise<void>;
  /** Each answers null when it is on record, else why not. */
  setPolicy(input: RawInputOf<Contract['performance.setPolicy']>): Promise<AppError | null>;
  setSettings(input: RawInputOf<Contract['performance.setSettings']>): Promise<AppError | null>;
  dropJoin(input: RawInputOf<Contract['performance.dropJoin']>): Promise<AppError | null>;
  /** Takes in that a dialog has imported something: every measurement may be another one. */
  forget(modelId: string): void;
}

function put<T>(all: ById<T>, key: string, value: T): ById<T> {
  return { ...all, [key]: value };
}

/** What is known of the performance of models, as core last said it. */
export const usePerformanceStore = create<PerformanceState>((set, get) => ({
  overviewByModel: {},
  detailByLog: {},
  policyByModel: {},
  errors: {},
  overview(modelId) {
    const answer = api['performance.overview']({ modelId });
    return readInto(set, `overview:${modelId}`, answer, (found, state) => ({
      overviewByModel: put(state.overviewByModel, modelId, found),
    }));
  },
  getReport(logId) {
    const answer = api['performance.getReport']({ logId, reportId: null });
    return readInto(set, `report:${logId}`, answer, (found, state) => ({
      detailByLog: put(state.detailByLog, logId, found),
    }));
  },
  getPolicy(modelId) {
    const answer = api['performance.getPolicy']({ modelId });
    return readInto(set, `policy:${modelId}`, answer, (found, state) => ({
      policyByModel: put(state.policyByModel, modelId, found),
    }));
  },
  async setPolicy(input) {
    const result = await api['performance.setPolicy'](input);
    if (!result.ok) return result.error;
    const { value } = result;
    set(({ policyByModel }) => ({ policyByModel: put(policyByModel, input.modelId, value) }));
    return null;
  },
  async setSettings(input) {
    const result = await api['performance.setSettings'](input);
    if (!result.ok) return result.error;
    await get().overview(input.modelId);
    return null;
  },
  async dropJoin(input) {
    const result = await api['performance.dropJoin'](input);
    if (!result.ok) return result.error;
    await get().overview(input.modelId);
    return null;
  },
  forget(modelId) {
    set({ detailByLog: {} });
    void get().overview(modelId);
  },
}));
