import { create } from 'zustand';
import type { OutputOf, RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { HandoffPacket, PacketHead } from '../../shared/handoff/packet';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

type ById<T> = Readonly<Record<string, T>>;
type Input<K extends keyof Contract> = RawInputOf<Contract[K]>;
export type EvidenceChoices = OutputOf<Contract['handoff.evidenceChoices']>;

interface HandoffState {
  readonly headsByModel: ById<readonly PacketHead[]>;
  readonly packetById: ById<HandoffPacket>;
  readonly evidenceByModel: ById<EvidenceChoices>;
  readonly versionsByModel: ById<readonly VersionSummary[]>;
  readonly errors: ReadErrors;
  list(modelId: string): Promise<void>;
  get(packetId: string): Promise<void>;
  /** What a packet of a model can name: its records and its versions. */
  loadChoices(modelId: string): Promise<void>;
  draft(input: Input<'handoff.draftPacket'>): Promise<ResultOf<Contract['handoff.draftPacket']>>;
  /** Each answers null when it is on record, else why not. */
  revise(input: Input<'handoff.revisePacket'>): Promise<AppError | null>;
  withdraw(input: Input<'handoff.withdrawPacket'>): Promise<AppError | null>;
  keep(packet: HandoffPacket): void;
  /** Keeps what was answered; answers why there is nothing. */
  take(result: ResultOf<Contract['handoff.revisePacket']>): AppError | null;
}

/** How many versions a packet offers. */
const OFFERED = 200;

/** Hand-off packets as core last gave them. Keys of `errors`: `list:<model>`, `packet:<id>`, `choices:<model>`. */
export const useHandoffStore = create<HandoffState>((set, get) => ({
  headsByModel: {},
  packetById: {},
  evidenceByModel: {},
  versionsByModel: {},
  errors: {},
  list(modelId) {
    return readInto(
      set,
      `list:${modelId}`,
      api['handoff.listPackets']({ modelId }),
      (heads, state) => ({ headsByModel: { ...state.headsByModel, [modelId]: heads } }),
    );
  },
  get(packetId) {
    return readInto(
      set,
      `packet:${packetId}`,
      api['handoff.getPacket']({ packetId }),
      (packet, state) => ({ packetById: { ...state.packetById, [packetId]: packet } }),
    );
  },
  async loadChoices(modelId) {
    const filters = { text: '', stage: null, alias: null, tag: null, hasReference: null };
    const page = { modelId, sort: 'newest', offset: 0, limit: OFFERED } as const;
    const key = `choices:${modelId}`;
    await Promise.all([
      readInto(set, key, api['handoff.evidenceChoices']({ modelId }), (evidence, state) => ({
        evidenceByModel: { ...state.evidenceByModel, [modelId]: evidence },
      })),
      readInto(
        set,
        key,
        api['registry.searchVersions']({ ...filters, ...page }),
        ({ versions }, state) => ({
          versionsByModel: { ...state.versionsByModel, [modelId]: versions },
        }),
      ),
    ]);
  },
  async draft(input) {
    const result = await api['handoff.draftPacket'](input);
    if (result.ok) get().keep(result.value);
    return result;
  },
  revise: (input) => api['handoff.revisePacket'](input).then(get().take),
  withdraw: (input) => api['handoff.withdrawPacket'](input).then(get().take),
  take(result) {
    if (!result.ok) return result.error;
    get().keep(result.value);
    return null;
  },
  keep(packet) {
    set(({ packetById }) => ({ packetById: { ...packetById, [packet.id]: packet } }));
  },
}));
