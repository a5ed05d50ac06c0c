import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import type { VerificationResult } from '../../shared/audit/auditPackage';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { PageHeader } from '../ui/PageHeader';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { useCall } from '../ui/useCall';
import { parseFingerprints } from './fingerprints';
import { VerificationSteps } from './VerificationSteps';
import { packageFinding } from './verificationWords';

interface Verified {
  readonly fileName: string;
  readonly verification: VerificationResult;
  /** Null when the file was chosen by a dialog: it must be chosen again to check it again. */
  readonly token: string | null;
}

/** Checks any audit package, step by step; needs no workspace. */
export function VerifyPackagePage() {
  const verify = useCall('audit.verifyPackage');
  const [text, setText] = useState('');
  const [verified, setVerified] = useState<Verified | null>(null);
  const { trusted, problem } = parseFingerprints(text);

  async function onFile(token: string | null): Promise<void> {
    if (problem !== null) return;
    const result = await verify.run({ source: { token }, trusted });
    if (result.ok) setVerified({ ...result.value, token });
    else if (result.error.code !== 'CANCELLED') setVerified(null);
  }

  const finding =
    verified === null ? null : packageFinding(verified.fileName, verified.verification);
  return (
    <>
      <PageHeader
        title="Verify a package"
        sentence={
          finding === null
            ? 'Drop an audit package to see, check by check, whether it is whole, unchanged and signed by whom it says.'
            : finding.sentence
        }
      />
      <Stack gap="md" maw={980}>
        <FileDrop
          label="Drop an audit package here"
          accept="A ZIP file that Assay exported. It is only read, never changed."
          isBusy={verify.isRunning}
          onToken={(token) => void onFile(token)}
          onBrowse={() => void onFile(null)}
        />
        <Textarea
          label="Fingerprints that the signers sent by another way (optional)"
          description="Paste the lines name=fingerprint, or the whole cover letter. Without them nothing shows whose keys signed."
          autosize
          minRows={2}
          maxRows={8}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={text}
          error={problem}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {verified !== null && verified.token !== null && (
          <Group>
            <Button
              variant="default"
              onClick={() => void onFile(verified.token)}
              disabled={problem !== null}
            >
              Check {verified.fileName} again with these fingerprints
            </Button>
          </Group>
        )}
        {verify.error !== null && <ErrorPanel error={verify.error} />}
        {verified !== null && finding !== null && (
          <section aria-labelledby="checks-title" aria-live="polite">
            <Group gap="sm" mb="sm">
              <Title order={2} id="checks-title" style={{ overflowWrap: 'anywhere' }}>
                {verified.fileName}
              </Title>
              <StateBadge state={finding.state} label={finding.label} />
            </Group>
            <Stack gap="md">
              <SignedSummary verification={verified.verification} />
              <VerificationSteps steps={verified.verification.steps} />
            </Stack>
          </section>
        )}
        <ProgressDialog
          opened={verify.isRunning}
          title="Verifying the package"
          progress={verify.progress}
          onCancel={verify.cancel}
        />
      </Stack>
    </>
  );
}

function SignedSummary({ verification }: { readonly verification: VerificationResult }) {
  const { summary } = verification;
  if (summary === null) {
    return (
      <Text>Its signatures do not hold, so nothing that it states about itself is shown.</Text>
    );
  }
  const { predicate, fileCount, eventCount } = summary;
  const { scope, signers } = predicate;
  const period = `${scope.periodStart ?? 'the beginning'} to ${scope.periodEnd ?? 'the day of export'}`;
  return (
    <KeyValue
      items={[
        { label: 'Workspace', value: predicate.workspaceName },
        { label: 'Model', value: scope.modelName ?? 'All models' },
        { label: 'Period', value: period },
        {
          label: 'Holds',
          value: `${formatNoun(fileCount, 'file')}, ${formatNoun(eventCount, 'audit event')} of ${formatCount(predicate.log.size)} in the log`,
        },
        ...signers.map((signer) => ({
          label: 'Signed by',
          value: (
            <>
              {signer.printedName} ({signer.role}), {signer.meaning},{' '}
              <TimeText instant={signer.signedAtUtc} />: “{signer.reason}”{' '}
              <HashText hash={signer.keyid} of="signer’s key" digits={16} />
            </>
          ),
        })),
      ]}
    />
  );
}
