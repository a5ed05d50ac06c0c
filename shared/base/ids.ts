import { z } from 'zod';

/** Identifiers are UUIDs; the brand keeps one kind from being passed for another. */
export const WorkspaceId = z.uuid().brand('WorkspaceId');
export const PersonId = z.uuid().brand('PersonId');
export const ModelId = z.uuid().brand('ModelId');
export const ModelVersionId = z.uuid().brand('ModelVersionId');
export const ReferenceId = z.uuid().brand('ReferenceId');
export const DriftReportId = z.uuid().brand('DriftReportId');
export const AlertId = z.uuid().brand('AlertId');
export const IncidentId = z.uuid().brand('IncidentId');
export const SignatureId = z.uuid().brand('SignatureId');
export const RecoveryKitId = z.uuid().brand('RecoveryKitId');
export const TimestampRequestId = z.uuid().brand('TimestampRequestId');
export const PromotionRequestId = z.uuid().brand('PromotionRequestId');
export const CardRevisionId = z.uuid().brand('CardRevisionId');
export const CardCommentId = z.uuid().brand('CardCommentId');
export const PredictionLogId = z.uuid().brand('PredictionLogId');
export const OutcomeFileId = z.uuid().brand('OutcomeFileId');
export const PerformanceReportId = z.uuid().brand('PerformanceReportId');
export const CanaryId = z.uuid().brand('CanaryId');
export const CanaryVerdictId = z.uuid().brand('CanaryVerdictId');
export const ExplanationId = z.uuid().brand('ExplanationId');
export const HandoffPacketId = z.uuid().brand('HandoffPacketId');
export const FeatureId = z.uuid().brand('FeatureId');
/** A sidecar that was taken from the watched folder, with its file. */
export const IntakeId = z.uuid().brand('IntakeId');
/** A file that core has looked at and holds ready for the next step; it lives until lock. */
export const StageId = z.uuid().brand('StageId');

export type WorkspaceId = z.infer<typeof WorkspaceId>;
export type PersonId = z.infer<typeof PersonId>;
export type ModelId = z.infer<typeof ModelId>;
export type ModelVersionId = z.infer<typeof ModelVersionId>;
export type ReferenceId = z.infer<typeof ReferenceId>;
export type DriftReportId = z.infer<typeof DriftReportId>;
export type AlertId = z.infer<typeof AlertId>;
export type IncidentId = z.infer<typeof IncidentId>;
export type SignatureId = z.infer<typeof SignatureId>;
export type RecoveryKitId = z.infer<typeof RecoveryKitId>;
export type TimestampRequestId = z.infer<typeof TimestampRequestId>;
export type PromotionRequestId = z.infer<typeof PromotionRequestId>;
export type CardRevisionId = z.infer<typeof CardRevisionId>;
export type CardCommentId = z.infer<typeof CardCommentId>;
export type PredictionLogId = z.infer<typeof PredictionLogId>;
export type OutcomeFileId = z.infer<typeof OutcomeFileId>;
export type PerformanceReportId = z.infer<typeof PerformanceReportId>;
export type CanaryId = z.infer<typeof CanaryId>;
export type CanaryVerdictId = z.infer<typeof CanaryVerdictId>;
export type ExplanationId = z.infer<typeof ExplanationId>;
export type HandoffPacketId = z.infer<typeof HandoffPacketId>;
export type FeatureId = z.infer<typeof FeatureId>;
export type IntakeId = z.infer<typeof IntakeId>;
export type StageId = z.infer<typeof StageId>;
