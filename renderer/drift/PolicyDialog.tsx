import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { PolicyRevision } from '../../shared/drift/channels';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { useDriftStore } from './driftStore';
import { draftOf, policyChanges, policyOf, problemsWithPolicy } from './policyDraft';
import { PolicyFields } from './PolicyFields';
import { chanceSentence } from './policySentences';

export interface PolicyDialogProps {
  readonly opened: boolean;
  readonly modelId: string;
  readonly current: PolicyRevision;
  readonly featureNames: readonly string[];
  readonly onClose: () => void;
}

/** Changes a policy from now on, with a reason; reports keep the policy they were judged by. */
export function PolicyDialog(props: PolicyDialogProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title="Change the drift policy"
      size="xl"
      closeOnClickOutside={false}
    >
      {props.opened && <PolicyForm {...props} />}
    </Modal>
  );
}

function PolicyForm({ modelId, current, featureNames, onClose }: PolicyDialogProps) {
  const setPolicy = useDriftStore((state) => state.setPolicy);
  const getPolicy = useDriftStore((state) => state.getPolicy);
  const [draft, setDraft] = useState(() => draftOf(current.policy));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const problems = problemsWithPolicy(draft);
  const policy = policyOf(draft);
  const changes = policy === null ? [] : policyChanges(current.policy, policy);
  const isFit = policy !== null && changes.length > 0 && reason.trim() !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isFit || isBusy) return;
    setIsBusy(true);
    const { revision } = current;
    const failure = await setPolicy({ modelId, policy, reason: reason.trim(), revision });
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
    // Someone else was first: compare with what is on record now, keeping what was typed.
    if (failure?.code === 'CONFLICT') await getPolicy(modelId);
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <PolicyFields
          draft={draft}
          problems={problems}
          featureNames={featureNames}
          onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
        />
        {policy?.numericMethod === 'ks' && <Text c="dimmed">{chanceSentence(policy)}</Text>}
        <section aria-label="What will be recorded">
          <Text fw={600}>This will be recorded:</Text>
          {changes.length === 0 ? (
            <Text c="dimmed">
              {policy === null ? 'Correct what is marked above first.' : 'Nothing is changed yet.'}
            </Text>
          ) : (
            <List size="sm">
              {changes.map((change) => (
                <List.Item key={change} style={{ overflowWrap: 'anywhere' }}>
                  {change}
                </List.Item>
              ))}
            </List>
          )}
        </section>
        <ReasonField
          description="Goes on record with your name and the time. Reports computed before keep the policy they were judged by."
          value={reason}
          onChange={setReason}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isFit}>
            Change policy
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
