import { lifecycleChannels } from '../../shared/registry/lifecycleChannels';
import { useHasRole } from '../ui/personStore';

/** Whether the signed-in person may make a call, by the table that the gate reads. */
export function useMay(call: keyof typeof lifecycleChannels): boolean {
  return useHasRole(lifecycleChannels[call].allow);
}
