import { formatNoun } from '../ui/formatNumber';
import {
  PURPOSE_WORDS,
  type HandoffPacket,
  type PacketEvidence,
  type PacketHead,
  type PacketState,
} from '../../shared/handoff/packet';
import type { PipelineSettings } from '../../shared/handoff/pipelineSettings';
import type { State } from '../ui/theme';

/** How the state of a packet looks. */
export const PACKET_LOOKS: Readonly<
  Record<PacketState, { readonly state: State; readonly label: string }>
> = {
  draft: { state: 'watch', label: 'Waits for approval' },
  approved: { state: 'ok', label: 'Approved' },
  rejected: { state: 'alert', label: 'Rejected' },
  withdrawn: { state: 'unknown', label: 'Withdrawn' },
};

/** How the packets of a model stand, in one sentence. */
export function packetsSentence(heads: readonly PacketHead[]): string {
  const count = (state: PacketState): number => heads.filter((head) => head.state === state).length;
  const waiting = count('draft');
  const stands =
    waiting === 0
      ? 'None waits for approval'
      : `${waiting} ${waiting === 1 ? 'waits' : 'wait'} for approval`;
  return `${formatNoun(heads.length, 'packet')}. ${stands}; ${count('approved')} approved.`;
}

/** What a packet asks and how it stands, in one sentence. */
export function packetSentence({ content, state, citations }: HandoffPacket): string {
  const { purpose, subject, candidatePercent } = content;
  const traffic = candidatePercent === null ? '' : ` with ${candidatePercent} % of the traffic`;
  const rests =
    citations.length === 0
      ? 'it cites no evidence'
      : `it rests on ${formatNoun(citations.length, 'record')}`;
  const changed = citations.filter(({ isUnchanged }) => !isUnchanged).length;
  const since = changed === 0 ? '' : `, of which ${changed} changed since`;
  return `${PURPOSE_WORDS[purpose]} version ${subject.version}${traffic}; ${rests}${since}. ${PACKET_LOOKS[state].label}.`;
}

/** Where a cited record is shown; null where there is no page of its own. */
export function evidencePath(evidence: PacketEvidence): string | null {
  switch (evidence.kind) {
    case 'driftReport':
      return `/reports/${evidence.reportId}`;
    case 'performance':
      return `/windows/${evidence.logId}`;
    case 'incident':
      return `/incidents/${evidence.incidentId}`;
    case 'canaryVerdict':
      return null;
  }
}

/** The identifiers that name one record; a verdict by itself, a window by its log. */
export function evidenceIds(evidence: PacketEvidence): readonly string[] {
  return Object.entries(evidence).flatMap(([key, value]) => (key === 'kind' ? [] : [value]));
}

/** Which pipelines are set up, in one sentence. */
export function pipelinesSentence({ github, kubeflow, argo, seldon }: PipelineSettings): string {
  const names = [
    github !== null && `GitHub Actions (event ${github.eventType})`,
    kubeflow !== null && `Kubeflow Pipelines (pipeline ${kubeflow.pipelineId})`,
    argo !== null && `Argo (template ${argo.workflowTemplate})`,
    seldon !== null && `Seldon Core (${seldon.namespace}/${seldon.deployment})`,
  ].filter((name) => name !== false);
  return names.length === 0
    ? 'No pipeline is set up, so packets of this model hold no file to run.'
    : `Packets hold files for ${names.join(', ')}.`;
}
