import { Accordion, Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { CORRECTION_WORDS, CORRECTIONS } from '../../shared/drift/driftPolicy';
import type { AppError } from '../../shared/ipc/errors';
import type {
  PerformanceOverview,
  PerformancePolicyRevision,
} from '../../shared/performance/channels';
import {
  PerformancePolicy,
  ruleWords,
  type MetricRule,
} from '../../shared/performance/performancePolicy';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { usePerformanceStore } from './performanceStore';
import { ReplayTable } from './ReplayTable';
import { RuleFields } from './RuleFields';

interface RulesDialogProps {
  readonly overview: PerformanceOverview;
  readonly current: PerformancePolicyRevision;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes the rules, with what the new ones would have done shown before they are saved. */
export function RulesDialog(props: RulesDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Change the performance rules"
      size="90%"
      closeOnClickOutside={false}
    >
      {props.opened && <RulesForm {...props} />}
    </Modal>
  );
}

/** A new rule to begin with. */
function newRule(rules: readonly MetricRule[]): MetricRule {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `rule-${number}`)) number += 1;
  return {
    id: `rule-${number}`,
    metric: 'recall',
    segment: null,
    direction: 'below',
    comparison: 'relativeToBaseline',
    threshold: 0.1,
    minN: 100,
    consecutive: 1,
    certainty: 'significance',
    severity: 'warning',
    action: 'alert',
    isEnabled: true,
  };
}

function RulesForm({ overview, current, onClose }: RulesDialogProps) {
  const setPolicy = usePerformanceStore((state) => state.setPolicy);
  const getPolicy = usePerformanceStore((state) => state.getPolicy);
  const [rules, setRules] = useState<readonly MetricRule[]>(current.policy.rules);
  const [correction, setCorrection] = useState(current.policy.correction);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const policy = useMemo(() => {
    const checked = PerformancePolicy.safeParse({
      rules,
      ...(correction === undefined ? {} : { correction }),
    });
    return checked.success ? checked.data : null;
  }, [rules, correction]);
  const isChanged =
    JSON.stringify(rules) !== JSON.stringify(current.policy.rules) ||
    correction !== current.policy.correction;
  const isFit = policy !== null && isChanged && reason.trim() !== '';
  const { modelId } = overview;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isFit || isBusy) return;
    setIsBusy(true);
    const { revision } = current;
    const failure = await setPolicy({ modelId, policy, reason: reason.trim(), revision });
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
    // Someone else was first: what is on record now comes beside what was typed.
    if (failure?.code === 'CONFLICT') await getPolicy(modelId);
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <Accordion variant="separated">
          {rules.map((rule) => (
            <Accordion.Item key={rule.id} value={rule.id}>
              <Accordion.Control>{ruleWords(rule, null)}</Accordion.Control>
              <Accordion.Panel>
                <RuleFields
                  rule={rule}
                  onChange={(changed) =>
                    setRules((all) => all.map((one) => (one.id === rule.id ? changed : one)))
                  }
                  onRemove={() => setRules((all) => all.filter(({ id }) => id !== rule.id))}
                />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        <Group align="flex-end">
          <Select
            label="Correction over the rules"
            description="For those that ask for certainty, segments included"
            w={320}
            allowDeselect={false}
            value={correction ?? 'none'}
            data={CORRECTIONS.map((value) => ({ value, label: CORRECTION_WORDS[value] }))}
            onChange={(value) => setCorrection(CORRECTIONS.find((one) => one === value))}
          />
          <Button
            variant="default"
            onClick={() => setRules((all) => [...all, newRule(all)])}
            disabled={rules.length >= 60}
          >
            Add a rule
          </Button>
        </Group>
        {policy !== null && <ReplayTable modelId={modelId} policy={policy} refreshKey="draft" />}
        <ReasonField
          description="Goes on record with your name and the time. Windows measured before keep the rules they were judged by."
          value={reason}
          onChange={setReason}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isFit}>
            Change rules
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
