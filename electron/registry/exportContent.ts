import type { Model, ModelVersion } from '../../shared/registry/model';

/** A signature with everything that an outsider needs to check it. */
export interface ExportedSignature {
  readonly versionId: string;
  readonly printedName: string;
  readonly meaning: string;
  readonly reason: string;
  readonly signedAtUtc: string;
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** The bytes that were signed, and what stands before them in the DSSE encoding. */
  readonly statementType: string;
  readonly statementBase64: string;
  readonly signatureBase64: string;
}

/** What goes into an export, whatever its format. */
export interface ExportContent {
  readonly model: Model;
  /** The versions to export, oldest first. */
  readonly versions: readonly ModelVersion[];
  readonly signatures: readonly ExportedSignature[];
  readonly exportedAtUtc: string;
  readonly appVersion: string;
}
