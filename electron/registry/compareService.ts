import type { InputOf } from '../../shared/ipc/channel';
import type { compareChannels } from '../../shared/registry/compareChannels';
import { compareVersions as compare } from '../../shared/registry/compareVersions';
import type { VersionComparison } from '../../shared/registry/versionComparison';
import type { AppContext } from '../app/context';
import { requireVersion } from './registryService';

/**
 * Compares what two versions froze; they may belong to different models.
 *
 * @throws AppFailure NOT_FOUND
 */
export function compareVersions(
  ctx: AppContext,
  { leftId, rightId }: InputOf<(typeof compareChannels)['registry.compareVersions']>,
): VersionComparison {
  return compare(requireVersion(ctx, leftId), requireVersion(ctx, rightId));
}
