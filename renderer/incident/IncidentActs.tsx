import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { DEFAULT_TARGET_HOURS, HOUR_MS, type Incident } from '../../shared/incident/incident';
import { LinkButton } from '../ui/LinkButton';
import { usePersonStore } from '../ui/personStore';
import { ReasonDialog } from '../ui/ReasonDialog';
import { CloseIncident } from './CloseIncident';
import { useIncidentPageStore } from './incidentPageStore';
import { BeganField } from './OpenIncidentDialog';
import { toUtcInstant } from './utcField';

interface IncidentActsProps {
  readonly incident: Incident;
}

/** What can be done to an incident as a whole. */
export function IncidentActs({ incident }: IncidentActsProps) {
  const [doing, setDoing] = useState<'close' | 'reopen' | 'began' | 'target' | null>(null);
  const isManager = usePersonStore(({ person }) => person?.roles.includes('manager') ?? false);
  const onClose = (): void => setDoing(null);
  return (
    <>
      {incident.state === 'open' && (
        <>
          <LinkButton to={`/models/${incident.modelId}`} isQuiet>
            Go to the model to roll back
          </LinkButton>
          <Button variant="default" onClick={() => setDoing('began')}>
            Say when it began…
          </Button>
          <Button onClick={() => setDoing('close')}>Close…</Button>
        </>
      )}
      {isManager && (
        <Button variant="default" onClick={() => setDoing('target')}>
          Change target…
        </Button>
      )}
      {incident.state === 'closed' && (
        <Button variant="default" onClick={() => setDoing('reopen')}>
          Reopen…
        </Button>
      )}
      <CloseIncident opened={doing === 'close'} incident={incident} onClose={onClose} />
      {doing === 'reopen' && <ReopenDialog incident={incident} onClose={onClose} />}
      {doing === 'target' && <TargetDialog incident={incident} onClose={onClose} />}
      {doing === 'began' && <BeganDialog incident={incident} onClose={onClose} />}
    </>
  );
}

interface DialogProps extends IncidentActsProps {
  readonly onClose: () => void;
}

function ReopenDialog({ incident, onClose }: DialogProps) {
  const doToIncident = useIncidentPageStore((state) => state.doToIncident);
  return (
    <ReasonDialog
      opened
      title="Reopen the incident"
      submitLabel="Reopen incident"
      onSubmit={(reason) => doToIncident(incident, { act: 'reopen', reason })}
      onClose={onClose}
    >
      What closed it counts no more: it needs new evidence that the figures are back within policy.
    </ReasonDialog>
  );
}

/** How long detection and restoration may take in this model. */
function TargetDialog({ incident, onClose }: DialogProps) {
  const setTarget = useIncidentPageStore((state) => state.setTarget);
  const [hours, setHours] = useState<string | number>(incident.timeToRestore.targetMs / HOUR_MS);
  const isReady = typeof hours === 'number' && Number.isInteger(hours) && hours >= 1;
  return (
    <ReasonDialog
      opened
      title="Change the target"
      submitLabel="Set target"
      isReady={isReady}
      onSubmit={(reason) => setTarget(incident, Number(hours), reason)}
      onClose={onClose}
    >
      <NumberInput
        label="Hours"
        description={`How long detection and restoration may take in ${incident.modelName}; ${DEFAULT_TARGET_HOURS} unless somebody says otherwise. It holds for all its incidents.`}
        required
        min={1}
        max={8760}
        value={hours}
        onChange={setHours}
      />
    </ReasonDialog>
  );
}

function BeganDialog({ incident, onClose }: DialogProps) {
  const doToIncident = useIncidentPageStore((state) => state.doToIncident);
  const [typed, setTyped] = useState(incident.beganAtUtc?.slice(0, 16).replace('T', ' ') ?? '');
  const beganAtUtc = toUtcInstant(typed);
  return (
    <ReasonDialog
      opened
      title="When the fault began"
      submitLabel="Put on record"
      isReady={typed === '' || beganAtUtc !== null}
      onSubmit={(reason) => doToIncident(incident, { act: 'setBegan', beganAtUtc, reason })}
      onClose={onClose}
    >
      <BeganField value={typed} onChange={setTyped} />
    </ReasonDialog>
  );
}
