import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useId, useState } from 'react';
import type { SignableType } from '../../shared/vault/signable';
import { ErrorPanel } from './ErrorPanel';
import { PreviewedSigning } from './PreviewedSigning';
import { SignatureTable } from './SignatureTable';
import { useCall } from './useCall';
import { useSignatures } from './useSignatures';
import { Waiting } from './Waiting';

export interface SignaturePanelProps {
  readonly recordType: SignableType;
  readonly recordId: string;
  /** Whether the signed-in person's roles let them sign what others made. */
  readonly canSign: boolean;
  /** Reads the signatures again when it changes: the record's revision. */
  readonly refreshKey?: string | number;
  /** Where a page shows the signatures of two records. */
  readonly title?: string;
  /** Told after somebody signed. */
  readonly onSigned?: () => void;
}

/** Who signed a record, whether each signature is still of it, and the way to sign. */
export function SignaturePanel(props: SignaturePanelProps) {
  const { recordType, recordId, canSign, refreshKey, title = 'Signatures' } = props;
  const titleId = useId();
  const { signed, error, reload } = useSignatures({ recordType, recordId }, refreshKey);
  const { run } = useCall('vault.signRecord');
  const [isSigning, setIsSigning] = useState(false);
  return (
    <Paper component="section" aria-labelledby={titleId} bg="var(--assay-surface)">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} id={titleId}>
            {title}
          </Title>
          {canSign && (
            <Button variant="default" size="xs" onClick={() => setIsSigning(true)}>
              Sign…
            </Button>
          )}
        </Group>
        {error !== null && <ErrorPanel error={error} onRetry={reload} />}
        {signed === null && error === null && <Waiting />}
        {signed !== null &&
          (signed.signatures.length === 0 ? (
            <Text>
              Nobody has signed this record yet. A reviewer or a manager can; who made it cannot
              review, approve or reject it.
            </Text>
          ) : (
            <SignatureTable signatures={signed.signatures} />
          ))}
      </Stack>
      <PreviewedSigning
        opened={isSigning}
        recordType={recordType}
        recordId={recordId}
        onClose={() => setIsSigning(false)}
        onSign={async (act) => {
          const result = await run(act);
          if (!result.ok) return result.error;
          reload();
          props.onSigned?.();
          return null;
        }}
      />
    </Paper>
  );
}
