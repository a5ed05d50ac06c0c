import type { IntakeState } from '../../shared/intake/channels';
import type { IntakeKind, IntakeOutcome, WaitingItem } from '../../shared/intake/intake';
import type { Role } from '../../shared/vault/person';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { State } from '../ui/theme';

export const KIND_WORDS: Readonly<Record<IntakeKind, string>> = {
  reference: 'Reference',
  liveBatch: 'Live batch',
  predictions: 'Predictions',
  outcomes: 'Outcomes',
  canaryArms: 'Canary arms',
  newVersion: 'New version',
};

/** What became of a file, as word and state. */
export const OUTCOME_LOOK: Readonly<
  Record<IntakeOutcome, { readonly state: State; readonly label: string }>
> = {
  imported: { state: 'ok', label: 'Imported' },
  repeated: { state: 'unknown', label: 'Had it already' },
  failed: { state: 'alert', label: 'Failed' },
};

/** What a file waits for, as word and state. */
export const WAITING_LOOK: Readonly<
  Record<WaitingItem['waitsFor'], { readonly state: State; readonly label: string }>
> = {
  sidecar: { state: 'unknown', label: 'Sidecar' },
  file: { state: 'unknown', label: 'Its file' },
  whole: { state: 'unknown', label: 'To be whole' },
  earlier: { state: 'unknown', label: 'Its turn' },
  signature: { state: 'watch', label: 'Signature' },
  turn: { state: 'ok', label: 'Next look' },
};

/** Whether files are imported just now, as word and state. */
export function watchLook(
  { setting, isPaused, problem }: IntakeState,
  roles: readonly Role[],
): { readonly state: State; readonly label: string } {
  if (!setting.isOn) return { state: 'unknown', label: 'Off' };
  if (problem !== null) return { state: 'alert', label: 'Stopped' };
  if (!roles.includes('analyst')) return { state: 'watch', label: 'Waits for an analyst' };
  return isPaused ? { state: 'watch', label: 'Paused' } : { state: 'ok', label: 'Watching' };
}

/** The finding in one sentence. */
export function intakeSentence({ setting, counts, nWaiting }: IntakeState): string {
  if (setting.folder === null) return 'No folder is watched.';
  const { imported, failed, repeated } = counts;
  const again = repeated === 0 ? '' : `, ${formatCount(repeated)} delivered again`;
  const waits =
    nWaiting === 0
      ? 'nothing waits'
      : `${formatNoun(nWaiting, 'file')} ${nWaiting === 1 ? 'waits' : 'wait'}`;
  return `${formatNoun(imported, 'file')} imported, ${formatCount(failed)} failed${again}; ${waits}.`;
}
