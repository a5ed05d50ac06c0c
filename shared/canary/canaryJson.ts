import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { CanaryJudgement } from './canaryJudgement';
import { CanaryPlan } from './canaryPlan';
import type { CanaryFileComparison } from './channels';

const Side = z.strictObject({ path: z.string(), sha256: Sha256Hex });

/** What `assay canary --json` prints; `docs/canary-json.schema.json` is made from this. */
export const CanaryJson = z.strictObject({
  control: Side,
  candidate: Side,
  plan: CanaryPlan,
  judgement: CanaryJudgement,
});
export type CanaryJson = z.infer<typeof CanaryJson>;

/** The text of `docs/canary-json.schema.json`. */
export function canaryJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(CanaryJson, { target: 'draft-2020-12' }), null, 2)}\n`;
}

/** @param paths the two files as the caller named them */
export function toCanaryJson(
  { plan, look, judgement }: CanaryFileComparison,
  paths: { readonly control: string; readonly candidate: string },
): CanaryJson {
  const [control, candidate] = look.files;
  return {
    control: { path: paths.control, sha256: control!.sha256 },
    candidate: { path: paths.candidate, sha256: (candidate ?? control!).sha256 },
    plan,
    judgement,
  };
}
