import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Alias } from '../../shared/registry/lifecycleChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { useMay } from './lifecycleRights';
import { useLifecycleStore } from './lifecycleStore';
import { ReasonDialog } from '../ui/ReasonDialog';
import { useRegistryStore } from './registryStore';

/** The names that stand for a version now, and the way to give and take them. */
export function AliasesPart({ version }: { readonly version: ModelVersion }) {
  const canSet = useMay('registry.setAlias');
  const [isGiving, setIsGiving] = useState(false);
  const [taken, setTaken] = useState<string | null>(null);
  const { aliases, snapshot } = version;
  return (
    <Group gap="xs">
      <Text>
        {aliases.length === 0
          ? 'No alias stands for it.'
          : `${aliases.length === 1 ? 'Alias' : 'Aliases'}: ${aliases.join(', ')}.`}
      </Text>
      {canSet && (
        <Button variant="subtle" size="compact-xs" onClick={() => setIsGiving(true)}>
          Give an alias…
        </Button>
      )}
      {canSet &&
        aliases.map((alias) => (
          <Button key={alias} variant="subtle" size="compact-xs" onClick={() => setTaken(alias)}>
            Take {alias} away…
          </Button>
        ))}
      <GiveAlias version={version} opened={isGiving} onClose={() => setIsGiving(false)} />
      <TakeAlias
        modelId={snapshot.modelId}
        version={version}
        alias={taken}
        onClose={() => setTaken(null)}
      />
    </Group>
  );
}

interface GiveAliasProps {
  readonly version: ModelVersion;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function GiveAlias({ version, opened, onClose }: GiveAliasProps) {
  const setAlias = useLifecycleStore((state) => state.setAlias);
  const [alias, setTyped] = useState('');
  const { id: versionId, snapshot } = version;
  const isFit = alias === '' || Alias.safeParse(alias).success;
  return (
    <ReasonDialog
      opened={opened}
      title={`Give version ${snapshot.version} an alias`}
      submitLabel="Give the alias"
      isReady={alias !== '' && isFit}
      onClose={onClose}
      onSubmit={(reason) => setAlias({ modelId: snapshot.modelId, versionId, alias, reason })}
    >
      <Stack gap="sm">
        <Text>
          An alias stands for one version of the model at a time. If another version has it, it
          moves here; the history keeps both.
        </Text>
        <TextInput
          label="Alias"
          description="For example champion or challenger: letters, digits, hyphens, dots."
          required
          maxLength={60}
          value={alias}
          error={isFit ? null : 'This cannot be an alias: version numbers and “latest” are taken.'}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Stack>
    </ReasonDialog>
  );
}

interface TakeAliasProps {
  readonly modelId: string;
  readonly version: ModelVersion;
  /** Null while none is taken away. */
  readonly alias: string | null;
  readonly onClose: () => void;
}

function TakeAlias({ modelId, version, alias, onClose }: TakeAliasProps) {
  const setAlias = useLifecycleStore((state) => state.setAlias);
  const getVersion = useRegistryStore((state) => state.getVersion);
  return (
    <ReasonDialog
      opened={alias !== null}
      title={`Take the alias ${alias ?? ''} away`}
      submitLabel="Take away"
      onClose={onClose}
      onSubmit={async (reason) => {
        const failure = await setAlias({ modelId, versionId: null, alias: alias ?? '', reason });
        await getVersion(version.id);
        return failure;
      }}
    >
      It stands for no version until it is given again. The history keeps it.
    </ReasonDialog>
  );
}
