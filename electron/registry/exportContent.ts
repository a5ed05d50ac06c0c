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

/** The parts of a CycloneDX model card. */
export interface BomCard {
  readonly modelParameters?: Readonly<Record<string, unknown>> | undefined;
  readonly quantitativeAnalysis?: object | undefined;
  readonly considerations?: { readonly useCases?: readonly string[] | undefined } | undefined;
  readonly properties?: readonly object[] | undefined;
}

/** What goes into an export, whatever its format. */
export interface ExportContent {
  readonly model: Model;
  /** The versions to export, oldest first. */
  readonly versions: readonly ModelVersion[];
  readonly signatures: readonly ExportedSignature[];
  /** The model cards of the versions as CycloneDX has them, by version; those without one are left out. */
  readonly cards: ReadonlyMap<string, BomCard>;
  readonly exportedAtUtc: string;
  readonly appVersion: string;
}
