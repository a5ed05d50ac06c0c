import type { FlowMap } from '../../shared/dataflow/flowMap';

const MAX_STEPS = 200;

/** The map as it is drawn, with the steps that led to it. */
export interface MapHistory {
  readonly draft: FlowMap;
  readonly past: readonly FlowMap[];
  readonly future: readonly FlowMap[];
  /** What the last step was about; another one about the same goes into the same step. */
  readonly lastStep: string | null;
}

/** A map that nobody has drawn on. */
export function historyFrom(draft: FlowMap): MapHistory {
  return { draft, past: [], future: [], lastStep: null };
}

/** One step more. Typing on in one field is one step, so that undo does not go letter by letter. */
export function changed(
  { draft, past, future, lastStep }: MapHistory,
  map: FlowMap,
  step: string | null,
): MapHistory {
  if (map === draft) return { draft, past, future, lastStep };
  const isSameStep = step !== null && step === lastStep;
  return {
    draft: map,
    past: isSameStep ? past : [...past.slice(1 - MAX_STEPS), draft],
    future: [],
    lastStep: step,
  };
}

export function undone({ draft, past, future, lastStep }: MapHistory): MapHistory {
  const before = past.at(-1);
  if (before === undefined) return { draft, past, future, lastStep };
  return { draft: before, past: past.slice(0, -1), future: [draft, ...future], lastStep: null };
}

export function redone({ draft, past, future, lastStep }: MapHistory): MapHistory {
  const [after, ...rest] = future;
  if (after === undefined) return { draft, past, future, lastStep };
  return { draft: after, past: [...past, draft], future: rest, lastStep: null };
}
