import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { FlowView } from '../../shared/dataflow/flowView';
import {
  registerOf,
  type ProcessingRegister,
  type RegisterEntry,
} from '../../shared/dataflow/register';
import {
  countMissing,
  entryFields,
  organisationFields,
  type RegisterField,
} from '../../shared/dataflow/registerText';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { Section } from '../ui/Section';
import { StateBadge } from '../ui/StateBadge';
import { ExportMenu } from './ExportMenu';
import { OrganisationDialog } from './OrganisationDialog';

interface RegisterTabProps {
  readonly view: FlowView;
  readonly canEdit: boolean;
  readonly isChanged: boolean;
}

/** The records of processing activities (GDPR Art. 30) that the map gives. */
export function RegisterTab({ view, canEdit, isChanged }: RegisterTabProps) {
  const register = useMemo(() => registerOf(view), [view]);
  const [isNaming, setIsNaming] = useState(false);
  const { asController, asProcessor } = register;
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text size="md">{registerSentence(register)}</Text>
        <ExportMenu view={view} isChanged={isChanged} />
      </Group>
      <Section title="The organisation">
        <Stack gap="sm" align="flex-start">
          <Fields fields={organisationFields(register)} missing={register.missing} />
          {canEdit && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconBuilding size={14} aria-hidden />}
              onClick={() => setIsNaming(true)}
            >
              Name the organisation…
            </Button>
          )}
        </Stack>
      </Section>
      <Section title="As controller (Art. 30(1))">
        <Entries entries={asController} as="controller" />
      </Section>
      <Section title="As processor (Art. 30(2))">
        {asProcessor.length === 0 && <Text>No flow is on behalf of another controller.</Text>}
        <Stack gap="md">
          {asProcessor.map(({ controller, missing, entries }) => (
            <Stack key={controller.name} gap="sm">
              <Title order={3}>On behalf of {controller.name}</Title>
              <Fields
                fields={[
                  { label: 'Contact', text: controller.contact },
                  { label: 'Representative in the Union', text: controller.representative },
                  { label: 'Data protection officer', text: controller.dataProtectionOfficer },
                ]}
                missing={missing}
              />
              <Entries entries={entries} as="processor" />
            </Stack>
          ))}
        </Stack>
      </Section>
      <OrganisationDialog opened={isNaming} onClose={() => setIsNaming(false)} />
    </Stack>
  );
}

function registerSentence(register: ProcessingRegister): string {
  const { asController, asProcessor } = register;
  const nProcessed = asProcessor.reduce((sum, { entries }) => sum + entries.length, 0);
  const nMissing = countMissing(register);
  const missing =
    nMissing === 0
      ? 'No field of Article 30 is missing.'
      : `${formatNoun(nMissing, 'field')} of Article 30 ${nMissing === 1 ? 'is' : 'are'} missing and named below.`;
  return `${formatNoun(asController.length, 'activity', 'activities')} as controller, ${formatCount(nProcessed)} as processor. ${missing}`;
}

interface EntriesProps {
  readonly entries: readonly RegisterEntry[];
  readonly as: 'controller' | 'processor';
}

function Entries({ entries, as }: EntriesProps) {
  if (entries.length === 0)
    return <Text>No activity yet: draw a flow with data about people.</Text>;
  return (
    <Stack gap="sm">
      {entries.map((entry) => (
        <Paper key={entry.purpose} bg="var(--assay-surface)">
          <Title order={3} mb="xs">
            {entry.purpose === '' ? 'Purpose not stated' : entry.purpose}
          </Title>
          <Fields
            fields={entryFields(entry, as).filter(
              ({ label }) => label !== 'Purpose' && label !== 'What is missing',
            )}
            missing={entry.missing}
          />
        </Paper>
      ))}
    </Stack>
  );
}

interface FieldsProps {
  readonly fields: readonly RegisterField[];
  readonly missing: readonly string[];
}

function Fields({ fields, missing }: FieldsProps) {
  return (
    <Stack gap="xs">
      <KeyValue
        items={fields.map(({ label, text }) => ({
          label,
          value: text === '' ? <Text c="dimmed">None named</Text> : text,
        }))}
      />
      {missing.length > 0 && (
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <StateBadge state="watch" label="Missing" />
          <Text className="assay-wrap">{missing.join('; ')}</Text>
        </Group>
      )}
    </Stack>
  );
}
