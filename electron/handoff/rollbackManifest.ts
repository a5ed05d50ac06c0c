import type { RollbackManifest } from '../../shared/handoff/manifestSchemas';
import type { PacketFacts } from './packetFacts';

/** How a serving pipeline goes back to the version before, as a plan. */
export function rollbackPlan({
  modelId,
  modelName,
  content,
}: PacketFacts): readonly unknown[] | null {
  const { purpose, subject, live, previous } = content;
  const isRollout = purpose === 'rollOut' && live !== null;
  const restore = isRollout ? live : purpose === 'rollBack' ? subject : previous;
  if (restore === null) return null;
  const plan: RollbackManifest = {
    schema: 'tag:assay,2026:rollback/v1',
    state: 'plan',
    modelId,
    modelName,
    restore,
    retire: isRollout ? subject : live,
    decision: null,
  };
  return [plan];
}
