import type { StageId } from '../../shared/base/ids';
import type { ModelId } from '../../shared/base/ids';
import type { CandidateState } from '../../shared/registry/importChannels';
import type { ArtefactFile } from '../../shared/registry/model';
import type { AppContext, StageKind } from '../app/context';
import type { ReadCandidate } from './mlflowCandidate';
import type { ReadStore } from './mlflowJob';

/** A candidate with what was found about it here. */
export interface StagedCandidate {
  readonly read: ReadCandidate;
  readonly state: CandidateState;
  /** Hashed already, to compare them; null otherwise. */
  readonly artefacts: readonly ArtefactFile[] | null;
}

/** A model here as it was when the store was looked at. */
export interface ModelHere {
  readonly id: ModelId;
  readonly name: string;
  readonly nextVersion: number;
}

export interface StagedImport {
  /** Where the store lies. */
  readonly path: string;
  readonly store: Omit<ReadStore, 'candidates'>;
  readonly candidates: ReadonlyMap<string, StagedCandidate>;
  /** By {@link foldModelName}. */
  readonly models: ReadonlyMap<string, ModelHere>;
}

export const STAGED_IMPORT: StageKind<StagedImport> = { name: 'registry.import' };

/** What was looked at last; a store is large, so only one is held ready. */
const lastStaged = new WeakMap<AppContext['stages'], StageId>();

export function stageImport({ stages }: Pick<AppContext, 'stages'>, staged: StagedImport): StageId {
  const previous = lastStaged.get(stages);
  if (previous !== undefined) stages.drop(previous);
  const id = stages.put(STAGED_IMPORT, staged);
  lastStaged.set(stages, id);
  return id;
}

/** Names of models differ by more than the case of their letters, as the database sees it. */
export function foldModelName(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
}
