import { Group, Text } from '@mantine/core';
import type { RuleAction } from '../../shared/handoff/ruleAction';
import { Sentence } from './Sentence';
import { TextLink } from './TextLink';

const DID = {
  openIncident: 'Open an incident',
  recommendRollback: 'Recommend a rollback',
  rollBack: 'Roll back',
  retrain: 'Retrain',
} as const;

/** What a broken rule set off, what came of it, and the way on for a person. */
export function RuleActionLine({ action }: { readonly action: RuleAction }) {
  const { outcome, policyRevision, modelId, versionId, alertId, rollbackTo } = action;
  const isAdvice = outcome?.outcome === 'recommended' && rollbackTo !== null;
  return (
    <Group gap="xs">
      <Text className="assay-wrap">
        <b>{DID[action.action]}</b>, by revision {policyRevision} of the performance rules:{' '}
        <Sentence text={outcome?.text ?? 'Not done yet.'} />
      </Text>
      {isAdvice && (
        <TextLink to={`/models/${modelId}/versions/${versionId}/rollback/${alertId}`}>
          Roll back to version {rollbackTo}…
        </TextLink>
      )}
      {outcome?.subjectId !== null && action.action === 'retrain' && (
        <TextLink to={`/handoffs/${outcome?.subjectId ?? ''}`}>The packet</TextLink>
      )}
    </Group>
  );
}
