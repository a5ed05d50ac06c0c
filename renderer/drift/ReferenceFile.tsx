import { Button, Group, Text } from '@mantine/core';
import { FileDrop } from '../ui/FileDrop';

/** The file of the reference: dropped, or (token null) asked for when the batch is computed. */
export interface ChosenReference {
  readonly token: string | null;
}

interface ReferenceFileProps {
  readonly chosen: ChosenReference | null;
  readonly onChoose: (chosen: ChosenReference | null) => void;
}

/** Only with the rows of the reference can a classifier tell the two sides apart. */
export function ReferenceFile({ chosen, onChoose }: ReferenceFileProps) {
  if (chosen !== null) {
    return (
      <Group gap="sm">
        <Text>
          {chosen.token === null
            ? 'You will be asked for the reference file.'
            : 'The reference file is at hand.'}{' '}
          Its SHA-256 is checked before it is used.
        </Text>
        <Button variant="default" size="xs" onClick={() => onChoose(null)}>
          Without the reference file
        </Button>
      </Group>
    );
  }
  return (
    <FileDrop
      label="The reference file, if you have it (optional)"
      accept="the very file that the reference was frozen from; a classifier then compares the rows of both, and nothing of it is kept"
      onToken={(token) => onChoose({ token })}
      onBrowse={() => onChoose({ token: null })}
      browseLabel="Ask me for it"
    />
  );
}
