import { AUDIT_CASES } from './tamperAuditCases';
import { FILE_CASES } from './tamperFileCases';
import { SIGNATORY_CASES } from './tamperSignatureCases';
import type { TamperCase } from './tamperTools';

/** Every way of tampering that the verifiers are tried on, with the step that must find it. */
export const TAMPER_CASES: readonly TamperCase[] = [
  ...FILE_CASES,
  ...SIGNATORY_CASES,
  ...AUDIT_CASES,
];
