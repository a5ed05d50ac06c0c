import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { HandoffPacket } from '../../shared/handoff/packet';
import { ReasonField } from '../ui/ReasonField';
import { Waiting } from '../ui/Waiting';
import { useHandoffStore } from './handoffStore';
import { evidenceKey, PacketForm } from './PacketForm';

interface RevisePacketProps {
  readonly packet: HandoffPacket;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes what a packet asks; it takes the pipeline settings of now, and must be approved again. */
export function RevisePacket({ packet, opened, onClose }: RevisePacketProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Change the packet"
      size="70rem"
      closeOnClickOutside={false}
    >
      {opened && <ReviseForm packet={packet} onClose={onClose} />}
    </Modal>
  );
}

function ReviseForm({ packet, onClose }: Omit<RevisePacketProps, 'opened'>) {
  const { id: packetId, modelId, revision, content } = packet;
  const versions = useHandoffStore((state) => state.versionsByModel[modelId]);
  const evidence = useHandoffStore((state) => state.evidenceByModel[modelId]);
  const loadChoices = useHandoffStore((state) => state.loadChoices);
  const revise = useHandoffStore((state) => state.revise);
  const [reason, setReason] = useState('');
  useEffect(() => void loadChoices(modelId), [loadChoices, modelId]);
  if (versions === undefined || evidence === undefined) return <Waiting />;
  return (
    <PacketForm
      initial={{
        title: content.title,
        purpose: content.purpose,
        request: content.request,
        versionId: content.subject.versionId,
        candidatePercent: content.candidatePercent ?? '',
        cited: content.evidence.map((one) => evidenceKey(one.evidence)),
      }}
      versions={versions}
      evidence={evidence}
      submitLabel="Change the packet"
      isReady={reason.trim() !== ''}
      onSubmit={async (draft) => {
        const failure = await revise({ packetId, revision, draft, reason: reason.trim() });
        if (failure === null) onClose();
        return failure;
      }}
      onCancel={onClose}
    >
      <ReasonField
        description="Why it is changed. Signatures under it are outdated then, and it must be approved again."
        value={reason}
        onChange={setReason}
      />
    </PacketForm>
  );
}
