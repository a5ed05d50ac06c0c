import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { SigningAct } from '../../shared/audit/signature';
import type { Evidence, Incident } from '../../shared/incident/incident';
import type { AppError } from '../../shared/ipc/errors';
import type { SigningPreview } from '../../shared/vault/signable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { KeyValue } from '../ui/KeyValue';
import { Sentence } from '../ui/Sentence';
import { SignDialog } from '../ui/SignDialog';
import { useCall } from '../ui/useCall';
import { useIncidentPageStore } from './incidentPageStore';

interface CloseIncidentProps {
  readonly opened: boolean;
  readonly incident: Incident;
  readonly onClose: () => void;
}

/** Ends the incident: the record that shows that the figures are back, then exactly what is signed. */
export function CloseIncident({ opened, incident, onClose }: CloseIncidentProps) {
  const doToIncident = useIncidentPageStore((state) => state.doToIncident);
  const [preview, setPreview] = useState<SigningPreview | null>(null);
  useEffect(() => {
    if (opened) setPreview(null);
  }, [opened]);

  async function sign(signing: SigningAct): Promise<AppError | null> {
    if (preview === null) return null;
    const { stageId } = preview;
    const failure = await doToIncident(incident, { act: 'close', stageId, signing });
    if (failure === null) onClose();
    return failure;
  }

  return (
    <>
      <Modal
        opened={opened && preview === null}
        onClose={onClose}
        title="Close the incident"
        size="lg"
      >
        {opened && <EvidenceForm incident={incident} onClose={onClose} onPreview={setPreview} />}
      </Modal>
      <SignDialog
        opened={opened && preview !== null}
        onClose={onClose}
        title={`Sign: ${preview?.title ?? ''}`}
        recordType="incident.closing"
        recordSha256={preview?.recordSha256 ?? null}
        recordJson={preview?.recordJson ?? ''}
        choices={preview?.meanings ?? []}
        initialMeaning="responsibility"
        signLabel="Sign and close"
        onSign={sign}
      >
        <Stack gap="sm">
          <Text>
            The incident and its alerts end with your signature. It can be reopened; what was signed
            stays on record.
          </Text>
          <KeyValue items={preview?.facts ?? []} />
        </Stack>
      </SignDialog>
    </>
  );
}

interface EvidenceFormProps extends Pick<CloseIncidentProps, 'incident' | 'onClose'> {
  readonly onPreview: (preview: SigningPreview) => void;
}

/** The records later than the last breach, each with what it shows. */
function EvidenceForm({ incident, onClose, onPreview }: EvidenceFormProps) {
  const { id: incidentId, revision, restoration } = incident;
  const { run, error, isRunning } = useCall('incident.previewClosing');
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      restoration.findIndex(({ isRestored }) => isRestored),
    ),
  );
  const choice = restoration[chosen];
  async function show(evidence: Evidence): Promise<void> {
    const result = await run({ incidentId, revision, evidence });
    if (result.ok) onPreview(result.value);
  }
  return (
    <Stack gap="md">
      {choice === undefined ? (
        <Text>
          Nothing on record can show that the figures are back within policy: there is no record
          later than the last time the rule was broken. Import a live batch or the outcomes of the
          version that is live now, then come back.
        </Text>
      ) : (
        <Radio.Group
          label="The record that shows that the figures are back within policy"
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
        >
          <Stack gap="xs" mt="xs">
            {restoration.map(({ shown, finding }, i) => (
              <Radio
                key={JSON.stringify(shown.evidence)}
                value={String(i)}
                label={shown.title}
                description={<Sentence text={finding} />}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {choice?.isRestored === false && (
        <Text>This record does not show that the figures are back, so it cannot close it.</Text>
      )}
      {error !== null && <ErrorPanel error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={choice?.isRestored !== true}
          loading={isRunning}
          onClick={() => choice !== undefined && void show(choice.shown.evidence)}
        >
          Show what will be signed
        </Button>
      </Group>
    </Stack>
  );
}
