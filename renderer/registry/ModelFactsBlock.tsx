import { Box, Button, Group, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Model } from '../../shared/registry/model';
import { KeyValue } from '../ui/KeyValue';
import { EditModelDialog } from './EditModelDialog';
import { useMayChangeFacts } from './mayChangeFacts';
import { riskLine } from './riskClasses';
import { TagList } from './TagList';

/** What a model is for, who answers for it, and how it is classed. */
export function ModelFactsBlock({ model }: { readonly model: Model }) {
  const [isEditing, setIsEditing] = useState(false);
  const mayChange = useMayChangeFacts();
  return (
    <Group component="section" aria-label="Facts" align="flex-start" wrap="nowrap" gap="lg" mb="md">
      <Box flex={1} miw={0} maw="100ch">
        <KeyValue
          items={[
            { label: 'Purpose', value: <Lines text={model.purpose} /> },
            {
              label: 'Intended use',
              value:
                model.intendedUse === '' ? (
                  'not written down yet'
                ) : (
                  <Lines text={model.intendedUse} />
                ),
            },
            { label: 'Owner', value: model.owner },
            { label: 'Risk class (EU AI Act)', value: riskLine(model.riskClass) },
            { label: 'Tags', value: <TagList tags={model.tags} /> },
          ]}
        />
      </Box>
      {mayChange && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => setIsEditing(true)}
        >
          Edit…
        </Button>
      )}
      <EditModelDialog model={model} opened={isEditing} onClose={() => setIsEditing(false)} />
    </Group>
  );
}

/** A text of several lines; a long one is cut off, and whole when the pointer rests on it. */
function Lines({ text }: { readonly text: string }) {
  return (
    <Text inherit component="span" lineClamp={4} title={text} style={{ whiteSpace: 'pre-line' }}>
      {text}
    </Text>
  );
}
