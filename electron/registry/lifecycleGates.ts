import { formatStatistic } from '../../shared/base/formatNumber';
import type { Gate, GateFinding } from '../../shared/registry/lifecycle';
import type { PromotionRequest } from '../../shared/registry/lifecycleChannels';
import type { Model, ModelVersion } from '../../shared/registry/model';
import type { Role } from '../../shared/vault/person';
import type { AppContext } from '../app/context';
import { cardStanding } from '../card/cardService';
import { newestSignedVerdict } from '../canary/canaryService';
import { listAlerts } from '../incident/alertService';
import { listPeople } from '../vault/peopleService';
import { listSignatures } from '../vault/signingService';

/** What gates look at. */
export interface GateSubject {
  readonly model: Model;
  readonly version: ModelVersion;
  /** Null before anybody asked for the promotion. */
  readonly request: PromotionRequest | null;
}

type Finding = Pick<GateFinding, 'isMet' | 'finding'>;
type Judge<K extends Gate['kind']> = (
  subject: GateSubject,
  gate: Extract<Gate, { kind: K }>,
  ctx: AppContext,
) => Finding;

/** How each kind of gate is judged, from what is on record now. */
const JUDGES: { readonly [K in Gate['kind']]: Judge<K> } = {
  evaluation({ version }) {
    const n = Object.keys(version.snapshot.metrics).length;
    return found(n > 0, `${n} on record.`, 'The version has no metric.');
  },
  metric({ version }, { metric, comparison, bound }) {
    const value = version.snapshot.metrics[metric];
    if (value === undefined) return { isMet: false, finding: 'This metric is not on record.' };
    const isMet = comparison === 'atLeast' ? value >= bound : value <= bound;
    return { isMet, finding: `It is ${formatStatistic(value)}.` };
  },
  trainingData({ version }) {
    const { trainingData, datasets = [] } = version.snapshot;
    const name = trainingData?.fileName ?? datasets.find(({ role }) => role === 'training')?.name;
    return found(name !== undefined, `${name ?? ''}.`, 'No training data is named.');
  },
  schema({ version }) {
    const n = version.snapshot.schema.length;
    return found(n > 0, `${n} columns.`, 'The version has no schema.');
  },
  artefacts({ version }) {
    const n = version.snapshot.artefacts?.length ?? 0;
    return found(n > 0, `${n} files.`, 'No artefact is on record.');
  },
  reference({ version }) {
    return found(
      version.referenceId !== null,
      'It is there.',
      'No reference profile is frozen, so drift cannot be measured.',
    );
  },
  noOpenAlert({ model }, { severity }, ctx) {
    const open = listAlerts(ctx, { modelId: model.id }).filter(
      (alert) => alert.state === 'new' && (severity === 'warning' || alert.severity === 'critical'),
    );
    return found(open.length === 0, 'None is open.', `${open.length} open.`);
  },
  assessed({ model }) {
    if (model.riskClass === null)
      return { isMet: false, finding: 'The risk class is not assessed.' };
    return found(
      model.intendedUse !== '',
      'Both are on record.',
      'No intended use is written down.',
    );
  },
  cardApproved({ version }, _gate, ctx) {
    const { state, nStale, approved } = cardStanding(ctx, version.id);
    if (state === null) return { isMet: false, finding: 'The version has no model card.' };
    if (state === 'draft') return { isMet: false, finding: 'The model card is a draft.' };
    if (state === 'stale')
      return { isMet: false, finding: `The model card is stale: ${nStale} of its figures.` };
    const { revision = 0, approval = null } = approved ?? {};
    return {
      isMet: true,
      finding: `Revision ${revision}, approved by ${approval?.approvedBy ?? 'somebody'}.`,
    };
  },
  canaryVerdict({ version }, _gate, ctx) {
    const newest = newestSignedVerdict(ctx, version.id);
    if (newest === null)
      return { isMet: false, finding: 'No canary verdict about this version is signed.' };
    const { verdict, approvedBy, isRejected, isSuperseded } = newest;
    const { sentence } = verdict.judgement;
    if (isRejected)
      return { isMet: false, finding: `The newest verdict was rejected: ${sentence}` };
    if (isSuperseded)
      return {
        isMet: false,
        finding: 'The plan or the data changed since the newest signed verdict.',
      };
    if (approvedBy.length === 0)
      return {
        isMet: false,
        finding: `The newest signed verdict waits for the approval of somebody who did not make it: ${sentence}`,
      };
    const isMet = verdict.judgement.verdict === 'promote';
    return { isMet, finding: `Approved by ${approvedBy.join(', ')}: ${sentence}` };
  },
  approvals({ request }, { role, n }, ctx) {
    if (request === null)
      return { isMet: false, finding: 'Approvals begin when the promotion is asked for.' };
    const names = approvers(ctx, request, role);
    const who = names.length === 0 ? 'nobody' : names.join(', ');
    return { isMet: names.length >= n, finding: `Approved by ${who}.` };
  },
};

/** Judges every gate before a stage, in the order of the policy. */
export function judgeGates(
  ctx: AppContext,
  subject: GateSubject,
  gates: readonly Gate[],
): GateFinding[] {
  return gates.map((gate) => ({ gate, ...judge(ctx, subject, gate) }));
}

function judge<K extends Gate['kind']>(
  ctx: AppContext,
  subject: GateSubject,
  gate: Extract<Gate, { kind: K }>,
): Finding {
  const of: Judge<K> = JUDGES[gate.kind];
  return of(subject, gate, ctx);
}

function found(isMet: boolean, yes: string, no: string): Finding {
  return { isMet, finding: isMet ? yes : no };
}

/** Printed names of those who approved the request as it is, each once. */
function approvers(ctx: AppContext, request: PromotionRequest, role: Role | null): string[] {
  const rolesOf = new Map(listPeople(ctx).map(({ id, roles }) => [id, roles]));
  const { signatures } = listSignatures(ctx, {
    recordType: 'registry.promotion',
    recordId: request.id,
  });
  const approved = signatures.filter(
    ({ isCurrent, meaning, personId }) =>
      isCurrent &&
      meaning === 'approval' &&
      (role === null || (rolesOf.get(personId)?.includes(role) ?? false)),
  );
  return [...new Set(approved.map(({ printedName }) => printedName))];
}
