import {
  IconBuilding,
  IconBuildingWarehouse,
  IconCpu,
  IconDatabase,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { COUNTRY_CODES, countryName } from '../../shared/dataflow/countries';
import type { Finding, Severity } from '../../shared/dataflow/finding';
import type { SavedFlowMap } from '../../shared/dataflow/channels';
import type { BoundaryKind, FlowMap, NodeKind } from '../../shared/dataflow/flowMap';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { StateBadgeProps } from '../ui/StateBadge';

interface NodeWords {
  readonly label: string;
  readonly icon: Icon;
}

export const NODE_WORDS: Readonly<Record<NodeKind, NodeWords>> = {
  subjects: { label: 'Data subjects', icon: IconUsers },
  system: { label: 'System', icon: IconCpu },
  store: { label: 'Store', icon: IconDatabase },
  processor: { label: 'Processor', icon: IconBuildingWarehouse },
  recipient: { label: 'Recipient', icon: IconBuilding },
};

export const BOUNDARY_WORDS: Readonly<Record<BoundaryKind, string>> = {
  trust: 'Trust boundary',
  country: 'Country boundary',
};

export const SEVERITY_LOOK: Readonly<Record<Severity, StateBadgeProps>> = {
  high: { state: 'alert', label: 'High' },
  medium: { state: 'watch', label: 'Medium' },
  low: { state: 'unknown', label: 'Low' },
};

export const ACCEPTED_LOOK: StateBadgeProps = { state: 'ok', label: 'Accepted' };

interface WordChoice {
  readonly value: string;
  readonly label: string;
}

export const COUNTRY_CHOICES: readonly WordChoice[] = COUNTRY_CODES.map((value) => ({
  value,
  label: countryName(value),
})).toSorted((a, b) => a.label.localeCompare(b.label, 'en'));

/** Choices of a list, in the order of its words. */
export function choicesOf<T extends string>(
  words: Readonly<Record<T, string>>,
): readonly WordChoice[] {
  return Object.entries<string>(words).map(([value, label]) => ({ value, label }));
}

/** The state of the map in one sentence. */
export function mapSentence(
  { nodes, flows }: FlowMap,
  findings: readonly Finding[],
  head: SavedFlowMap['head'],
): string {
  if (nodes.length === 0 && head === null) return 'No map is drawn yet.';
  const open = findings.filter(({ acceptance }) => acceptance === null);
  const nHigh = open.filter(({ rule }) => rule.severity === 'high').length;
  const nAccepted = findings.length - open.length;
  const found =
    open.length === 0
      ? 'no finding is open'
      : `${formatNoun(open.length, 'finding')} ${open.length === 1 ? 'is' : 'are'} open, ${formatCount(nHigh)} of them high`;
  const accepted = nAccepted === 0 ? '' : `, ${formatCount(nAccepted)} accepted`;
  const what = `${formatNoun(nodes.length, 'element')} and ${formatNoun(flows.length, 'flow')} on the map; ${found}${accepted}.`;
  return `${what} ${savedSentence(head)}`;
}

function savedSentence(head: SavedFlowMap['head']): string {
  if (head === null) return 'Nothing is saved yet.';
  const approved = head.approvedBy === null ? 'not approved' : `approved by ${head.approvedBy}`;
  return `Revision ${head.revision}, saved by ${head.savedBy}, ${approved}.`;
}
