import { cardChannels } from '../../shared/card/channels';
import { cardExchangeChannels } from '../../shared/card/exchangeChannels';
import type { Role } from '../../shared/vault/person';
import { usePersonStore } from '../ui/personStore';

const CHANNELS = { ...cardChannels, ...cardExchangeChannels };

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof CHANNELS): boolean {
  const allowed: readonly Role[] = CHANNELS[call].allow;
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => allowed.includes(role)) ?? false,
  );
}
