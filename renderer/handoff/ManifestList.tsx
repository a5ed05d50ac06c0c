import { Accordion, Code, Group, List, Stack, Text } from '@mantine/core';
import type { ShownManifest } from '../../shared/handoff/packet';
import { CopyButton } from '../ui/CopyButton';
import { StateBadge } from '../ui/StateBadge';

/** The files of a packet, each with whether it is valid, and its text. */
export function ManifestList({ manifests }: { readonly manifests: readonly ShownManifest[] }) {
  if (manifests.length === 0)
    return (
      <Text>
        None: no pipeline is set up for this model. Say where its pipelines are on the model’s page,
        then change the packet.
      </Text>
    );
  return (
    <Accordion variant="separated" multiple>
      {manifests.map((manifest) => (
        <Accordion.Item key={manifest.path} value={manifest.path}>
          <Accordion.Control>
            <Group gap="sm">
              {manifest.problems.length === 0 ? (
                <StateBadge state="ok" label="Valid" />
              ) : (
                <StateBadge state="alert" label="Not valid" />
              )}
              <Text fw={500}>{manifest.path.replace('manifests/', '')}</Text>
              <Text c="dimmed">{manifest.use}</Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              {manifest.problems.length > 0 && (
                <List>
                  {manifest.problems.map(({ where, message }) => (
                    <List.Item key={`${where} ${message}`}>
                      {where === '' ? 'The file' : where}: {message}
                    </List.Item>
                  ))}
                </List>
              )}
              <Group justify="flex-end">
                <CopyButton text={manifest.text} size="compact-xs" />
              </Group>
              <Code block tabIndex={0} aria-label={`Text of ${manifest.path}`}>
                {manifest.text}
              </Code>
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
