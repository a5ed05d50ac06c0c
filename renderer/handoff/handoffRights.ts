import { handoffChannels } from '../../shared/handoff/channels';
import type { Role } from '../../shared/vault/person';
import { usePersonStore } from '../ui/personStore';

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof handoffChannels): boolean {
  const allowed: readonly Role[] = handoffChannels[call].allow;
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => allowed.includes(role)) ?? false,
  );
}
