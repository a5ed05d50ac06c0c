import type { Canary } from '../../shared/canary/channels';

/** How the traffic of one look was split, beside what was planned when it was imported. */
export interface LookShare {
  readonly ordinal: number;
  readonly windowStartUtc: string | null;
  readonly windowEndUtc: string | null;
  readonly controlRows: number;
  readonly candidateRows: number;
  readonly planned: number;
  /** Null without rows. */
  readonly measured: number | null;
}

/** Planned and measured share of the candidate, look by look. */
export function sharesByLook({ plans, looks }: Pick<Canary, 'plans' | 'looks'>): LookShare[] {
  return looks.map(({ ordinal, windowStartUtc, windowEndUtc, control, candidate }) => {
    const plan = plans.findLast(({ nLooksBefore }) => nLooksBefore < ordinal) ?? plans[0];
    const all = control.rows + candidate.rows;
    return {
      ordinal,
      windowStartUtc,
      windowEndUtc,
      controlRows: control.rows,
      candidateRows: candidate.rows,
      planned: plan?.plan.candidateShare ?? 0,
      measured: all === 0 ? null : candidate.rows / all,
    };
  });
}
