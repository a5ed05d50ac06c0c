import { create } from 'zustand';
import type { Incident, IncidentHead, OfferedEntry } from '../../shared/incident/incident';
import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import { ALL_MODELS, useIncidentStore } from './incidentStore';

/** What is done to an incident, as it was typed. */
export type IncidentDoing =
  | { readonly act: 'addEntry'; readonly entry: OfferedEntry }
  | { readonly act: 'setBegan'; readonly beganAtUtc: string | null; readonly reason: string }
  | { readonly act: 'writePostMortem'; readonly text: string }
  | { readonly act: 'close'; readonly stageId: string; readonly signing: SigningAct }
  | { readonly act: 'reopen'; readonly reason: string };

export interface OpenDraft {
  readonly alertIds: readonly string[];
  readonly title: string;
  readonly beganAtUtc: string | null;
  readonly reason: string;
}

type Opened = { readonly id: string } | { readonly error: AppError };

interface IncidentPageState {
  readonly incidents: readonly IncidentHead[] | null;
  readonly incidentById: Readonly<Record<string, Incident>>;
  readonly errors: ReadErrors;
  listIncidents(): Promise<void>;
  getIncident(incidentId: string): Promise<void>;
  openIncident(draft: OpenDraft): Promise<Opened>;
  /** Sets how long incidents of this model may take. Answers null when it is on record, else why not. */
  setTarget(incident: Incident, targetHours: number, reason: string): Promise<AppError | null>;
  /** Answers null when it is on record, else why not. */
  doToIncident(incident: Incident, doing: IncidentDoing): Promise<AppError | null>;
}

/** Incidents as core last gave them. */
export const useIncidentPageStore = create<IncidentPageState>((set, get) => ({
  incidents: null,
  incidentById: {},
  errors: {},
  listIncidents() {
    const answer = api['incident.listIncidents']({ modelId: null });
    return readInto(set, ALL_MODELS, answer, (incidents) => ({ incidents }));
  },
  getIncident(incidentId) {
    const answer = api['incident.getIncident']({ incidentId });
    return readInto(set, incidentId, answer, (incident, state) => ({
      incidentById: { ...state.incidentById, [incidentId]: incident },
    }));
  },
  async openIncident({ alertIds, ...draft }) {
    const result = await api['incident.openIncident']({ ...draft, alertIds: [...alertIds] });
    if (!result.ok) return { error: result.error };
    const incident = result.value;
    set(({ incidentById }) => ({ incidentById: { ...incidentById, [incident.id]: incident } }));
    const { listAlerts } = useIncidentStore.getState();
    await Promise.all([listAlerts(null), listAlerts(incident.modelId)]);
    return { id: incident.id };
  },
  async setTarget({ id, modelId }, targetHours, reason) {
    const current = await api['incident.getTarget']({ modelId });
    if (!current.ok) return current.error;
    const { revision } = current.value;
    const result = await api['incident.setTarget']({ modelId, targetHours, reason, revision });
    if (!result.ok) return result.error;
    await get().getIncident(id);
    return null;
  },
  async doToIncident(incident, doing) {
    const result = await callDoing(incident, doing);
    if (!result.ok) return result.error;
    const saved = result.value;
    set(({ incidentById }) => ({ incidentById: { ...incidentById, [saved.id]: saved } }));
    return null;
  },
}));

function callDoing({ id: incidentId, revision }: Incident, doing: IncidentDoing) {
  const ref = { incidentId, revision };
  switch (doing.act) {
    case 'addEntry': {
      const { kind, atUtc, text, evidence } = doing.entry;
      const pointed = evidence?.evidence ?? null;
      return api['incident.addEntry']({ ...ref, kind, atUtc, text, evidence: pointed });
    }
    case 'setBegan': {
      const { beganAtUtc, reason } = doing;
      return api['incident.setBegan']({ ...ref, beganAtUtc, reason });
    }
    case 'writePostMortem':
      return api['incident.writePostMortem']({ ...ref, text: doing.text });
    case 'close': {
      const { stageId, signing } = doing;
      return api['incident.closeIncident']({ stageId, signing });
    }
    case 'reopen':
      return api['incident.reopenIncident']({ ...ref, reason: doing.reason });
  }
}
