import { Group, Stack, Text } from '@mantine/core';
import type { GateFinding } from '../../shared/registry/lifecycle';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { gateWords } from './lifecycleWords';
import { useRegistryStore } from './registryStore';

interface GateListProps {
  readonly modelId: string;
  readonly versionId: string;
  readonly gates: readonly GateFinding[];
}

/** The gates before a stage as a checklist: what is met, what is missing, and where to mend it. */
export function GateList({ modelId, versionId, gates }: GateListProps) {
  if (gates.length === 0) return <Text>No gate stands before this stage.</Text>;
  return (
    <Stack component="ul" gap={8} m={0} p={0} style={{ listStyle: 'none' }}>
      {gates.map((found, i) => (
        // The place of a gate in the policy is what tells it apart.
        <Group component="li" key={`${i} ${found.gate.kind}`} gap="sm" wrap="nowrap" align="start">
          <div style={{ width: 92, flexShrink: 0 }}>
            <StateBadge
              state={found.isMet ? 'ok' : 'watch'}
              label={found.isMet ? 'Met' : 'Missing'}
            />
          </div>
          <Text style={{ overflowWrap: 'anywhere' }}>
            {gateWords(found.gate)}.{' '}
            <Text span c="dimmed">
              {found.finding}
            </Text>{' '}
            {!found.isMet && (
              <GateFix modelId={modelId} versionId={versionId} kind={found.gate.kind} />
            )}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

interface GateFixProps {
  readonly modelId: string;
  readonly versionId: string;
  readonly kind: string;
}

/** The way to what is missing; nothing where it is on this page. */
function GateFix({ modelId, versionId, kind }: GateFixProps) {
  const openTab = useRegistryStore((state) => state.openTab);
  const to = `/models/${modelId}`;
  if (kind === 'noOpenAlert')
    return (
      <TextLink to={to} onClick={() => openTab(modelId, 'alerts')}>
        Look at the alerts
      </TextLink>
    );
  if (kind === 'cardApproved')
    return <TextLink to={`${to}/versions/${versionId}/card`}>Open the card</TextLink>;
  if (kind === 'canaryVerdict')
    return (
      <TextLink to={to} onClick={() => openTab(modelId, 'canary')}>
        Look at the canaries
      </TextLink>
    );
  if (kind === 'assessed') return <TextLink to={to}>Edit the model</TextLink>;
  // What a version froze cannot be mended: it takes a new one.
  if (['evaluation', 'metric', 'trainingData', 'schema', 'artefacts'].includes(kind))
    return (
      <TextLink to={to} onClick={() => openTab(modelId, 'versions')}>
        Register a new version
      </TextLink>
    );
  return null;
}
