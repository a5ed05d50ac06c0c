import { basename } from 'node:path';
import type { handoffChannels } from '../../shared/handoff/channels';
import type { PacketCheck } from '../../shared/handoff/packetCheck';
import type { InputOf } from '../../shared/ipc/channel';
import type { CoreContext } from '../app/context';
import { pickSourceFile } from '../io/pickSource';

/**
 * Checks a hand-off packet that was received; needs no workspace.
 *
 * @throws AppFailure BAD_DATA (it cannot be read at all), CANCELLED (dialog closed), NOT_FOUND (token)
 */
export async function verifyPacket(
  ctx: CoreContext,
  { source, trusted }: InputOf<(typeof handoffChannels)['handoff.verifyPacket']>,
): Promise<{ readonly fileName: string; readonly check: PacketCheck }> {
  const path = await pickSourceFile(ctx, source, { title: 'Hand-off packet', extensions: ['zip'] });
  const check = await ctx.jobs.run('handoff.checkPacket', { path, trusted }, ctx);
  return { fileName: basename(path), check };
}
