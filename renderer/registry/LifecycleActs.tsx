import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { VersionLifecycle } from '../../shared/registry/lifecycleChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { useMaySignRecords } from '../ui/personStore';
import { SignaturePanel } from '../ui/SignaturePanel';
import { GateList } from './GateList';
import { useMay } from './lifecycleRights';
import { useLifecycleStore } from './lifecycleStore';
import { ReasonDialog } from '../ui/ReasonDialog';

interface LifecycleActsProps {
  readonly version: ModelVersion;
  readonly lifecycle: VersionLifecycle;
  /** The reason that a rule gives for a rollback; null: none. */
  readonly rollbackAdvice: string | null;
}

type Act = 'ask' | 'withdraw' | 'promote' | 'rollBack' | 'archive';

/** What the signed-in person can do about the stage of a version. */
export function LifecycleActs({ version, lifecycle, rollbackAdvice }: LifecycleActsProps) {
  const [act, setAct] = useState<Act | null>(null);
  const canSign = useMaySignRecords();
  const canAsk = useMay('registry.requestPromotion');
  const canPromote = useMay('registry.promote');
  const canArchive = useMay('registry.archiveVersion');
  const getLifecycle = useLifecycleStore((state) => state.getLifecycle);
  const { request, toStage, gates, stage, rollbackTo } = lifecycle;
  const canRollBack = rollbackTo !== null && canPromote;
  useEffect(() => {
    if (rollbackAdvice !== null && canRollBack) setAct('rollBack');
  }, [rollbackAdvice, canRollBack]);
  const isOpen = gates.every(({ isMet }) => isMet);
  return (
    <Stack gap="md">
      {request !== null && (
        <SignaturePanel
          recordType="registry.promotion"
          recordId={request.id}
          canSign={canSign}
          refreshKey={lifecycle.policyRevision}
          onSigned={() => void getLifecycle(version.id)}
        />
      )}
      <Group gap="xs">
        {request !== null && canPromote && (
          <Button disabled={!isOpen} onClick={() => setAct('promote')}>
            Promote to {request.toStage}…
          </Button>
        )}
        {request === null && toStage !== null && canAsk && (
          <Button onClick={() => setAct('ask')}>Ask for {toStage}…</Button>
        )}
        {request !== null && canAsk && (
          <Button variant="default" onClick={() => setAct('withdraw')}>
            Withdraw the request…
          </Button>
        )}
        {canRollBack && (
          <Button variant="default" onClick={() => setAct('rollBack')}>
            Roll back to version {rollbackTo.version}…
          </Button>
        )}
        {stage !== 'Archived' && canArchive && (
          <Button variant="default" onClick={() => setAct('archive')}>
            Archive…
          </Button>
        )}
      </Group>
      <ActDialogs
        version={version}
        lifecycle={lifecycle}
        rollbackAdvice={rollbackAdvice}
        act={act}
        onClose={() => setAct(null)}
      />
    </Stack>
  );
}

interface ActDialogsProps extends LifecycleActsProps {
  readonly act: Act | null;
  readonly onClose: () => void;
}

function ActDialogs({ version, lifecycle, rollbackAdvice, act, onClose }: ActDialogsProps) {
  const store = useLifecycleStore();
  const { id: versionId, snapshot } = version;
  const { modelId, version: number } = snapshot;
  const { request, toStage, rollbackTo, stage } = lifecycle;
  const requestId = request?.id ?? '';
  return (
    <>
      <ReasonDialog
        opened={act === 'ask'}
        title={`Ask to bring version ${number} to ${toStage ?? ''}`}
        submitLabel="Ask"
        onClose={onClose}
        onSubmit={(reason) =>
          store.requestPromotion({ versionId, toStage: toStage ?? 'Staging', reason })
        }
      >
        Others can approve or reject it by their signature. Nothing moves until it is promoted.
      </ReasonDialog>
      <ReasonDialog
        opened={act === 'withdraw'}
        title="Withdraw the request"
        submitLabel="Withdraw"
        onClose={onClose}
        onSubmit={(reason) => store.withdrawPromotion(versionId, { requestId, reason })}
      >
        The request stays on record, with the signatures under it. The version stays where it is.
      </ReasonDialog>
      <ReasonDialog
        opened={act === 'promote'}
        title={`Promote version ${number} to ${request?.toStage ?? ''}`}
        submitLabel="Promote"
        onClose={onClose}
        onSubmit={(reason) => store.promote(versionId, { requestId, reason })}
      >
        <Stack gap="sm">
          <GateList modelId={modelId} versionId={version.id} gates={lifecycle.gates} />
          <Text>{promotionSentence(lifecycle)}</Text>
        </Stack>
      </ReasonDialog>
      <ReasonDialog
        opened={act === 'rollBack'}
        title={`Roll back to version ${rollbackTo?.version ?? ''}`}
        submitLabel="Roll back"
        initialReason={rollbackAdvice ?? ''}
        isDestructive
        onClose={onClose}
        onSubmit={(reason) =>
          store.rollBack(versionId, { modelId, liveVersionId: versionId, reason })
        }
      >
        {`Version ${rollbackTo?.version ?? ''} goes to Production and version ${number} to the archive, in one step. It went through the gates before, so nobody has to approve it again.`}
      </ReasonDialog>
      <ReasonDialog
        opened={act === 'archive'}
        title={`Archive version ${number}`}
        submitLabel="Archive"
        isDestructive
        onClose={onClose}
        onSubmit={(reason) => store.archiveVersion({ versionId, reason })}
      >
        {stage === 'Production'
          ? 'It leaves Production, and no version is live after it.'
          : 'It stays readable with everything that was signed. An open request is withdrawn.'}
      </ReasonDialog>
    </>
  );
}

function promotionSentence({ request, replaces }: VersionLifecycle): string {
  if (request?.toStage !== 'Production') return 'It goes to Staging. What is live stays live.';
  return replaces === null
    ? 'It becomes the live version of this model.'
    : `It becomes the live version, and version ${replaces.version} is archived, in one step.`;
}
