import { Code, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface RecordToSignProps {
  /** The record for people. */
  readonly children: ReactNode;
  readonly recordSha256: string | null;
  readonly recordJson: string | undefined;
}

/** Exactly what will be signed: for people, as a digest, and byte by byte. */
export function RecordToSign({ children, recordSha256, recordJson }: RecordToSignProps) {
  return (
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
        {children}
      </Paper>
      <RecordHash recordSha256={recordSha256} />
      {recordJson !== undefined && <RecordBytes recordJson={recordJson} />}
    </section>
  );
}

const PROMINENT_DIGITS = 12;

function RecordHash({ recordSha256 }: { readonly recordSha256: string | null }) {
  if (recordSha256 === null) {
    return (
      <Text c="dimmed" mt={6}>
        Its SHA-256 is taken at the moment of signing and shown with the signature.
      </Text>
    );
  }
  return (
    <Text mt={6} style={{ overflowWrap: 'anywhere' }}>
      SHA-256 of what you sign:{' '}
      <Code fz="md" fw={700}>
        {recordSha256.slice(0, PROMINENT_DIGITS)}
      </Code>
      <Text span c="dimmed" size="xs" ff="monospace">
        {recordSha256.slice(PROMINENT_DIGITS)}
      </Text>
    </Text>
  );
}

function RecordBytes({ recordJson }: { readonly recordJson: string }) {
  return (
    <details>
      <summary className="assay-summary">The exact bytes that are signed</summary>
      <Text c="dimmed" mt={4}>
        Canonical JSON in UTF-8. The SHA-256 above is taken of these bytes and of nothing else.
      </Text>
      <Code
        block
        mt={4}
        mah="24vh"
        fz="xs"
        tabIndex={0}
        role="region"
        aria-label="Canonical JSON"
        style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {recordJson}
      </Code>
    </details>
  );
}
