import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Finding } from '../../shared/dataflow/finding';
import { FINDING_RULES } from '../../shared/dataflow/findings';
import { DataTable, type Column } from '../ui/DataTable';
import { formatNoun } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';
import { AcceptFinding } from './AcceptFinding';
import { ACCEPTED_LOOK, SEVERITY_LOOK } from './flowWords';
import { useFlowMapStore, useIsChanged, useMay } from './flowMapStore';

interface FindingsTabProps {
  readonly findings: readonly Finding[];
  /** Goes to the picture. */
  readonly onShow: () => void;
}

/** What the law asks for and the map does not say, with what to do about it. */
export function FindingsTab({ findings, onShow }: FindingsTabProps) {
  const [accepting, setAccepting] = useState<Finding | null>(null);
  const mayAccept = useMay('dataflow.acceptFinding');
  const isChanged = useIsChanged();
  const open = findings.filter(({ acceptance }) => acceptance === null).length;
  const { select } = useFlowMapStore.getState();
  function show({ elementId }: Finding): void {
    if (elementId === null) return;
    select([elementId]);
    onShow();
  }
  return (
    <Stack gap="md">
      <Sentence text={findingsSentence(open, findings.length - open)} />
      {isChanged && mayAccept && findings.length > 0 && (
        <Text>A finding is accepted once the map is saved.</Text>
      )}
      {findings.length > 0 && (
        <DataTable
          caption="Findings about the map"
          columns={columnsFor(show, mayAccept && !isChanged ? setAccepting : null)}
          rows={findings}
          rowKey={({ key }) => key}
          onActivate={show}
        />
      )}
      <details>
        <summary className="assay-summary">The {FINDING_RULES.length} rules</summary>
        <DataTable
          caption="Rules about the map"
          columns={RULE_COLUMNS}
          rows={FINDING_RULES}
          rowKey={({ id }) => id}
        />
      </details>
      {accepting !== null && (
        <AcceptFinding finding={accepting} onClose={() => setAccepting(null)} />
      )}
    </Stack>
  );
}

function findingsSentence(nOpen: number, nAccepted: number): string {
  const accepted =
    nAccepted === 0 ? '' : ` ${formatNoun(nAccepted, 'finding')} accepted for a time.`;
  return nOpen === 0
    ? `The map meets every rule that Assay knows, or somebody lets it stand.${accepted} Whether what it says is true, only people can tell.`
    : `${formatNoun(nOpen, 'finding')} open.${accepted}`;
}

function columnsFor(
  show: (finding: Finding) => void,
  accept: ((finding: Finding) => void) | null,
): readonly Column<Finding>[] {
  return [
    {
      key: 'severity',
      header: 'Severity',
      width: '110px',
      render: ({ rule, acceptance }) => (
        <StateBadge {...(acceptance === null ? SEVERITY_LOOK[rule.severity] : ACCEPTED_LOOK)} />
      ),
    },
    {
      key: 'text',
      header: 'Finding',
      width: '36%',
      render: ({ text, rule, acceptance }) => (
        <>
          <Text fw={600}>{rule.title}</Text>
          <Text className="assay-wrap">{text}</Text>
          {acceptance !== null && (
            <Text className="assay-wrap">
              Accepted until {acceptance.expiresOn} by {acceptance.acceptedBy}: {acceptance.reason}
            </Text>
          )}
        </>
      ),
    },
    { key: 'source', header: 'Source', render: ({ rule }) => rule.source },
    { key: 'fix', header: 'What to do', width: '28%', render: ({ rule }) => rule.fix },
    {
      key: 'act',
      header: 'Act',
      width: '170px',
      render: (finding) => (
        <Group gap="xs" wrap="nowrap">
          {finding.elementId !== null && (
            <Button variant="default" size="compact-xs" onClick={() => show(finding)}>
              Show
            </Button>
          )}
          {accept !== null && finding.acceptance === null && (
            <Button variant="default" size="compact-xs" onClick={() => accept(finding)}>
              Accept…
            </Button>
          )}
        </Group>
      ),
    },
  ];
}

const RULE_COLUMNS: readonly Column<(typeof FINDING_RULES)[number]>[] = [
  {
    key: 'severity',
    header: 'Severity',
    width: '110px',
    render: ({ severity }) => <StateBadge {...SEVERITY_LOOK[severity]} />,
  },
  { key: 'title', header: 'Rule', render: ({ title }) => <Text fw={600}>{title}</Text> },
  { key: 'source', header: 'Source', render: ({ source }) => source },
  { key: 'why', header: 'Why', width: '45%', render: ({ explanation }) => explanation },
];
