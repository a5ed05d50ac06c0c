import { Button, Group, Menu, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Request } from '../../shared/explanation/request';
import { CopyButton } from '../ui/CopyButton';
import { ErrorPanel } from '../ui/ErrorPanel';
import { usePersonStore } from '../ui/personStore';
import { Section } from '../ui/Section';
import { SignaturePanel } from '../ui/SignaturePanel';
import { useCall } from '../ui/useCall';
import { LetterView } from './LetterView';
import { useRequestStore } from './requestStore';
import { WriteLetterDialog } from './WriteLetterDialog';

/** The letter of a request: written, read, signed, saved. */
export function LetterSection({ request }: { readonly request: Request }) {
  const [isWriting, setIsWriting] = useState(false);
  const isAnalyst = usePersonStore(({ person }) => person?.roles.includes('analyst') ?? false);
  const { newest, outcome } = request;
  return (
    <Section title="Letter">
      <Stack>
        {newest === null && (
          <Text>
            No letter is written yet. An analyst chooses the case in the file that the explanation
            was made from; somebody else approves the letter by their signature.
          </Text>
        )}
        {isAnalyst && outcome === null && (
          <div>
            <Button
              variant={newest === null ? 'filled' : 'default'}
              onClick={() => setIsWriting(true)}
            >
              {newest === null ? 'Write the letter…' : 'Write it anew…'}
            </Button>
          </div>
        )}
        {newest !== null && <Written request={request} letter={newest} />}
      </Stack>
      <WriteLetterDialog opened={isWriting} request={request} onClose={() => setIsWriting(false)} />
    </Section>
  );
}

interface WrittenProps {
  readonly request: Request;
  readonly letter: NonNullable<Request['newest']>;
}

function Written({ request, letter }: WrittenProps) {
  const get = useRequestStore((state) => state.get);
  const [isRedacted, setIsRedacted] = useState(false);
  const { content } = letter;
  const hasRedaction = (content?.hiddenFeatures.length ?? 0) > 0;
  return (
    <Stack>
      <Text>
        Letter {letter.ordinal}, written by {letter.writtenBy}.
        {content === null && ' What it said is erased; its digest and signatures stay.'}
      </Text>
      {content !== null && (
        <>
          <Group>
            {hasRedaction && (
              <SegmentedControl
                size="xs"
                aria-label="Which copy"
                value={isRedacted ? 'redacted' : 'whole'}
                onChange={(value) => setIsRedacted(value === 'redacted')}
                data={[
                  { value: 'whole', label: 'Whole letter' },
                  { value: 'redacted', label: 'Redacted copy' },
                ]}
              />
            )}
            {request.letter === 'approved' && (
              <SaveLetter letterId={letter.id} isRedacted={isRedacted} />
            )}
          </Group>
          <LetterView content={content} isRedacted={isRedacted} />
        </>
      )}
      <SignaturePanel
        recordType="explanation.letter"
        recordId={letter.id}
        canSign={content !== null && request.outcome === null}
        refreshKey={letter.id}
        onSigned={() => void get(request.id)}
      />
    </Stack>
  );
}

interface SaveLetterProps {
  readonly letterId: string;
  readonly isRedacted: boolean;
}

function SaveLetter({ letterId, isRedacted }: SaveLetterProps) {
  const saving = useCall('explanation.exportLetter');
  const [path, setPath] = useState<string | null>(null);
  async function save(format: 'pdf' | 'html'): Promise<void> {
    const result = await saving.run({ letterId, format, isRedacted });
    if (result.ok) setPath(result.value.path);
  }
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs" loading={saving.isRunning}>
            {isRedacted ? 'Save the redacted copy…' : 'Save the letter…'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save('pdf')}>PDF, to print or send</Menu.Item>
          <Menu.Item onClick={() => void save('html')}>HTML, one file</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {path !== null && (
        <Group gap="xs" role="status">
          <Text>Saved: {path}</Text>
          <CopyButton text={path} label="Copy the path" />
        </Group>
      )}
      {saving.error !== null && <ErrorPanel error={saving.error} />}
    </>
  );
}
