import { z } from 'zod';
import { CardCommentId, CardRevisionId, ModelId, ModelVersionId, PersonId } from '../base/ids';
import { ReasonText } from '../base/text';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { CardContent } from './cardContent';
import { CARD_FIELDS, type CardFieldKey } from './cardFields';
import { EvidenceChoice, StaleFigure } from './evidence';

/** Draft: nobody has approved it. Stale: approved, but the evidence of a figure says something else by now. */
export const CARD_STATES = ['draft', 'approved', 'stale'] as const;
export const CardState = z.enum(CARD_STATES);
export type CardState = z.infer<typeof CardState>;

const CardRevisionHead = z.strictObject({
  id: CardRevisionId,
  /** From 1. */
  revision: z.number().int().positive(),
  savedAtUtc: UtcInstant,
  savedById: PersonId,
  /** Printed name. */
  savedBy: z.string(),
  approval: z.strictObject({ approvedBy: z.string(), approvedAtUtc: UtcInstant }).nullable(),
});
export type CardRevisionHead = z.infer<typeof CardRevisionHead>;

const FIELD_KEYS = CARD_FIELDS.map(({ key }) => key);
const FieldKey = z.custom<CardFieldKey>((key) => FIELD_KEYS.some((known) => known === key));

const Remark = z.string().trim().min(1).max(2000).pipe(ReasonText);

export const CardComment = z.strictObject({
  id: CardCommentId,
  field: FieldKey,
  text: z.string(),
  /** The revision that it is about. */
  revision: z.number().int().positive(),
  madeBy: z.string(),
  madeAtUtc: UtcInstant,
  /** Null while it is open. */
  resolved: z
    .strictObject({ by: z.string(), atUtc: UtcInstant, resolution: z.string() })
    .nullable(),
});
export type CardComment = z.infer<typeof CardComment>;

/** The card of one version: its newest revision, and how it stands. */
export const Card = z.strictObject({
  versionId: ModelVersionId,
  modelId: ModelId,
  modelName: z.string(),
  version: z.number().int().positive(),
  /** Null while nobody has written anything. */
  head: CardRevisionHead.nullable(),
  content: CardContent,
  /** Of the approved revision while there is one; null while there is no card. */
  state: CardState.nullable(),
  approved: CardRevisionHead.nullable(),
  /** Figures of the newest revision whose evidence says something else by now. */
  stale: z.array(StaleFigure).readonly(),
  /** The same for the approved revision. */
  approvedStale: z.array(StaleFigure).readonly(),
  comments: z.array(CardComment).readonly(),
});
export type Card = z.infer<typeof Card>;

/** How the card of one version stands, for lists and gates. */
export const CardStanding = z.strictObject({
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  state: CardState.nullable(),
  nStale: z.number().int().nonnegative(),
  approved: CardRevisionHead.nullable(),
});
export type CardStanding = z.infer<typeof CardStanding>;

const Revision = z.number().int().nonnegative();
const WRITERS = ['analyst', 'manager'] as const;

export const cardChannels = {
  'card.get': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: Card,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** How the cards of a model's versions stand. */
  'card.standings': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: z.array(CardStanding).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /**
   * Saves a new revision of the draft; `revision` is the one that was read, 0 for none. CONFLICT carries
   * the `current` revision. A figure that points at evidence gets value, date and source from core.
   */
  'card.save': channel({
    input: z.strictObject({ versionId: ModelVersionId, revision: Revision, content: CardContent }),
    output: Card,
    allow: WRITERS,
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Fills empty fields with what the workspace knows, as a new revision. */
  'card.fill': channel({
    input: z.strictObject({ versionId: ModelVersionId, revision: Revision }),
    output: Card,
    allow: WRITERS,
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Every figure that the version's card can point at, as it is now. */
  'card.evidence': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: z.array(EvidenceChoice).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Every revision, newest first. */
  'card.revisions': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: z.array(CardRevisionHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  'card.getRevision': channel({
    input: z.strictObject({ revisionId: CardRevisionId }),
    output: z.strictObject({ head: CardRevisionHead, content: CardContent }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Says what must be looked at before the card can be approved. CONFLICT: there is no card yet. */
  'card.comment': channel({
    input: z.strictObject({ versionId: ModelVersionId, field: FieldKey, text: Remark }),
    output: Card,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Closes a comment with what became of it. CONFLICT: it is closed already. */
  'card.resolveComment': channel({
    input: z.strictObject({ commentId: CardCommentId, resolution: Remark }),
    output: Card,
    allow: ['analyst', 'reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
