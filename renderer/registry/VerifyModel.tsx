import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconShieldSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type {
  ModelSigningCheck,
  ModelSigningStep,
} from '../../shared/registry/modelSigningChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';
import { visiblePath } from './artefactWords';
import { DifferingFiles } from './DifferingFiles';

/** Checks any folder against an OpenSSF Model Signing bundle: three files are asked for, then the steps shown. */
export function VerifyModel() {
  const { run, progress, isRunning, error, cancel } = useCall('registry.verifyModelSignature');
  const [isOpen, setIsOpen] = useState(false);
  const [found, setFound] = useState<ModelSigningCheck | null>(null);
  async function verify(): Promise<void> {
    setFound(null);
    const ask = { token: null };
    const result = await run({ bundle: ask, publicKey: ask, model: ask });
    if (result.ok) setFound(result.value);
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconShieldSearch size={16} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        Verify a signed model…
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        size="lg"
        title="Verify a model by OpenSSF Model Signing"
      >
        <Stack gap="md">
          <Text>
            Assay asks for three things in turn: the signature of the model (.sig), the public key
            of the signer (PEM), and the folder of the model. Get the key by another way than the
            model: a signature cannot vouch for its own key.
          </Text>
          {error !== null && <ErrorPanel error={error} />}
          {found !== null && <Found found={found} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setIsOpen(false)}>
              Close
            </Button>
            <Button loading={isRunning} onClick={() => void verify()}>
              {found === null ? 'Choose the files…' : 'Verify another…'}
            </Button>
          </Group>
        </Stack>
        <ProgressDialog
          opened={isRunning && progress !== null}
          title="Verifying the model"
          progress={progress}
          onCancel={cancel}
        />
      </Modal>
    </>
  );
}

const STEP_TITLES: Readonly<Record<ModelSigningStep['id'], string>> = {
  bundle: 'Signature file',
  key: 'Public key',
  signature: 'Signature',
  statement: 'Signed statement',
  files: 'Files of the model',
};

const STATES = { passed: 'ok', failed: 'alert', skipped: 'unknown' } as const;
const STATE_WORDS = { passed: 'Passed', failed: 'Failed', skipped: 'Not checked' } as const;

function Found({ found }: { readonly found: ModelSigningCheck }) {
  const { isValid, steps, subject, files } = found;
  return (
    <Stack gap="sm" role="status">
      <Title order={3}>
        {isValid ? 'The model is as it was signed.' : 'The model is NOT as it was signed.'}
      </Title>
      {steps.map(({ id, status, detail }) => (
        <Group key={id} gap="sm" wrap="nowrap" align="flex-start">
          <StateBadge state={STATES[status]} label={STATE_WORDS[status]} />
          <Text miw={0} style={{ overflowWrap: 'anywhere' }}>
            <Text span fw={600} inherit>
              {STEP_TITLES[id]}.
            </Text>{' '}
            {detail}
          </Text>
        </Group>
      ))}
      {subject !== null && (
        <KeyValue
          items={[
            { label: 'Signed as', value: visiblePath(subject.name) },
            {
              label: 'Digest',
              value: <HashText hash={subject.rootSha256} of="whole model" digits={32} />,
            },
          ]}
        />
      )}
      {files !== null && <DifferingFiles found={files} />}
    </Stack>
  );
}
