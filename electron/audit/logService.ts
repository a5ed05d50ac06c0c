/**
 * The log as the vault sees it: writing is auditing, so the one who writes appends to it, and the one who
 * signs uses the same encoding. The only door into this folder for another capability's writes.
 */
export {
  appendEvent,
  currentHead,
  isClockBehind,
  lastEventTime,
  utcOffsetMinutes,
} from './auditLog';
export type { EventSource, LogHead, LogSigner } from './auditLog';
export { eventsOf, lastEventAbout } from './auditRepo';
export { verifyChain } from './chainVerifier';
export type { ChainFindings, LogKey } from './chainVerifier';
export { dsseEnvelope, preAuthEncoding } from './dsse';
export { createHeadsLog, rekeyHeadsLog } from './headsLog';
export type { HeadsLog } from './headsLog';
export { checkRecords, requireRecordedRows, touchUnboundRows } from './recordCheck';
export { noteTouchedRows } from './touchedRows';
export { isSignedBy, readPublicKey } from './publicKey';
export type { PublicKey } from './publicKey';
