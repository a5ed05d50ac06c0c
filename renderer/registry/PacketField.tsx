import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PacketHead } from '../../shared/handoff/packet';
import { useCall } from '../ui/useCall';

interface PacketFieldProps {
  readonly modelId: string;
  readonly value: string | null;
  readonly onChange: (packetId: string | null) => void;
}

/** The approved hand-off packet that a version came from; not shown where a model has none. */
export function PacketField({ modelId, value, onChange }: PacketFieldProps) {
  const { run } = useCall('handoff.listPackets');
  const [packets, setPackets] = useState<readonly PacketHead[]>([]);
  useEffect(() => {
    void run({ modelId }).then((result) => {
      if (result.ok) setPackets(result.value.filter(({ state }) => state === 'approved'));
    });
  }, [run, modelId]);
  if (packets.length === 0) return null;
  return (
    <Select
      label="From hand-off packet"
      description="The approved packet that asked for this version; the link is signed with it. Optional."
      clearable
      value={value}
      data={packets.map(({ id, number, title }) => ({ value: id, label: `${number}: ${title}` }))}
      onChange={onChange}
    />
  );
}
