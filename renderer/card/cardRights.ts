import { cardChannels } from '../../shared/card/channels';
import { cardExchangeChannels } from '../../shared/card/exchangeChannels';
import { useHasRole } from '../ui/personStore';

const CHANNELS = { ...cardChannels, ...cardExchangeChannels };

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof CHANNELS): boolean {
  return useHasRole(CHANNELS[call].allow);
}
