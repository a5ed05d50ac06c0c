import { lifecycleChannels } from '../../shared/registry/lifecycleChannels';
import type { Role } from '../../shared/vault/person';
import { usePersonStore } from '../ui/personStore';

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof lifecycleChannels): boolean {
  const allowed: readonly Role[] = lifecycleChannels[call].allow;
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => allowed.includes(role)) ?? false,
  );
}
