import { create } from 'zustand';
import type { AppError } from '../../shared/ipc/errors';
import type { RuleAction } from '../../shared/handoff/ruleAction';
import type { Alert } from '../../shared/incident/alert';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import type { PersonAct } from './alertWords';

/** Key of the alerts of all models. */
export const ALL_MODELS = 'all';

/** What was typed and chosen for a step of an alert. */
export interface StepDraft {
  readonly text: string;
  readonly ownerId: string | null;
  readonly untilUtc: string;
}

interface IncidentState {
  /** By model id, or {@link ALL_MODELS}; newest first. */
  readonly alertsByModel: Readonly<Record<string, readonly Alert[]>>;
  /** Who can be made an owner. */
  readonly people: readonly PersonDetails[];
  /** What the rules behind alerts set off. */
  readonly actions: readonly RuleAction[];
  readonly errors: ReadErrors;
  listAlerts(modelId: string | null): Promise<void>;
  listPeople(): Promise<void>;
  listActions(): Promise<void>;
  /** Answers null when it is on record, else why not. */
  stepAlert(alert: Alert, act: PersonAct, draft: StepDraft): Promise<AppError | null>;
}

/** Alerts as core last gave them. */
export const useIncidentStore = create<IncidentState>((set, get) => ({
  alertsByModel: {},
  people: [],
  actions: [],
  errors: {},
  listAlerts(modelId) {
    void get().listActions();
    const key = modelId ?? ALL_MODELS;
    return readInto(set, key, api['incident.listAlerts']({ modelId }), (alerts, state) => ({
      alertsByModel: { ...state.alertsByModel, [key]: alerts },
    }));
  },
  listPeople() {
    return readInto(set, 'people', api['vault.listPeople']({}), (people) => ({
      people: people.filter(({ deactivatedAtUtc }) => deactivatedAtUtc === null),
    }));
  },
  listActions() {
    return readInto(set, 'actions', api['handoff.listActions']({ modelId: null }), (actions) => ({
      actions,
    }));
  },
  async stepAlert(alert, act, draft) {
    const result = await callStep(alert, act, draft);
    if (!result.ok) return result.error;
    const saved = result.value;
    set(({ alertsByModel }) => ({
      alertsByModel: Object.fromEntries(
        Object.entries(alertsByModel).map(([key, alerts]) => [
          key,
          alerts.map((one) => (one.id === saved.id ? saved : one)),
        ]),
      ),
    }));
    return null;
  },
}));

function callStep({ id: alertId, revision }: Alert, act: PersonAct, draft: StepDraft) {
  const { text, ownerId, untilUtc } = draft;
  const ref = { alertId, revision };
  switch (act) {
    case 'acknowledge':
      return api['incident.acknowledgeAlert']({ ...ref, reason: text });
    case 'own':
      return api['incident.ownAlert']({ ...ref, ownerId: ownerId ?? '', reason: text });
    case 'explain':
      return api['incident.explainAlert']({ ...ref, explanation: text });
    case 'snooze':
      return api['incident.snoozeAlert']({ ...ref, untilUtc, reason: text });
    case 'close':
      return api['incident.closeAlert']({ ...ref, reason: text });
  }
}
