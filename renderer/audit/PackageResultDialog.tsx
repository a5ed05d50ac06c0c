import { Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core';
import type { ExportedPackage } from '../../shared/audit/channels';
import { CopyButton } from '../ui/CopyButton';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { StateBadge } from '../ui/StateBadge';
import { PathText } from './PathText';
import { VerificationSteps } from './VerificationSteps';

interface PackageResultDialogProps {
  readonly opened: boolean;
  readonly exported: ExportedPackage | null;
  readonly onClose: () => void;
}

/** The written package: where it is, what to send by another way, and how it verified. */
export function PackageResultDialog({ opened, exported, onClose }: PackageResultDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title="The audit package is written">
      {exported !== null && <PackageResult exported={exported} onClose={onClose} />}
    </Modal>
  );
}

function PackageResult({
  exported,
  onClose,
}: {
  readonly exported: ExportedPackage;
  readonly onClose: () => void;
}) {
  const { path, reportPath, sha256, sizeBytes, keyFingerprints, verification } = exported;
  const lines = keyFingerprints.map(({ name, fingerprint }) => `${name}=${fingerprint}`).join('\n');
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap">
        <StateBadge
          state={verification.isValid ? 'ok' : 'alert'}
          label={verification.isValid ? 'Verified' : 'Not valid'}
        />
        <Text>
          {verification.isValid
            ? 'The bytes on disk were read again and verified.'
            : 'The bytes on disk do not verify. Do not hand this package over.'}
        </Text>
      </Group>
      <KeyValue
        items={[
          { label: 'Package', value: <PathText path={path} /> },
          { label: 'Report to read', value: <PathText path={reportPath} /> },
          { label: 'Size', value: formatBytes(sizeBytes) },
          { label: 'SHA-256', value: <HashText hash={sha256} of="package" digits={32} /> },
        ]}
      />
      <section aria-labelledby="fingerprints-title">
        <Title order={3} id="fingerprints-title">
          Send these fingerprints by another way
        </Title>
        <Text mb={6}>
          By telephone, in print or in another message. A package cannot vouch for itself: the
          receiver compares the fingerprints with the keys inside.
        </Text>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {lines}
        </Code>
        <CopyButton text={lines} label="Copy the fingerprints" mt={6} />
      </section>
      <section aria-labelledby="checks-title">
        <Title order={3} id="checks-title" mb={6}>
          How it verified
        </Title>
        <VerificationSteps steps={verification.steps} />
      </section>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
