import type { ExportContent } from './exportContent';

/**
 * A model with versions as one JSON document: the records as they are kept, and the signatures under them.
 *
 * The snapshot's canonical JSON (RFC 8785) hashes to `snapshotSha256`; each signature is Ed25519 over the
 * DSSE encoding of its statement, which names that hash. So the document proves itself to whoever knows the
 * key fingerprints. It holds no row of any data.
 *
 * @returns UTF-8 text with a line end; the same content gives the same bytes
 * Cost: O(size of the records)
 */
export function versionJson(content: ExportContent): Uint8Array {
  const { model, versions, signatures, exportedAtUtc, appVersion } = content;
  const { id, name, purpose, owner, intendedUse, riskClass, tags, createdAtUtc } = model;
  const document = {
    format: 'assay/model-export',
    v: 1,
    exportedAtUtc,
    exportedBy: `Assay ${appVersion}`,
    model: { id, name, purpose, owner, intendedUse, riskClass, tags, createdAtUtc },
    versions: versions.map(({ signature: _shownBelow, tagsRevision: _inner, ...version }) => ({
      ...version,
      signatures: signatures.filter(({ versionId }) => versionId === version.id),
    })),
  };
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`, 'utf8');
}
