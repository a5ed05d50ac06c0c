import { useEffect, useState } from 'react';
import { rollbackReason } from '../../shared/handoff/ruleAction';
import { useCall } from '../ui/useCall';

/** The reason that a rule gives for a rollback, by the alert that it belongs to; null while there is none. */
export function useRollbackAdvice(alertId: string | undefined): string | null {
  const { run } = useCall('handoff.listActions');
  const [advice, setAdvice] = useState<string | null>(null);
  useEffect(() => {
    if (alertId === undefined) return;
    void run({ modelId: null }).then((result) => {
      const action = result.ok ? result.value.find((one) => one.alertId === alertId) : undefined;
      if (action !== undefined) setAdvice(rollbackReason(action));
    });
  }, [run, alertId]);
  return advice;
}
