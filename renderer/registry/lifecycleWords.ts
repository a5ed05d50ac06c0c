import { formatNoun } from '../ui/formatNumber';
import type { State } from '../ui/theme';
import type { Gate } from '../../shared/registry/lifecycle';
import type { PromotionRequest, StageChange } from '../../shared/registry/lifecycleChannels';
import type { Stage } from '../../shared/registry/model';
import type { Role } from '../../shared/vault/person';

const STAGE_STATES: Readonly<Record<Stage, State>> = {
  None: 'unknown',
  Staging: 'watch',
  Production: 'ok',
  Archived: 'unknown',
};

/** A stage as a badge shows it. */
export function stageLook(stage: Stage): { readonly state: State; readonly label: string } {
  return { state: STAGE_STATES[stage], label: stage === 'None' ? 'Registered' : stage };
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  analyst: 'by an analyst',
  reviewer: 'by a reviewer',
  manager: 'by a manager',
  administrator: 'by an administrator',
};

/** What a gate asks for, in words. */
export function gateWords(gate: Gate): string {
  switch (gate.kind) {
    case 'evaluation':
      return 'At least one metric is on record';
    case 'metric':
      return `${gate.metric} is ${gate.comparison === 'atLeast' ? 'at least' : 'at most'} ${gate.bound}`;
    case 'trainingData':
      return 'The training data is named by its digest';
    case 'schema':
      return 'Inputs and outputs are described';
    case 'artefacts':
      return 'The artefacts are listed with their hashes';
    case 'reference':
      return 'A reference profile is frozen';
    case 'noOpenAlert':
      return gate.severity === 'critical' ? 'No critical alert is open' : 'No alert is open';
    case 'assessed':
      return 'Risk class and intended use are on record';
    case 'cardApproved':
      return 'The model card is approved and not stale';
    case 'canaryVerdict':
      return 'The newest signed canary verdict says promote, and somebody else approved it';
    case 'approvals':
      return `${formatNoun(gate.n, 'approval')} ${gate.role === null ? 'by somebody else than the authors' : ROLE_WORDS[gate.role]}`;
  }
}

/** One step in a sentence, e.g. `Version 2 went from Staging to Production.` */
export function changeSentence(change: StageChange): string {
  const { version, fromStage, toStage, kind } = change;
  if (kind === 'rollback' && toStage === 'Production')
    return `Version ${version} came back to Production by a rollback.`;
  if (kind === 'rollback') return `Version ${version} left Production by a rollback.`;
  if (fromStage === 'Production' && kind === 'promotion')
    return `Version ${version} left Production for the version that came after it.`;
  if (toStage === 'Archived') return `Version ${version} was archived from ${fromStage}.`;
  return `Version ${version} went from ${fromStage} to ${toStage}.`;
}

/** How a request ended, in a sentence; the start of it while it is open. */
export function requestSentence(request: PromotionRequest): string {
  const asked = `${request.requestedBy} asked to bring version ${request.version} to ${request.toStage}`;
  if (request.outcome === null) return `${asked}; it is not decided yet.`;
  return `${asked}; ${request.outcome} by ${request.closedBy ?? 'somebody'}.`;
}
