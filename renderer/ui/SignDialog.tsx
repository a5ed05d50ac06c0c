import {
  Button,
  Code,
  Group,
  Modal,
  Paper,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { MEANINGS, type Meaning, type SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from './ErrorPanel';
import { retryAfterMsOf } from './explainError';
import { PassphraseProblem } from './PassphraseProblem';
import { PublicPassphrase } from './PublicPassphrase';
import { usePublicPassphraseStore } from './publicPassphraseStore';
import { useCountdown } from './useCountdown';

const MEANING_WORDS: Readonly<Record<Meaning, string>> = {
  authorship: 'Authorship: I made this record',
  review: 'Review: I have checked this record',
  approval: 'Approval: I approve this record',
  responsibility: 'Responsibility: I answer for this record',
  rejection: 'Rejection: I refuse this record',
};

export interface SignDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Exactly what will be recorded, in words and figures. */
  readonly children: ReactNode;
  /** SHA-256 of what is signed; null when it is fixed at the moment of signing. */
  readonly recordSha256: string | null;
  readonly meanings?: readonly Meaning[];
  readonly initialMeaning?: Meaning;
  readonly initialReason?: string;
  readonly signLabel?: string;
  /** Answers null when it is signed, else why not. */
  readonly onSign: (act: SigningAct) => Promise<AppError | null>;
}

/** Shows what will be recorded, then asks for meaning, reason and the passphrase again. */
export function SignDialog(props: SignDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="xl">
      {/* Made anew each time it opens, so that no passphrase outlives the dialog. */}
      {props.opened && <SignForm {...props} />}
    </Modal>
  );
}

function SignForm(props: SignDialogProps) {
  const { recordSha256, meanings = MEANINGS, onClose, onSign } = props;
  const [meaning, setMeaning] = useState<Meaning>(
    props.initialMeaning ?? meanings[0] ?? 'authorship',
  );
  const [reason, setReason] = useState(props.initialReason ?? '');
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, error, secondsLeft, sign } = useSigning(onSign);
  const isComplete = reason.trim() !== '' && passphrase !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isComplete || isBusy || secondsLeft > 0) return;
    const isSigned = await sign({ meaning, reason: reason.trim(), passphrase });
    if (!isSigned) setPassphrase('');
  }

  const publicPassphrase = usePublicPassphraseStore((state) => state.passphrase);
  const isRefused = error?.code === 'FORBIDDEN';
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <section aria-label="What will be recorded">
          <Text fw={600} mb={6}>
            This will be recorded and signed with your name, the time and the reason:
          </Text>
          <Paper
            p="sm"
            mah="30vh"
            style={{ overflow: 'auto' }}
            tabIndex={0}
            role="region"
            aria-label="Record to sign"
          >
            {props.children}
          </Paper>
          <RecordHash recordSha256={recordSha256} />
        </section>
        <SimpleGrid cols={2} spacing="md">
          <Textarea
            label="Reason"
            description="Goes on record with the signature; it cannot be changed later."
            required
            autosize
            minRows={5}
            maxRows={8}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Stack gap="md">
            <Select
              label="Meaning of your signature"
              data={meanings.map((value) => ({ value, label: MEANING_WORDS[value] }))}
              value={meaning}
              allowDeselect={false}
              onChange={(value) => setMeaning(meanings.find((known) => known === value) ?? meaning)}
            />
            <PasswordInput
              label="Your passphrase"
              description="Asked again, so that nobody signs in your place."
              required
              autoComplete="off"
              value={passphrase}
              error={isRefused}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
            />
          </Stack>
        </SimpleGrid>
        {publicPassphrase !== null && <PublicPassphrase passphrase={publicPassphrase} />}
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error !== null && !isRefused && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isComplete || secondsLeft > 0}>
            {props.signLabel ?? 'Sign'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSigning(onSign: SignDialogProps['onSign']) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { secondsLeft, start } = useCountdown();
  async function sign(act: SigningAct): Promise<boolean> {
    setIsBusy(true);
    setError(null);
    const failure = await onSign(act);
    setIsBusy(false);
    setError(failure?.code === 'CANCELLED' ? null : failure);
    if (failure !== null) start(retryAfterMsOf(failure));
    return failure === null;
  }
  return { isBusy, error, secondsLeft, sign };
}

function RecordHash({ recordSha256 }: { readonly recordSha256: string | null }) {
  if (recordSha256 === null) {
    return (
      <Text c="dimmed" mt={6}>
        Its SHA-256 is taken at the moment of signing and shown with the signature.
      </Text>
    );
  }
  return (
    <Text c="dimmed" mt={6} style={{ overflowWrap: 'anywhere' }}>
      SHA-256 of what you sign: <Code>{recordSha256}</Code>
    </Text>
  );
}
