import { useIncidentStore } from './incidentStore';
import { RuleActionLine } from '../ui/RuleActionLine';

/** What the rule behind an alert set off, and what came of it. */
export function AlertActions({ alertId }: { readonly alertId: string }) {
  const actions = useIncidentStore((state) => state.actions);
  return actions
    .filter((action) => action.alertId === alertId)
    .map((action) => <RuleActionLine key={action.action} action={action} />);
}
