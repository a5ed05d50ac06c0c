import { handoffChannels } from '../../shared/handoff/channels';
import { loopChannels } from '../../shared/handoff/loopChannels';
import type { Role } from '../../shared/vault/person';
import { usePersonStore } from '../ui/personStore';

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof handoffChannels): boolean {
  const allowed: readonly Role[] = handoffChannels[call].allow;
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => allowed.includes(role)) ?? false,
  );
}

/** The same for what feeds decisions back: rules and the outbox. */
export function useMayLoop(call: keyof typeof loopChannels): boolean {
  const allowed: readonly Role[] = loopChannels[call].allow;
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => allowed.includes(role)) ?? false,
  );
}
