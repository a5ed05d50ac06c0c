import { create } from 'zustand';
import type { AppError } from '../../shared/ipc/errors';
import type { Alert } from '../../shared/incident/channels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

/** Key of the alerts of all models. */
export const ALL_MODELS = 'all';

interface IncidentState {
  /** By model id, or {@link ALL_MODELS}; newest first. */
  readonly alertsByModel: Readonly<Record<string, readonly Alert[]>>;
  readonly errors: ReadErrors;
  listAlerts(modelId: string | null): Promise<void>;
  /** Answers null when it is on record, else why not. */
  acknowledgeAlert(alert: Alert, reason: string): Promise<AppError | null>;
}

/** Alerts as core last gave them. */
export const useIncidentStore = create<IncidentState>((set) => ({
  alertsByModel: {},
  errors: {},
  listAlerts(modelId) {
    const key = modelId ?? ALL_MODELS;
    return readInto(set, key, api['incident.listAlerts']({ modelId }), (alerts, state) => ({
      alertsByModel: { ...state.alertsByModel, [key]: alerts },
    }));
  },
  async acknowledgeAlert({ id, revision }, reason) {
    const result = await api['incident.acknowledgeAlert']({ alertId: id, reason, revision });
    if (!result.ok) return result.error;
    const saved = result.value;
    set(({ alertsByModel }) => ({
      alertsByModel: Object.fromEntries(
        Object.entries(alertsByModel).map(([key, alerts]) => [
          key,
          alerts.map((alert) => (alert.id === saved.id ? saved : alert)),
        ]),
      ),
    }));
    return null;
  },
}));
