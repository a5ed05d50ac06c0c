import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { GivenAccess as Given, PersonDetails } from '../../shared/vault/peopleChannels';
import { ConfirmKey } from './ConfirmKey';
import { FocusedTitle } from './FocusedTitle';
import { GivenAccess } from './GivenAccess';
import { accessObstacle, mayCall, whoCan } from './peopleWords';
import { DeactivateForm, ResetForm, RolesForm, TrainingForm } from './PersonActs';
import { PersonFacts, PersonKeyFacts, TrainingNotes } from './PersonFacts';
import { useSignedIn } from './useSignedIn';

/** What the dialog shows: the person, one act on their access, or what the act gave. */
type Step = 'facts' | 'confirm' | 'training' | 'roles' | 'reset' | 'deactivate';

export interface PersonDialogProps {
  /** As the list holds them now; null while the dialog is closed. */
  readonly person: PersonDetails | null;
  readonly onClose: () => void;
}

/** One person's access, and what may be done about it. */
export function PersonDialog({ person, onClose }: PersonDialogProps) {
  const [step, setStep] = useState<Step>('facts');
  const [given, setGiven] = useState<Given | null>(null);
  function close(): void {
    setStep('facts');
    setGiven(null);
    onClose();
  }
  const isConfirming = step === 'confirm';
  const isPlain = !isConfirming && given === null;
  return (
    <>
      <Modal
        opened={person !== null}
        onClose={close}
        title={person?.printedName ?? ''}
        size="xl"
        // A passphrase that is shown once does not vanish by a slip of the hand.
        closeOnEscape={isPlain}
        closeOnClickOutside={isPlain}
        withCloseButton={isPlain}
        trapFocus={!isConfirming}
      >
        {person !== null && given !== null && (
          <GivenAccess
            given={given}
            onDone={() => {
              setGiven(null);
              setStep('facts');
            }}
          />
        )}
        {person !== null && given === null && (
          <PersonStep person={person} step={step} onStep={setStep} onGiven={setGiven} />
        )}
      </Modal>
      {person !== null && person.key !== null && (
        <ConfirmKey
          opened={isConfirming}
          person={person}
          keyId={person.key.keyId}
          onClose={() => setStep('facts')}
        />
      )}
    </>
  );
}

interface PersonStepProps {
  readonly person: PersonDetails;
  readonly step: Step;
  readonly onStep: (step: Step) => void;
  readonly onGiven: (given: Given) => void;
}

function PersonStep({ person, step, onStep, onGiven }: PersonStepProps) {
  const act = { person, onEnd: () => onStep('facts') };
  switch (step) {
    case 'training':
      return <TrainingForm {...act} />;
    case 'roles':
      return <RolesForm {...act} />;
    case 'reset':
      return <ResetForm {...act} onGiven={onGiven} />;
    case 'deactivate':
      return <DeactivateForm {...act} />;
    case 'facts':
    case 'confirm':
      return <PersonOverview person={person} onStep={onStep} />;
  }
}

type PersonOverviewProps = Pick<PersonStepProps, 'person' | 'onStep'>;

function PersonOverview({ person, onStep }: PersonOverviewProps) {
  return (
    <Stack gap="lg">
      <section>
        <FocusedTitle>Access</FocusedTitle>
        <PersonFacts person={person} />
      </section>
      <Part title="Signing key">
        <PersonKeyFacts person={person} onConfirm={() => onStep('confirm')} />
      </Part>
      <Part title="Training">
        <TrainingPart person={person} onStep={onStep} />
      </Part>
      <Part title="Change access">
        <AccessActs person={person} onStep={onStep} />
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={6}>
        {title}
      </Title>
      {children}
    </section>
  );
}

function TrainingPart({ person, onStep }: PersonOverviewProps) {
  const roles = useSignedIn()?.person.roles ?? [];
  return (
    <Stack gap="xs" align="flex-start">
      <TrainingNotes training={person.training} />
      {mayCall(roles, 'vault.recordTraining') ? (
        <Button variant="default" onClick={() => onStep('training')}>
          Add training note
        </Button>
      ) : (
        <Text c="dimmed">{whoCan('vault.recordTraining', 'add training notes')}</Text>
      )}
    </Stack>
  );
}

function AccessActs({ person, onStep }: PersonOverviewProps) {
  const actor = useSignedIn()?.person;
  if (actor === undefined) return null;
  const obstacle = accessObstacle(person, actor);
  if (obstacle !== null) return <Text c="dimmed">{obstacle}</Text>;
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => onStep('roles')}>
        Change roles
      </Button>
      <Button variant="default" onClick={() => onStep('reset')}>
        Reset access
      </Button>
      <Button variant="default" onClick={() => onStep('deactivate')}>
        Deactivate
      </Button>
    </Group>
  );
}
