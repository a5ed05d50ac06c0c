import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { ExplanationLetterId, ExplanationRequestId, ModelVersionId, StageId } from '../base/ids';
import { ReasonText } from '../base/text';
import { CalendarDay } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { LetterDraft } from './letter';
import { OutcomeWish } from './modelCase';
import {
  MOST_RETENTION_DAYS,
  Request,
  REQUEST_OUTCOMES,
  RequestBasis,
  RequestHead,
  RequestReference,
} from './request';

const Reason = z.string().trim().min(1).max(2000).pipe(ReasonText);
const Revision = z.number().int().nonnegative();
const requestId = ExplanationRequestId;

export const LETTER_FORMATS = ['pdf', 'html'] as const;

const ExportedLetter = z.strictObject({
  /** For people to read; the window never names it. */
  path: z.string(),
  format: z.enum(LETTER_FORMATS),
  isRedacted: z.boolean(),
  sha256: Sha256Hex,
  sizeBytes: z.number().int().nonnegative(),
});
export type ExportedLetter = z.infer<typeof ExportedLetter>;

/** Requests of people who want a decision explained. */
export const explanationRequestChannels = {
  /** Open ones first, the most urgent on top. */
  'explanation.listRequests': channel({
    input: z.strictObject({}),
    output: z.array(RequestHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** A request with its newest letter. */
  'explanation.getRequest': channel({
    input: z.strictObject({ requestId }),
    output: Request,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Takes a request in. CONFLICT: the reference is taken, or the day of receipt lies ahead. */
  'explanation.openRequest': channel({
    input: z.strictObject({
      reference: RequestReference,
      versionId: ModelVersionId,
      bases: z.array(RequestBasis).min(1).readonly(),
      receivedOn: CalendarDay,
    }),
    output: Request,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Takes two more months. CONFLICT: the first month is over, it was extended, or somebody was first. */
  'explanation.extendRequest': channel({
    input: z.strictObject({ requestId, revision: Revision, reason: Reason }),
    output: Request,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /**
   * Freezes the case and writes the letter about it. CONFLICT: the case is of another version, or somebody was first;
   * BAD_DATA: its contributions do not add up.
   */
  'explanation.writeLetter': channel({
    input: z.strictObject({
      requestId,
      revision: Revision,
      /** Null: the case of the letter before. */
      source: z
        .strictObject({
          stageId: StageId,
          caseId: z.string().min(1).max(1000),
          output: z.string().nullable(),
          /** Absent: the letter says nothing of what would have led to another result. */
          wish: OutcomeWish.optional(),
        })
        .nullable(),
      draft: LetterDraft,
    }),
    output: Request,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'BAD_DATA'],
  }),
  /** Writes the approved letter into a file where the person says. CONFLICT: it is not approved, or erased. */
  'explanation.exportLetter': channel({
    input: z.strictObject({
      letterId: ExplanationLetterId,
      format: z.enum(LETTER_FORMATS),
      isRedacted: z.boolean(),
    }),
    output: ExportedLetter,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Ends a request. CONFLICT: answered without an approved letter, closed already, or somebody was first. */
  'explanation.closeRequest': channel({
    input: z.strictObject({
      requestId,
      revision: Revision,
      outcome: z.enum(REQUEST_OUTCOMES),
      /** How long the letter is kept from today; 0: it is erased with the closing. */
      retentionDays: z.number().int().min(0).max(MOST_RETENTION_DAYS),
      reason: Reason,
    }),
    output: Request,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Erases what is kept of the person. CONFLICT: the request is open, nothing is kept, or somebody was first. */
  'explanation.eraseRequest': channel({
    input: z.strictObject({ requestId, revision: Revision, reason: Reason }),
    output: Request,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
