import { PromotionRequestId } from '../../shared/base/ids';
import type { AppContext, SignableRecord, SignedEvent } from '../app/context';
import type { Db } from '../db/openDatabase';
import { closeRequest, findLifecyclePolicy, findRequest } from './promotionRepo';
import { findVersion } from './registryRepo';

/**
 * A request for promotion as a record to sign: the version as it was frozen, where it shall go, and the
 * gates it must pass. Other gates outdate the signatures under it.
 */
export function signablePromotion({ db }: AppContext, id: string): SignableRecord | null {
  const requestId = PromotionRequestId.safeParse(id);
  const request = requestId.success ? findRequest(db, requestId.data) : null;
  const version = request === null ? null : findVersion(db, request.versionId);
  if (request === null || version === null) return null;
  const { snapshot, snapshotSha256 } = version;
  const { modelId, versionId, toStage, reason, requestedAtUtc } = request;
  const { revision, policy } = findLifecyclePolicy(db, modelId, request.closedAtUtc);
  return {
    title: `Promotion of ${snapshot.modelName}, version ${snapshot.version}, to ${toStage}`,
    facts: [
      { label: 'Model', value: snapshot.modelName },
      { label: 'Version', value: String(snapshot.version) },
      { label: 'Snapshot (SHA-256)', value: snapshotSha256 },
      { label: 'To stage', value: toStage },
      { label: 'Asked for by', value: request.requestedBy },
      { label: 'Asked for at (UTC)', value: requestedAtUtc },
      { label: 'Reason', value: reason },
      { label: 'Gates', value: `revision ${revision}` },
    ],
    record: {
      v: 1,
      requestId: request.id,
      modelId,
      versionId,
      version: snapshot.version,
      snapshotSha256,
      toStage,
      reason,
      requestedBy: request.requestedById,
      requestedAtUtc,
      gates: { revision, before: policy[toStage] },
    },
    authors: [...new Set([request.requestedById, snapshot.registeredBy])],
    meanings: request.outcome === null ? ['approval', 'rejection', 'review'] : [],
  };
}

/** A rejection closes its request, in the same write as the signature. */
export function closeRejected(db: Db, signed: SignedEvent): void {
  const { recordType, recordId, signature } = signed;
  if (recordType !== 'registry.promotion' || signature.meaning !== 'rejection') return;
  const { personId, signedAtUtc } = signature;
  closeRequest(db, PromotionRequestId.parse(recordId), {
    outcome: 'rejected',
    closedBy: personId,
    closedAtUtc: signedAtUtc,
  });
}
