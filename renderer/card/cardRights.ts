import { cardChannels } from '../../shared/card/channels';
import type { Role } from '../../shared/vault/person';
import { usePersonStore } from '../ui/personStore';

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof cardChannels): boolean {
  const allowed: readonly Role[] = cardChannels[call].allow;
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => allowed.includes(role)) ?? false,
  );
}
