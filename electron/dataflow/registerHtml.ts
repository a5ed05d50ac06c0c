import type { FlowMapRevision } from '../../shared/dataflow/channels';
import type { ProcessingRegister, RegisterEntry } from '../../shared/dataflow/register';
import {
  countMissing,
  entryFields,
  organisationFields,
  type RegisterField,
} from '../../shared/dataflow/registerText';
import { escapeHtml, htmlDocument, htmlTable } from '../io/htmlDocument';
import type { RecordSignature } from '../vault/signingService';

/** A register as it leaves the workspace. */
export interface RegisterExport {
  readonly head: FlowMapRevision;
  readonly register: ProcessingRegister;
  readonly registerSha256: string;
  readonly signatures: readonly RecordSignature[];
  readonly exportedAtUtc: string;
  readonly appVersion: string;
}

/**
 * The records of processing for people: one self-contained page without script or address.
 *
 * @param isPaged true where the printer numbers the pages itself
 */
export function registerHtml(exported: RegisterExport, isPaged: boolean): string {
  const { register } = exported;
  const { asController, asProcessor } = register;
  return htmlDocument(
    'Records of processing activities',
    [
      `<p class="finding">${escapeHtml(findingOf(exported))}</p>`,
      fieldTable([...organisationFields(register), ...missingField(register.missing)]),
      '<h2>Signatures</h2>',
      signatureTable(exported),
      '<h2>As controller (GDPR Art. 30(1))</h2>',
      ...(asController.length === 0 ? ['<p>No activity.</p>'] : []),
      ...asController.map((entry) => entryHtml(entry, 'controller')),
      '<h2>As processor (GDPR Art. 30(2))</h2>',
      ...(asProcessor.length === 0 ? ['<p>No activity.</p>'] : []),
      ...asProcessor.flatMap(({ controller, missing, entries }) => [
        `<h3>On behalf of ${escapeHtml(controller.name)}</h3>`,
        fieldTable([
          { label: 'Contact', text: controller.contact },
          { label: 'Representative in the Union', text: controller.representative },
          { label: 'Data protection officer', text: controller.dataProtectionOfficer },
          ...missingField(missing),
        ]),
        ...entries.map((entry) => entryHtml(entry, 'processor')),
      ]),
      '<h2>About this document</h2>',
      aboutTable(exported),
    ],
    { isPaged },
  );
}

function findingOf({ head, register }: RegisterExport): string {
  const { asController, asProcessor } = register;
  const nProcessed = asProcessor.reduce((sum, { entries }) => sum + entries.length, 0);
  const nMissing = countMissing(register);
  const approved = head.approvedBy === null ? 'not approved' : `approved by ${head.approvedBy}`;
  return `Activities: ${asController.length} as controller and ${nProcessed} as processor, from revision ${head.revision} of the data-flow map, ${approved}. ${nMissing === 0 ? 'No field of Article 30 is missing.' : `${nMissing} fields are missing and named below.`}`;
}

function missingField(missing: readonly string[]): RegisterField[] {
  return missing.length === 0 ? [] : [{ label: 'What is missing', text: missing.join('; ') }];
}

function fieldTable(fields: readonly RegisterField[]): string {
  return htmlTable(
    ['Field', ''],
    fields.map(({ label, text }) => [label, text === '' ? 'None named' : text]),
  );
}

function entryHtml(entry: RegisterEntry, as: 'controller' | 'processor'): string {
  const title = entry.purpose === '' ? 'Purpose not stated' : entry.purpose;
  return `<h3>${escapeHtml(title)}</h3>\n${fieldTable(
    entryFields(entry, as).filter(({ label, text }) => label !== 'What is missing' || text !== ''),
  )}`;
}

/** Printed name, time and meaning of every signature (21 CFR 11.50). */
function signatureTable({ signatures }: RegisterExport): string {
  if (signatures.length === 0) return '<p>Nobody has signed this register.</p>';
  return htmlTable(
    ['Printed name', 'Meaning', 'Reason', 'Signed at (UTC)', 'Of this revision', 'Key'],
    signatures.map(
      ({ printedName, meaning, reason, signedAtUtc, isCurrent, keyId, keyRevokedAtUtc }) => [
        printedName,
        meaning,
        reason,
        instantWords(signedAtUtc),
        isCurrent ? 'yes' : 'no: the map or the register has changed since',
        keyRevokedAtUtc === null ? keyId : `${keyId} (revoked ${keyRevokedAtUtc})`,
      ],
    ),
  );
}

function aboutTable({ head, registerSha256, exportedAtUtc, appVersion }: RegisterExport): string {
  return fieldTable([
    {
      label: 'Revision of the map',
      text: `${head.revision}, saved by ${head.savedBy}, ${instantWords(head.savedAtUtc)} UTC`,
    },
    { label: 'Map (SHA-256)', text: head.contentSha256 },
    { label: 'Register (SHA-256)', text: registerSha256 },
    { label: 'Exported (UTC)', text: `${instantWords(exportedAtUtc)}, by Assay ${appVersion}` },
  ]);
}

/** `2026-01-02 03:04:05`, in a column or sentence that names the zone. */
function instantWords(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}
