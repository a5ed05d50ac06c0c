import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { FLOW_MAP_ID, type FlowMapRevision } from '../../shared/dataflow/channels';
import type { FlowMap } from '../../shared/dataflow/flowMap';
import { viewOf } from '../../shared/dataflow/flowView';
import { registerOf, type ProcessingRegister } from '../../shared/dataflow/register';
import { countMissing } from '../../shared/dataflow/registerText';
import type { AppContext, SignableRecord, SignedEvent } from '../app/context';
import type { Db } from '../db/openDatabase';
import { definedFeatures } from '../feature/featureFactsService';
import {
  approvedBefore,
  findAuthors,
  findContent,
  findNewestHead,
  insertApproval,
} from './dataflowRepo';

/** The register of a map, with the features as the catalogue calls them now. */
export function registerNow(ctx: Pick<AppContext, 'db'>, content: FlowMap): ProcessingRegister {
  const features = definedFeatures(ctx).map(({ id, name, definition }) => ({
    id,
    name,
    sensitivity: definition.sensitivity,
    purposes: definition.purposes,
    consentRule: definition.consentRule,
    isRetired: definition.isRetired,
    // Who uses a feature decides findings; a register does not name it.
    modelNames: [],
    importances: [],
  }));
  return registerOf(viewOf(content, { features, models: [] }));
}

export function registerSha256(register: ProcessingRegister): string {
  return createHash('sha256').update(canonicalJson(register)).digest('hex');
}

/**
 * The map and the register that it gives as a record to sign. A new revision of the map, or another word
 * about a linked feature that changes the register, outdates the signatures under it.
 *
 * Its authors are everybody who saved since the last approval: none of them approves it.
 */
export function signableFlowMap(ctx: AppContext, id: string): SignableRecord | null {
  const head = id === FLOW_MAP_ID ? findNewestHead(ctx.db) : null;
  const content = head === null ? null : findContent(ctx.db, head.revision);
  if (head === null || content === null) return null;
  const register = registerNow(ctx, content);
  const after = approvedBefore(ctx.db, head.revision);
  return {
    title: `Data-flow map and register of processing, revision ${head.revision}`,
    facts: factsOf(head, register, after),
    record: {
      v: 1,
      revision: head.revision,
      mapSha256: head.contentSha256,
      registerSha256: registerSha256(register),
      savedAtUtc: head.savedAtUtc,
    },
    authors: findAuthors(ctx.db, after),
    meanings: ['approval', 'review', 'rejection', 'authorship'],
  };
}

function factsOf(
  head: FlowMapRevision,
  register: ProcessingRegister,
  after: number,
): SignableRecord['facts'] {
  const { organisation, asController, asProcessor } = register;
  const processed = asProcessor.flatMap(({ entries }) => entries);
  return [
    { label: 'Organisation', value: organisation.name === '' ? 'not named' : organisation.name },
    { label: 'Revision', value: String(head.revision) },
    { label: 'Last approved revision before', value: after === 0 ? 'none' : String(after) },
    { label: 'On the map', value: `${head.nNodes} elements, ${head.nFlows} flows` },
    {
      label: 'In the register',
      value: `activities: ${asController.length} as controller, ${processed.length} as processor`,
    },
    { label: 'Fields that are missing', value: String(countMissing(register)) },
    { label: 'Map (SHA-256)', value: head.contentSha256 },
    { label: 'Register (SHA-256)', value: registerSha256(register) },
    { label: 'Saved by', value: head.savedBy },
    { label: 'Saved at (UTC)', value: head.savedAtUtc },
  ];
}

/** An approval is kept beside its revision, in the same write as the signature. */
export function noteMapApproval(db: Db, { recordType, signature }: SignedEvent): void {
  if (recordType !== 'dataflow.map' || signature.meaning !== 'approval') return;
  const head = findNewestHead(db);
  if (head === null) throw new Error('a data-flow map was approved that is not there');
  insertApproval(db, {
    signatureId: signature.id,
    revision: head.revision,
    approvedAtUtc: signature.signedAtUtc,
    approvedBy: signature.personId,
  });
}
