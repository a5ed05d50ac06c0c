import { AppFailure } from '../../shared/ipc/errors';
import type { CoreContext } from './context';
import type { Sample } from './sampleManifest';

/** What every chapter of the sample's story works with. */
export interface SampleScene {
  readonly ctx: CoreContext;
  readonly sample: Sample;
  /** The public passphrase of both people. */
  readonly passphrase: string;
  /** Says what comes next. @throws AppFailure CANCELLED when the person stopped the story */
  step(activity: string): void;
}

/** Steps that the story takes; only the progress that is shown depends on it. */
const N_STEPS = 21;

export function createScene(ctx: CoreContext, sample: Sample, passphrase: string): SampleScene {
  let nTaken = 0;
  return {
    ctx,
    sample,
    passphrase,
    step(activity) {
      if (ctx.signal.aborted) throw new AppFailure('CANCELLED', 'Cancelled. Nothing was kept.');
      ctx.progress({ fraction: Math.min(1, nTaken++ / N_STEPS), activity });
    },
  };
}

/** A file as the window would name it. */
export function sourceOf({ ctx }: SampleScene, path: string): { token: string } {
  return { token: ctx.ports.tokenFor(path) };
}
